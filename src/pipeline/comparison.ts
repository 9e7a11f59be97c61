import { PATHS } from '../model/names.ts';
import type { Model, Project } from '../model/types.ts';
import type { Artifact } from '../output/artifact.ts';

/** Files in which the address of another system is a setting, and not a link. */
const SETTINGS: ReadonlySet<string> = new Set([PATHS.prometheusConfig, PATHS.datasources]);

type Addresses = Pick<Project, 'prometheus' | 'alertmanager' | 'grafana' | 'runbooksUrl'>;

function urlOf({ url }: { readonly url?: string }): { readonly url?: string } {
  return url === undefined ? {} : { url };
}

/** The project with the name of another environment of it. */
function nameAs(project: Project, { environment }: Project): Project {
  if (!project.environment || !environment) return project;
  const { name, title } = environment;
  return { ...project, environment: { ...project.environment, name, title } };
}

/** The project with the addresses of another environment of it: links are the same then, wherever they lead to the same. */
function linksAs(project: Project, other: Addresses): Project {
  const { runbooksUrl: _, ...rest } = project;
  const { url: _p, ...prometheus } = project.prometheus;
  const { url: _a, ...alertmanager } = project.alertmanager;
  const { url: _g, ...grafana } = project.grafana;
  return {
    ...rest,
    prometheus: { ...prometheus, ...urlOf(other.prometheus) },
    alertmanager: { ...alertmanager, ...urlOf(other.alertmanager) },
    grafana: { ...grafana, ...urlOf(other.grafana) },
    ...(other.runbooksUrl !== undefined && { runbooksUrl: other.runbooksUrl }),
  };
}

/**
 * One environment compiled under the name of another, so that only what really differs differs: not its name in labels,
 * titles and uids, nor the addresses in links. Where an address is a setting it stays what it is.
 */
export function compiledAs<Compiled extends { readonly artifacts?: readonly Artifact[] }>(
  model: Model,
  shown: Project,
  compiled: (model: Model) => Compiled,
): Compiled {
  const project = nameAs(model.project, shown);
  const links = compiled({ ...model, project: linksAs(project, shown) });
  const { artifacts: settings = [] } = compiled({ ...model, project });
  if (!links.artifacts) return links;
  const artifacts = [
    ...links.artifacts.filter(({ path }) => !SETTINGS.has(path)),
    ...settings.filter(({ path }) => SETTINGS.has(path)),
  ];
  return { ...links, artifacts };
}
