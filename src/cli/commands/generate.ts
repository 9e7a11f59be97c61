import { enumerate, plural } from '../../base/text.ts';
import { isUpToDate } from '../../output/plan.ts';
import { renderPlan, renderSummary } from '../../report/summary.ts';
import { type Diagnostic, hasErrors } from '../../source/diagnostic.ts';
import { targets } from '../../targets/registry.ts';
import { unknownNames } from '../command.ts';
import type { Console } from '../console.ts';
import { EXIT } from '../exit.ts';
import { folderArgument } from '../folder.ts';
import { formerPlaces, planLeftovers } from '../leftovers.ts';
import {
  allDiagnostics,
  type Compiled,
  checkOutput,
  compileFolder,
  type Planned,
  planAll,
  printFindings,
  publishAll,
  recoverAll,
  tellOthers,
  verifyAll,
  warnOfPending,
} from '../session.ts';
import { DEFAULT_SPECS } from '../specs.ts';
import type { ToolMode, Verification } from '../verification.ts';

interface Options {
  readonly out: string;
  readonly check?: boolean;
  readonly dryRun?: boolean;
  readonly target?: readonly string[];
  readonly tools: ToolMode;
  readonly env?: readonly string[];
}

async function summarise(console: Console, planned: readonly Planned[], verified: Verification): Promise<void> {
  const summaries = planned
    .filter(({ leftover }) => !leftover)
    .map(({ compilation, folder, plan, diagnostics: own }) => {
      const found = verified.byName.get(compilation.name) ?? [];
      const diagnostics = [...compilation.diagnostics, ...found, ...own];
      return renderSummary({ compilation, folder, plan, tools: verified.tools, diagnostics });
    });
  const removed = planned
    .filter(({ leftover }) => leftover)
    .map(
      ({ folder, plan }) =>
        `${folder}: ${plural(plan.remove.length, 'file')} removed, nothing is published there any more`,
    );
  await console.tell([...summaries, ...removed, `done in ${(performance.now() / 1000).toFixed(2)} s`].join('\n'));
}

/** `--check` and `--dry-run`: what would be written, on standard output. */
async function preview(console: Console, planned: readonly Planned[], check: boolean): Promise<number> {
  await console.result(planned.map(({ folder, plan }) => renderPlan(folder, plan)).join(''));
  const current = planned.every(({ plan }) => isUpToDate(plan));
  if (current) await console.tell(`up to date: ${enumerate(planned.map(({ folder }) => folder))}`);
  else if (check) await console.warn('not up to date: run `qmon generate`');
  return check && !current ? EXIT.findings : EXIT.ok;
}

async function refuse(console: Console, diagnostics: readonly Diagnostic[]): Promise<number> {
  await printFindings(console, diagnostics);
  await console.warn('nothing was written');
  return EXIT.findings;
}

/** Finds out what is to be done; an interrupted publication is finished first, unless nothing may be written. */
async function planned(console: Console, compiled: Compiled, out: string, options: Options): Promise<Planned[]> {
  const reading = options.check === true || options.dryRun === true;
  const partial = options.target !== undefined || options.env !== undefined;
  const { compilations } = compiled;
  checkOutput(console, compiled, out);
  const former = partial ? [] : await formerPlaces(console, compilations, out);
  const places = [...compilations.map(({ name }) => name), ...former];
  if (reading) await warnOfPending(console, places, out);
  else await recoverAll(console, places, out);
  await tellOthers(console, compiled, out);
  const plans = await planAll(console, compiled, out, options.target);
  return partial ? plans : [...plans, ...(await planLeftovers(console, compilations, out))];
}

function checkTargets({ target = [] }: Options): void {
  const known = targets.map(({ name }) => name);
  const unknown = unknownNames('target', target, known);
  if (unknown) throw unknown;
}

/** `qmon generate`: compiles, verifies and publishes; nothing is written while anything is wrong. */
export async function run(console: Console, specs: string | undefined, options: Options): Promise<number> {
  checkTargets(options);
  const out = folderArgument(options.out, 'output');
  const folder = folderArgument(specs ?? DEFAULT_SPECS, 'specs');
  const compiled = await compileFolder(console, folder, {
    ...(options.target && { targets: options.target }),
    ...(options.env && { environments: options.env }),
  });
  const verification = await verifyAll(console, compiled, options.tools);
  const found = allDiagnostics(compiled, verification.byName);
  if (hasErrors(found)) return refuse(console, found);
  const plans = await planned(console, compiled, out, options);
  const all = [...found, ...plans.flatMap(({ diagnostics }) => diagnostics)];
  if (hasErrors(all)) return refuse(console, all);
  await printFindings(console, all);
  if (options.check || options.dryRun) return preview(console, plans, options.check === true);
  await publishAll(console, plans);
  await summarise(console, plans, verification);
  return EXIT.ok;
}
