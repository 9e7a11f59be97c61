import { notifyTemplate } from '../../generated/templates/notify.ts';
import { rootUrl } from '../../model/links.ts';
import { PATHS } from '../../model/names.ts';
import type { Project } from '../../model/types.ts';
import { scopeOf } from '../../routing/shared.ts';

/** `qmon.title`, or `shop:qmon.title` where several projects share a configuration: Alertmanager knows templates by name alone. */
export function templateName(project: Project, name: string): string {
  const scope = scopeOf(project);
  return scope === undefined ? name : `${scope}:${name}`;
}

/** Where the templates of the project lie. A name of a file cannot hold the `/` of a scope, and a name of ours holds no dot. */
export function templatePath(project: Project): string {
  return PATHS.alertmanagerTemplate(scopeOf(project)?.replaceAll('/', '.') ?? 'qmon');
}

/**
 * The templates as they are shipped, with the labels called as this organisation calls them. Links to Prometheus and
 * Alertmanager begin with the addresses of the project: what the two believe their own address to be is often the name
 * of a machine that nobody can open, unless they are started with `--web.external-url`.
 */
export function messageTemplates(project: Project): string {
  const { labelNames, prometheus, alertmanager } = project;
  const replacements: readonly (readonly [RegExp, (...match: string[]) => string])[] = [
    [
      /Labels\.(severity|service|slo)\b/g,
      (_, label) => `Labels.${labelNames[label as 'severity' | 'service' | 'slo']}`,
    ],
    [/\b(define|template) "(qmon\.[\w.]+)"/g, (_, action, name = '') => `${action} "${templateName(project, name)}"`],
    ...(alertmanager.url === undefined
      ? []
      : [[/\{\{ \.ExternalURL \}\}/g, () => rootUrl(alertmanager.url!)] as const]),
    ...(prometheus.url === undefined ? [] : [[/\{\{ \.GeneratorURL \}\}/g, () => graphAt(prometheus.url!)] as const]),
  ];
  return replacements.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), notifyTemplate);
}

/**
 * The graph of an alert's expression at an address of ours; the rest of the link is Prometheus's own.
 * Source: https://github.com/prometheus/prometheus/blob/main/util/strutil/strconv.go (TableLinkForExpression)
 */
function graphAt(url: string): string {
  const replacement = `${rootUrl(url)}/graph?`.replaceAll('$', '$$$$');
  return `{{ .GeneratorURL | reReplaceAll "^[^?]*/graph[?]" "${replacement}" }}`;
}
