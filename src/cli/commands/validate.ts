import { renderJson } from '../../report/json.ts';
import { summarise } from '../../report/order.ts';
import { renderText } from '../../report/text.ts';
import type { Diagnostic, Severity } from '../../source/diagnostic.ts';
import { consoleOf, type GlobalOptions } from '../command.ts';
import { EXIT } from '../exit.ts';
import { allDiagnostics, type Compiled, compileFolder, verifyAll } from '../session.ts';
import { DEFAULT_SPECS } from '../specs.ts';
import type { ToolMode, Verification } from '../verification.ts';

interface Options extends GlobalOptions {
  readonly format: 'text' | 'json';
  readonly failOn: Severity;
  readonly tools: ToolMode;
}

const RANK: Readonly<Record<Severity, number>> = { error: 2, warning: 1, info: 0 };

function asJson(compiled: Compiled, verification: Verification): string {
  const projects = compiled.compilations.map(({ project, diagnostics }) => ({
    name: project,
    diagnostics: [...diagnostics, ...(verification.byProject.get(project) ?? [])],
    tools: verification.tools.map(({ name, version, ran }) => ({ name, version: version ?? null, ran })),
  }));
  const homeless = { name: '', diagnostics: compiled.diagnostics, tools: [] };
  return renderJson(compiled.diagnostics.length > 0 ? [...projects, homeless] : projects);
}

/** `qmon validate`: everything but publishing. Findings are the result, on standard output. */
export async function run(specs: string | undefined, options: Options): Promise<number> {
  const console = consoleOf(options);
  const compiled = await compileFolder(console, specs ?? DEFAULT_SPECS);
  const verification = await verifyAll(console, compiled, options.tools);
  const found: readonly Diagnostic[] = [...allDiagnostics(compiled), ...verification.diagnostics];
  if (options.format === 'json') await console.result(asJson(compiled, verification));
  else await console.result(renderText(found, { color: console.color('stdout') }));
  const tools = verification.tools.filter(({ ran }) => ran).map(({ name, version }) => `${name} ${version}`);
  const by = tools.length === 0 ? "by qmon's own checks" : `also by ${tools.join(' and ')}`;
  await console.tell(`${summarise(found)}; checked ${by}`);
  return found.some(({ severity }) => RANK[severity] >= RANK[options.failOn]) ? EXIT.findings : EXIT.ok;
}
