import { isUpToDate } from '../../output/plan.ts';
import { renderPlan, renderSummary } from '../../report/summary.ts';
import { renderText } from '../../report/text.ts';
import { type Diagnostic, hasErrors } from '../../source/diagnostic.ts';
import { targets } from '../../targets/registry.ts';
import { type Console, consoleOf, type GlobalOptions, unknownNames } from '../command.ts';
import { EXIT } from '../exit.ts';
import {
  allDiagnostics,
  compileFolder,
  type Planned,
  planAll,
  publishAll,
  recoverAll,
  verifyAll,
  warnOfPending,
} from '../session.ts';
import { DEFAULT_SPECS } from '../specs.ts';
import type { ToolMode, Verification } from '../verification.ts';

interface Options extends GlobalOptions {
  readonly out: string;
  readonly check?: boolean;
  readonly dryRun?: boolean;
  readonly target?: readonly string[];
  readonly tools: ToolMode;
}

async function printFindings(console: Console, diagnostics: readonly Diagnostic[]): Promise<void> {
  const shown = console.verbose ? diagnostics : diagnostics.filter(({ severity }) => severity !== 'info');
  const text = renderText(shown, { color: console.color('stderr') });
  if (text !== '') await console.warn(text);
}

async function summarise(
  console: Console,
  planned: readonly Planned[],
  { byProject, tools }: Verification,
): Promise<void> {
  const summaries = planned.map(({ compilation, folder, plan, diagnostics: own }) => {
    const verified = byProject.get(compilation.project) ?? [];
    return renderSummary({
      compilation,
      folder,
      plan,
      tools,
      diagnostics: [...compilation.diagnostics, ...verified, ...own],
    });
  });
  await console.tell([...summaries, `done in ${(performance.now() / 1000).toFixed(2)} s`].join('\n'));
}

/** `--check` and `--dry-run`: what would be written, on standard output. */
async function preview(console: Console, planned: readonly Planned[], options: Options): Promise<number> {
  const text = planned.map(({ folder, plan }) => renderPlan(folder, plan)).join('');
  if (text !== '') await console.result(text);
  const current = planned.every(({ plan }) => isUpToDate(plan));
  if (current) await console.tell(`${planned.map(({ folder }) => folder).join(', ')}: up to date`);
  else if (options.check) await console.warn('not up to date: run `qmon generate`');
  return options.check && !current ? EXIT.findings : EXIT.ok;
}

/** `qmon generate`: compiles, verifies and publishes; nothing is written while anything is wrong. */
export async function run(specs: string | undefined, options: Options): Promise<number> {
  const console = consoleOf(options);
  const unknown = unknownNames(
    'target',
    options.target ?? [],
    targets.map(({ name }) => name),
  );
  if (unknown) throw unknown;
  const chosen = options.target && { targets: options.target };
  const compiled = await compileFolder(console, specs ?? DEFAULT_SPECS, chosen);
  const verification = await verifyAll(console, compiled, options.tools);
  const found = [...allDiagnostics(compiled), ...verification.diagnostics];
  if (hasErrors(found)) {
    await printFindings(console, found);
    await console.warn('nothing was written');
    return EXIT.findings;
  }
  const reading = options.check === true || options.dryRun === true;
  if (reading) await warnOfPending(console, compiled, options.out);
  else await recoverAll(console, compiled, options.out);
  const planned = await planAll(console, compiled, options.out, options.target);
  const all = [...found, ...planned.flatMap((each) => each.diagnostics)];
  await printFindings(console, all);
  if (hasErrors(all)) {
    await console.warn('nothing was written');
    return EXIT.findings;
  }
  if (reading) return preview(console, planned, options);
  await publishAll(console, planned);
  await summarise(console, planned, verification);
  return EXIT.ok;
}
