import type { LabelNames, Labels, Model, Project } from '../model/types.ts';
import type { Matcher } from '../promql/selector.ts';
import type { RouteNode } from './route.ts';
import { routeTree } from './tree.ts';

/** Whether several projects make the configuration of Alertmanager together. */
export function isShared({ alertmanager }: Project): boolean {
  return alertmanager.routing.type === 'shared';
}

/** What the names of receivers and templates begin with in a shared configuration: `shop`, `shop/staging`. */
export function scopeOf(project: Project): string | undefined {
  if (!isShared(project)) return undefined;
  return project.environment === undefined ? project.name : `${project.name}/${project.environment.name}`;
}

/** The labels that tell the alerts of this project, and of this environment, from all others in a shared Alertmanager. */
export function guardLabels(project: Project): Labels {
  if (!isShared(project)) return {};
  const { labelNames, name, environment } = project;
  return { [labelNames.project]: name, ...(environment && { [labelNames.environment]: environment.name }) };
}

/** Our own labels that alerts of this project may have, by what we call them: not all of them are always set. */
export function labelsInUse(project: Project): readonly (readonly [name: keyof LabelNames, label: string])[] {
  const sometimes: Readonly<Partial<Record<keyof LabelNames, boolean>>> = {
    project: isShared(project),
    environment: project.environment !== undefined,
  };
  const all = Object.entries(project.labelNames) as [keyof LabelNames, string][];
  return all.filter(([name]) => sometimes[name] ?? true);
}

/** The labels that guard as matchers; none where the configuration is ours alone. */
export function guard(project: Project): readonly Matcher[] {
  return Object.entries(guardLabels(project)).map(([label, value]) => ({ label, operator: '=', value }));
}

/**
 * The tree as Alertmanager gets it. In a shared configuration it hangs below a root that tells nobody: what no project
 * of those that share it takes is no project's business.
 */
export function configuredTree(model: Model): RouteNode {
  const tree = routeTree(model);
  const scope = scopeOf(model.project);
  if (scope === undefined) return tree;
  const branch: RouteNode = { ...scoped(tree, scope), matchers: guard(model.project) };
  const origin = model.project.part('spec', 'targets', 'alertmanager', 'routing');
  return {
    matchers: [],
    channels: [],
    silent: true,
    continue: false,
    of: 'default',
    roles: [],
    origin,
    children: [branch],
  };
}

function scoped(node: RouteNode, scope: string): RouteNode {
  return { ...node, scope, children: node.children.map((child) => scoped(child, scope)) };
}
