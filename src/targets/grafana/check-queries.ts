import { closest, enumerate } from '../../base/text.ts';
import type { Dashboard, Panel } from '../../model/types.ts';
import { ranges } from '../../promql/durations.ts';
import type { Expression } from '../../promql/expression.ts';
import { type Structure, structureOf } from '../../promql/structure.ts';
import { defineCode } from '../../source/code.ts';
import type { Diagnostic } from '../../source/diagnostic.ts';
import { originSpan, originSpanAt } from '../../source/document.ts';
import type { Span } from '../../source/span.ts';

const FIXED_RATE_RANGE = defineCode<{ call: string; range: string }>({
  code: 'dashboard/fixed-rate-range',
  severity: 'info',
  title: 'a rate over a fixed range',
  explain:
    'A panel asks for one value per few pixels. With a fixed range, `rate()` skips what lies between two values when the chart shows days, and shows nothing when the range holds fewer than two scrapes. `$__rate_interval` fits both.',
  message: ({ call, range }) => `\`${call}()\` looks back over a fixed \`${range}\``,
  help: () => 'write `[$__rate_interval]`, unless the chart is meant to show just this window',
});

const UNKNOWN_VARIABLE = defineCode<{ name: string; declared: readonly string[] }>({
  code: 'dashboard/unknown-variable',
  severity: 'warning',
  title: 'a variable that the dashboard does not declare',
  explain:
    'Grafana leaves a variable that it does not know as it is, so the query asks for the name itself and finds nothing.',
  message: ({ name }) => `the dashboard declares no variable \`${name}\``,
  help: ({ name, declared }) => {
    const near = closest(name, declared);
    if (near !== undefined) return `did you mean \`$${near}\`?`;
    if (declared.length === 0) return 'declare it under `variables`';
    return `declare it under \`variables\`, or use ${enumerate(
      declared.map((each) => `\`$${each}\``),
      'or',
    )}`;
  },
});

const MULTI_EQUALITY = defineCode<{ name: string }>({
  code: 'dashboard/multi-variable-equality',
  severity: 'warning',
  title: 'a variable of several values compared with `=`',
  explain:
    'Where a reader may choose several values, Grafana writes them as a regular expression, `a|b`. A matcher with `=` looks for a label with just that text.',
  message: ({ name }) => `\`$${name}\` may have several values, but \`=\` matches one text`,
  help: ({ name }) => `write \`=~"$${name}"\``,
});

export const codes = [FIXED_RATE_RANGE, UNKNOWN_VARIABLE, MULTI_EQUALITY];

/** The span of characters of an expression; the whole panel where they are not the author's. */
function spanIn({ pieces }: Expression, panel: Panel, start: number, length: number): Span {
  const [piece] = pieces;
  if (!piece) return originSpan(panel.origin);
  return originSpanAt({ document: piece.document, path: piece.path, pieces }, start, length);
}

/** Those that look at two or more samples; `increase` over a chosen window is a question of its own. */
const RATES: ReadonlySet<string> = new Set(['rate', 'irate']);

/** The function in whose parentheses the token at `index` stands. */
function enclosingCall({ tokens, partners }: Structure, index: number): string | undefined {
  for (let open = index - 1; open > 0; open--) {
    if (partners[open]! > index) return tokens[open - 1]!.value;
  }
  return undefined;
}

function fixedRanges(query: Expression, panel: Panel): readonly Diagnostic[] {
  const structure = structureOf(query.text);
  const fixed = ranges(query.text).filter(({ kind, ms }) => kind === 'range' && ms !== undefined);
  return fixed.flatMap(({ start, end }) => {
    const bracket = structure.tokens.findIndex((token) => token.start === start);
    const call = enclosingCall(structure, bracket);
    if (call === undefined || !RATES.has(call)) return [];
    const range = query.text.slice(start, end);
    return [FIXED_RATE_RANGE.at(spanIn(query, panel, start, end - start), { call, range })];
  });
}

/** Source: https://grafana.com/docs/grafana/latest/dashboards/variables/variable-syntax/ */
const VARIABLE = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)[^}]*\})|\[\[([A-Za-z_]\w*)[^\]]*\]\]/g;

function variableUses(query: Expression, panel: Panel, dashboard: Dashboard): readonly Diagnostic[] {
  const declared = dashboard.variables.map(({ name }) => name);
  const several = new Set(dashboard.variables.filter(({ multi }) => multi).map(({ name }) => name));
  return [...query.text.matchAll(VARIABLE)].flatMap((match): Diagnostic[] => {
    const name = match[1] ?? match[2] ?? match[3] ?? '';
    const span = () => spanIn(query, panel, match.index, match[0].length);
    if (name.startsWith('__') || name === 'datasource') return [];
    if (!declared.includes(name)) return [UNKNOWN_VARIABLE.at(span(), { name, declared })];
    const compared = /[^=!~]=\s*["'`]$/.test(query.text.slice(0, match.index));
    return several.has(name) && compared ? [MULTI_EQUALITY.at(span(), { name })] : [];
  });
}

/** What a reader of the dashboard would see wrong in the queries of one panel. */
export function checkQueries(panel: Panel, dashboard: Dashboard): readonly Diagnostic[] {
  if (panel.shows !== 'query') return [];
  return panel.queries.flatMap(({ query }) => [...fixedRanges(query, panel), ...variableUses(query, panel, dashboard)]);
}
