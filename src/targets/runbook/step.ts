import { graphUrl } from '../../model/links.ts';
import type { Model, RunbookStep } from '../../model/types.ts';
import { escapeMarkdown, markdownLink } from '../../output/markdown.ts';
import { dashboardLink, type Library } from './library.ts';

/** Something to copy; `url` runs it where it can be run from a browser. */
export interface Code {
  readonly language: 'sh' | 'promql';
  readonly text: string;
  readonly url: string | undefined;
}

/** One numbered step of a page; everything in it is finished Markdown but the code. */
export interface Step {
  readonly text: string;
  readonly code: readonly Code[];
  readonly links: readonly string[];
}

/** A step that only says what to do. */
export function saying(text: string): Step {
  return { text, code: [], links: [] };
}

/** A step that asks Prometheus, with a link to its graph where the project says where Prometheus is. */
export function asking(model: Model, text: string, ...expressions: readonly string[]): Step {
  const code = expressions.map((expression): Code => {
    return { language: 'promql', text: expression, url: graphUrl(model.project, expression) };
  });
  return { text, code, links: [] };
}

/** The author's step; `$service` becomes the service where there is exactly one. */
export function authored(library: Library, step: RunbookStep, service: string | undefined): Step {
  const text =
    step.dashboard === undefined
      ? escapeMarkdown(step.do)
      : `${escapeMarkdown(step.do)}: ${dashboardLink(library, step.dashboard)}`;
  const run: readonly Code[] =
    step.run === undefined ? [] : [{ language: 'sh', text: fillService(step.run, service), url: undefined }];
  return { text, code: run, links: step.link === undefined ? [] : [autolink(step.link)] };
}

/** A URL that shows itself. */
function autolink(url: string): string {
  return /[\s<>]/.test(url) ? markdownLink(url, url) : `<${url}>`;
}

const SERVICE_HOLE = /\$(?:service\b|\{service\})/g;

function fillService(command: string, service: string | undefined): string {
  return service === undefined ? command : command.replace(SERVICE_HOLE, () => service);
}

/** Whether any command still waits for the name of a service. */
export function needsService(steps: readonly Step[]): boolean {
  return steps.some(({ code }) =>
    code.some(({ language, text }) => language === 'sh' && text.search(SERVICE_HOLE) >= 0),
  );
}

/** `=`, or `=~` for several values, as PromQL writes it. */
export function labelMatcher(label: string, values: readonly string[]): string {
  if (values.length === 1) return `${label}=${JSON.stringify(values[0])}`;
  const pattern = values.map((value) => value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|');
  return `${label}=~${JSON.stringify(pattern)}`;
}

/** The alerts that fire now, as Prometheus itself counts them. Source: https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/ (Inspecting alerts during runtime) */
export function firingQuery(...matchers: readonly string[]): string {
  return `ALERTS{${[...matchers, 'alertstate="firing"'].join(', ')}}`;
}
