import { notUnderstood, splitYamlErrors, type ToolFinding, withoutRepetition } from './finding.ts';

/**
 * The arguments that have Alertmanager configurations checked, their templates included where they exist.
 * Source: https://prometheus.io/docs/alerting/latest/configuration/, `amtool check-config --help`
 */
export function checkAlertmanagerArgs(files: readonly string[]): readonly string[] {
  return ['check-config', ...files];
}

/**
 * What `amtool check-config` found. It speaks on standard output, stops at the first fault of a file, and gives a line for
 * faults of YAML only. Holds for 0.25 to 0.33, measured; see the fixtures in `test/verify`.
 */
export function parseCheckAlertmanager(stdout: string, stderr: string, exitCode: number): ToolFinding[] {
  const sections = stdout.split(/^Checking '/m).slice(1);
  const findings = sections.flatMap(parseSection);
  if (findings.length === 0 && exitCode !== 0) return [notUnderstood('amtool', '', stderr, stdout)];
  return [...withoutRepetition(findings)];
}

function parseSection(section: string): readonly ToolFinding[] {
  const end = section.search(/' {2}(?:SUCCESS|FAILED)/);
  const file = section.slice(0, Math.max(end, 0));
  return section
    .slice(file.length)
    .split(/(?:^|') {2}FAILED: /m)
    .slice(1)
    .flatMap((fault) => {
      const message = fault.trim();
      return splitYamlErrors({ tool: 'amtool', file, message, text: message });
    });
}
