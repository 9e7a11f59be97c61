import type { Artifact, Verifier } from '../output/artifact.ts';
import { checkAlertmanagerArgs, parseCheckAlertmanager } from './amtool.ts';
import type { ToolFinding } from './finding.ts';
import { checkConfigArgs, checkRulesArgs, parseCheckConfig, parseCheckRules } from './promtool.ts';

/** One call of a tool, in the folder in which the artifacts lie under their own paths. */
export interface ToolRun {
  readonly tool: 'promtool' | 'amtool';
  readonly args: readonly string[];
  /** How many files the call judges. */
  readonly files: number;
  /** What it found, from its two streams and its exit code. */
  parse(stdout: string, stderr: string, exitCode: number): readonly ToolFinding[];
}

/** How many files one call gets: far below what a command line may hold (128 KiB and more), far above what a project has. */
const FILES_PER_CALL = 1000;

const checks: readonly {
  readonly verifier: Verifier;
  readonly tool: ToolRun['tool'];
  readonly args: (files: readonly string[], features: readonly string[]) => readonly string[];
  readonly parse: ToolRun['parse'];
}[] = [
  { verifier: 'promtool-rules', tool: 'promtool', args: checkRulesArgs, parse: parseCheckRules },
  { verifier: 'promtool-config', tool: 'promtool', args: checkConfigArgs, parse: parseCheckConfig },
  { verifier: 'amtool-config', tool: 'amtool', args: checkAlertmanagerArgs, parse: parseCheckAlertmanager },
];

/**
 * The calls that have the artifacts judged: as few as possible, because starting a tool costs more than a thousand rules.
 * `features`: the flags of `--enable-feature` that the Prometheus is started with.
 */
export function toolRuns(artifacts: readonly Artifact[], features: readonly string[] = []): readonly ToolRun[] {
  return checks.flatMap(({ verifier, tool, args, parse }) => {
    const files = artifacts.filter((artifact) => artifact.verifier === verifier).map(({ path }) => path);
    return batches(files).map((batch) => ({ tool, args: args(batch, features), files: batch.length, parse }));
  });
}

function batches(files: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(files.length / FILES_PER_CALL);
  return Array.from({ length: count }, (_, index) => files.slice(index * FILES_PER_CALL, (index + 1) * FILES_PER_CALL));
}

/** The files as the tools are given them, with those that a judged one refers to: each as far as its tool can read it. */
export function judgedFiles(artifacts: readonly Artifact[]): readonly Pick<Artifact, 'path' | 'text'>[] {
  return artifacts.map(({ path, text, judged }) => ({ path, text: judged?.text ?? text }));
}
