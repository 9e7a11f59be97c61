import { plural } from '../../base/text.ts';
import type { ImportOptions } from '../../dialects/dialect.ts';
import { dialects } from '../../dialects/registry.ts';
import { formats } from '../../kinds/formats.ts';
import { renderText } from '../../report/text.ts';
import { type Diagnostic, hasErrors } from '../../source/diagnostic.ts';
import { unknownNames } from '../command.ts';
import type { Console } from '../console.ts';
import { EXIT, usage } from '../exit.ts';
import { importSources } from '../import-sources.ts';

interface Options {
  readonly name?: string;
  readonly service?: string;
  readonly prefix?: string;
  readonly without?: readonly string[];
  readonly out?: string;
}

/** What options hold, in the formats of the properties that they become. */
const FORMATS = { name: 'name', service: 'reference', prefix: 'metric-prefix' } as const;

const NOTHING = 'none';

/** A file of another language is wrong line after line; so many are enough to see that. */
const MOST_FINDINGS = 20;

function checkOptions(options: Options): void {
  for (const [option, name] of Object.entries(FORMATS)) {
    const value = options[option as keyof typeof FORMATS];
    const format = formats[name]!;
    if (value === undefined || format.matches(value)) continue;
    throw usage(`the ${option} \`${value}\` is no ${format.noun}`, format.help);
  }
}

function importOptions({ out: _, without, ...options }: Options): ImportOptions {
  if (without === undefined) return options;
  return { ...options, without: without.filter((prefix) => prefix !== NOTHING) };
}

async function tellFindings(console: Console, found: readonly Diagnostic[]): Promise<void> {
  const shown = found.slice(0, MOST_FINDINGS);
  if (shown.length > 0) await console.warn(renderText(shown, { color: console.color('stderr') }));
  const rest = found.length - shown.length;
  if (rest > 0) await console.warn(`and ${plural(rest, 'more finding', 'more findings')}`);
}

/** A file that is there may have been gone over by a person: it stays. */
async function writeNew({ host, tell }: Console, path: string, text: string): Promise<void> {
  if (await host.createText(path, text)) return tell(`+ ${path}`);
  throw usage(`\`${path}\` exists already`, 'name another file, or remove that one');
}

async function checkVacant({ host }: Console, path: string | undefined): Promise<void> {
  if (path === undefined) return;
  if (path.trim() === '') throw usage('the name of the output file is empty', 'name a file, or leave out `--out`');
  if ((await host.kindOf(path)) !== undefined) {
    throw usage(`\`${path}\` exists already`, 'name another file, or remove that one');
  }
}

/** `qmon import FORMAT SOURCE…`: specs from what others wrote, to standard output or into a new file. */
export async function run(
  console: Console,
  format: string,
  options: Options,
  texts: readonly string[],
): Promise<number> {
  const known = dialects.map(({ name }) => name);
  const dialect = dialects.find(({ name }) => name === format);
  if (!dialect) throw unknownNames('format', [format], known);
  checkOptions(options);
  await checkVacant(console, options.out);
  const [imported, found] = dialect.read(await importSources(console, texts, dialect), importOptions(options));
  await tellFindings(console, found);
  if (!imported || hasErrors(found)) return EXIT.findings;
  if (options.out === undefined) await console.result(imported.text);
  else await writeNew(console, options.out, imported.text);
  for (const note of imported.notes) await console.tell(note);
  return EXIT.ok;
}
