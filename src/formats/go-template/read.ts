import type { TemplateFault } from './fault.ts';
import { functionFault, isBefore, type Version } from './functions.ts';
import { parseTemplate } from './parser.ts';
import type { Template } from './tree.ts';

/**
 * The variables that Prometheus puts before every label and annotation of an alert.
 * Source: https://github.com/prometheus/prometheus/blob/main/rules/alerting.go, AlertingRule.Eval
 */
export const ALERT_VARIABLES: readonly string[] = ['$labels', '$externalLabels', '$externalURL', '$value'];

export interface TemplateOptions {
  /** The Prometheus that will read it; none: the newest. */
  readonly version?: Version | undefined;
}

/**
 * `else with` came with Go 1.23, with which the binaries of Prometheus are built from 3.0 on.
 * Source: https://go.dev/doc/go1.23#texttemplatepkgtexttemplate
 */
const ELSE_WITH: Version = { major: 3, minor: 0 };

function elseWithFault(version: Version | undefined) {
  if (!version || !isBefore(version, ELSE_WITH)) return undefined;
  return {
    message: `\`else with\` needs Prometheus 3.0, and this one is ${version.major}.${version.minor}`,
    help: 'write `{{ else }}{{ with … }} … {{ end }}`',
  };
}

/**
 * Reads a label or annotation of an alert as Prometheus does: Go's text/template with the functions and variables of
 * Prometheus. The faults are those for which Prometheus, and `promtool check rules`, refuse the whole file; what goes
 * wrong only when an alert fires is for `usesOf`. With faults, the template holds what could be read. A text without
 * `{{` is a template as well. Not judged is a `define` of the name that Prometheus gives the text itself, `__alert_…`.
 */
export function readTemplate(
  text: string,
  { version }: TemplateOptions = {},
): { template: Template; faults: readonly TemplateFault[] } {
  return parseTemplate(text, {
    variables: ALERT_VARIABLES,
    unknownFunction: (name) => functionFault(name, version),
    elseWithFault: elseWithFault(version),
  });
}
