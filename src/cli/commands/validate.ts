import { enumerate } from '../../base/text.ts';
import { renderJson } from '../../report/json.ts';
import { summarise } from '../../report/order.ts';
import { renderText } from '../../report/text.ts';
import type { Diagnostic, Severity } from '../../source/diagnostic.ts';
import type { Console } from '../console.ts';
import { EXIT } from '../exit.ts';
import { folderArgument } from '../folder.ts';
import { allDiagnostics, type Compiled, compileFolder, verifyAll } from '../session.ts';
import { DEFAULT_SPECS } from '../specs.ts';
import type { ToolMode, Verification } from '../verification.ts';

interface Options {
  readonly format: 'text' | 'json';
  readonly failOn: Severity;
  readonly tools: ToolMode;
  readonly env?: readonly string[];
}

const RANK: Readonly<Record<Severity, number>> = { error: 2, warning: 1, info: 0 };

function asJson(compiled: Compiled, verification: Verification): string {
  const tools = verification.tools.map(({ name, version, ran }) => ({ name, version: version ?? null, ran }));
  const projects = compiled.compilations.map(({ name, diagnostics }) => ({
    name,
    diagnostics: [...diagnostics, ...(verification.byName.get(name) ?? [])],
    tools,
  }));
  const homeless = { name: '', diagnostics: compiled.diagnostics, tools: [] };
  return renderJson(compiled.diagnostics.length > 0 ? [...projects, homeless] : projects);
}

function judges({ tools }: Verification): string {
  const ran = tools.filter((tool) => tool.ran).map(({ name, version }) => `${name} ${version}`);
  return ran.length === 0 ? 'qmon alone' : enumerate(['qmon', ...ran]);
}

/** `qmon validate`: everything but publishing. Findings are the result, on standard output. */
export async function run(console: Console, specs: string | undefined, options: Options): Promise<number> {
  const compiled = await compileFolder(
    console,
    folderArgument(specs ?? DEFAULT_SPECS, 'specs'),
    options.env && { environments: options.env },
  );
  const verification = await verifyAll(console, compiled, options.tools);
  const found: readonly Diagnostic[] = allDiagnostics(compiled, verification.byName);
  if (options.format === 'json') await console.result(asJson(compiled, verification));
  else await console.result(renderText(found, { color: console.color('stdout') }));
  await console.tell(`${summarise(found)}; checked by ${judges(verification)}`);
  return found.some(({ severity }) => RANK[severity] >= RANK[options.failOn]) ? EXIT.findings : EXIT.ok;
}
