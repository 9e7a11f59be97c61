import { NEWEST_VERSION, OLDEST_VERSION, versionNumber } from '../../promql/features.ts';
import { FLAGS } from '../../promql/functions.ts';
import { judged } from '../../promql/judged.ts';
import type { ParseOptions } from '../../promql/parser.ts';
import { type ReadExpression, renderPromql, renderPromqlJson } from '../../report/promql.ts';
import type { SourceFile } from '../../source/span.ts';
import { unknownNames } from '../command.ts';
import type { Console } from '../console.ts';
import { EXIT, usage } from '../exit.ts';

interface Options {
  readonly prometheusVersion?: string;
  readonly enableFeature?: readonly string[];
  readonly format: 'text' | 'json';
}

type Place = Pick<ReadExpression, 'expr' | 'file' | 'offset'>;

/** Instead of an expression: those on standard input. */
const STDIN = '-';

/** Variables of Grafana and of specs may stand for anything. */
function language({ prometheusVersion: version = NEWEST_VERSION, enableFeature: flags = [] }: Options): ParseOptions {
  if (!/^v?\d+\.\d+(?:\.\d+)?$/.test(version) || versionNumber(version) < versionNumber(OLDEST_VERSION)) {
    throw usage(`no version of Prometheus that qmon knows: \`${version}\``, `write ${OLDEST_VERSION} or newer`);
  }
  const unknown = unknownNames('feature flag', flags, FLAGS);
  if (unknown) throw unknown;
  return { version: version.replace(/^v/, ''), flags, holes: 'grafana' };
}

/** The lines of a text that hold something. */
function lines(file: SourceFile): Place[] {
  return [...file.text.matchAll(/[^\r\n]+/g)]
    .filter(([expr]) => expr.trim() !== '')
    .map(({ 0: expr, index }) => ({ expr, file, offset: index }));
}

async function fromStdin({ host }: Console): Promise<Place[]> {
  if (host.isTty('stdin')) throw usage('no expression', 'write expressions as arguments, or send them in, one a line');
  return lines({ path: 'standard input', text: await host.readStdin() });
}

async function places(console: Console, written: readonly string[]): Promise<Place[]> {
  const args = written.length === 0 ? [STDIN] : written;
  const found: Place[] = [];
  for (const [index, expr] of args.entries()) {
    if (expr === STDIN) found.push(...(await fromStdin(console)));
    else found.push({ expr, file: { path: `argument ${index + 1}`, text: expr }, offset: 0 });
  }
  return found;
}

/** `qmon promql`: judges expressions alone, without specs. */
export async function run(console: Console, written: readonly string[], options: Options): Promise<number> {
  const target = language(options);
  if (written.filter((each) => each === STDIN).length > 1) throw usage('`-` stands for standard input only once');
  const found = await places(console, written);
  if (found.length === 0) throw usage('no expression', 'write expressions as arguments, or send them in, one a line');
  const expressions = found.map((place) => ({ ...place, ...judged(place.expr, target) }));
  const json = options.format === 'json';
  await console.result(
    json ? renderPromqlJson(expressions) : renderPromql(expressions, { color: console.color('stdout') }),
  );
  return expressions.every(({ meaning }) => meaning) ? EXIT.ok : EXIT.findings;
}
