import { closest } from '../../base/text.ts';
import type { Compilation } from '../../pipeline/compile.ts';
import { explain, topicsOf } from '../../pipeline/explain/explain.ts';
import { type ProjectExplanations, renderExplanations, renderExplanationsJson } from '../../report/explain.ts';
import { renderCode, renderCodeJson } from '../../report/explain-code.ts';
import type { AnyCode } from '../../source/code.ts';
import { hasErrors } from '../../source/diagnostic.ts';
import { allCodes } from '../codes.ts';
import type { Console } from '../console.ts';
import { EXIT, usage } from '../exit.ts';
import { folderArgument } from '../folder.ts';
import { allDiagnostics, compileFolder } from '../session.ts';
import { DEFAULT_SPECS } from '../specs.ts';

interface Options {
  readonly format: 'text' | 'json';
  readonly env?: readonly string[];
}

async function explainCode(console: Console, code: AnyCode, { format }: Options): Promise<number> {
  await console.result(format === 'json' ? renderCodeJson(code) : renderCode(code, { color: console.color('stdout') }));
  return EXIT.ok;
}

/** The topic that looks most like it, or one with the same last part: of another kind, or from a package. */
function nearest(topic: string, known: readonly string[]): string | undefined {
  const last = topic.slice(topic.lastIndexOf('/') + 1);
  return closest(topic, known) ?? known.find((each) => each === last || each.endsWith(`/${last}`));
}

/** Wrong usage, with the nearest topic; one with a slash may be a misspelt code. */
function unknown(topic: string, compilations: readonly Compilation[]) {
  const codes = allCodes.map(({ code }) => code);
  const near = nearest(topic, [...compilations.flatMap(topicsOf), ...codes]);
  const help =
    near === undefined
      ? `write the name of anything in the specs, or a code such as \`${codes[0]}\``
      : `did you mean \`${near}\`?`;
  return usage(`nothing here is called \`${topic}\``, help);
}

/** Without specs only codes can be meant. */
async function compiled(console: Console, topic: string, specs: string | undefined, { env }: Options) {
  const folder = folderArgument(specs ?? DEFAULT_SPECS, 'specs');
  if (specs === undefined && topic.includes('/') && !(await console.host.isFolder(folder))) throw unknown(topic, []);
  return compileFolder(console, folder, env && { environments: env });
}

/** `qmon explain`: a diagnostic code, or anything that has the name in the specs, as far as their errors leave it standing. */
export async function run(console: Console, topic: string, options: Options, specs?: string): Promise<number> {
  const code = allCodes.find((each) => each.code === topic);
  if (code) return explainCode(console, code, options);
  const found = await compiled(console, topic, specs, options);
  const projects: ProjectExplanations[] = found.compilations
    .map((each) => ({ name: each.name, explanations: explain(each, topic) }))
    .filter(({ explanations }) => explanations.length > 0);
  if (projects.length === 0) throw unknown(topic, found.compilations);
  const json = options.format === 'json';
  await console.result(
    json ? renderExplanationsJson(projects) : renderExplanations(projects, { color: console.color('stdout') }),
  );
  if (hasErrors(allDiagnostics(found))) await console.tell('the specs have errors: this is what they leave standing');
  return EXIT.ok;
}
