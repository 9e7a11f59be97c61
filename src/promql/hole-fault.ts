import { closest, enumerate } from '../base/text.ts';
import type { Fault } from './fault.ts';
import type { Token } from './lexer.ts';

/** The `$names` that have a meaning at a place, without `$`; `grafana`: any name, in any role. */
export type HoleRules = readonly string[] | 'grafana';

/** Variables that have no meaning, or that stand where nothing is filled in. */
export function holeFaults(text: string, tokens: readonly Token[], holes: HoleRules): Fault[] {
  if (holes === 'grafana') return [];
  return tokens.flatMap((token) => {
    const written = text.slice(token.start, token.end);
    if (token.kind === 'string') return quotedHoles(written, token, holes);
    return token.kind === 'hole' ? (holeFault(written, token, holes) ?? []) : [];
  });
}

/** Variables inside quotes, where nothing is filled in: `{job="$selector"}` would match a job of that name. */
function quotedHoles(written: string, { start }: Token, holes: readonly string[]): Fault[] {
  if (!written.includes('$')) return [];
  return [...written.matchAll(/\$\{?(\w+)\}?/g)]
    .filter(([, name]) => holes.includes(name!))
    .map(({ 0: hole, index }) => ({
      kind: 'variable',
      start: start + index,
      end: start + index + hole.length,
      message: `the variable \`${hole}\` stands in quotes, where nothing is filled in`,
      help: 'write it outside of quotes, or a text that does not look like it',
    }));
}

/** A name with more than a name: only Grafana knows formats and fields. */
const FORMATTED = /[:.]/;

function holeFault(written: string, token: Token, holes: readonly string[]): Fault | undefined {
  const { start, end, value } = token;
  if (!holes.includes(value)) return unknownHole(written, token, holes);
  if (!FORMATTED.test(written)) return undefined;
  const message = `the variable \`${written}\` has a format, which only Grafana fills in`;
  return { kind: 'variable', start, end, message, help: `write \`$${value}\`` };
}

function unknownHole(written: string, token: Token, holes: readonly string[]): Fault {
  const { start, end, value } = token;
  const nearest = closest(value, holes);
  const names = enumerate(
    holes.map((name) => `\`$${name}\``),
    'and',
  );
  const known = holes.length === 0 ? 'no variable has a meaning here' : `the variables known here are ${names}`;
  const help = nearest ? `did you mean \`$${nearest}\`?` : known;
  return { kind: 'variable', start, end, message: `the variable \`${written}\` is not defined here`, help };
}
