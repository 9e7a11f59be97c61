import { PATHS } from '../../model/names.ts';
import type { Model } from '../../model/types.ts';
import type { Artifact } from '../../output/artifact.ts';
import { writeJson } from '../../output/json.ts';
import { type Diagnostic, hasErrors } from '../../source/diagnostic.ts';
import { formsOf } from '../resource.ts';
import type { EmitContext, Target } from '../target.ts';
import { authoredBoards } from './authored-boards.ts';
import type { Board, Scene } from './board.ts';
import { codes, grafanaChecks } from './checks.ts';
import { checkSizes, dashboardResource, codes as resourceCodes } from './dashboard-resource.ts';
import { frame } from './frame.ts';
import { exploreLinks, runbooksBySource } from './links.ts';
import { overviewBoards } from './overview-board.ts';
import { authoredPages, generatedPages, observedServices } from './pages.ts';
import { provisioning } from './provisioning.ts';
import { serviceBoard } from './service-board.ts';

interface Drawn {
  readonly name: string;
  readonly artifact: Artifact;
}

function drawn(board: Board, model: Model): Drawn {
  const { name } = board.page;
  const linked = { ...board, links: [...board.links, ...exploreLinks(model.project, board.service)] };
  const { document, origins } = frame(linked, model.project.grafana.datasources.metrics);
  const text = writeJson(document);
  return { name, artifact: { path: PATHS.dashboard(name), text, target: 'grafana', verifier: 'none', origins } };
}

/** A dashboard of many panels is written before the next one is drawn: what is not kept for long is quickly forgotten. */
function draw(model: Model, { rules }: EmitContext): readonly Drawn[] {
  const pages = [...generatedPages(model), ...authoredPages(model)];
  const scene: Scene = {
    model,
    rules,
    pages: new Map(pages.map((page) => [page.name, page])),
    runbooks: runbooksBySource(rules),
  };
  return [
    ...[...authoredBoards(scene), ...overviewBoards(scene)].map((board) => drawn(board, model)),
    ...observedServices(model).map((service) => drawn(serviceBoard(service, scene), model)),
  ];
}

/** What a dashboard needs that is a file; the sidecar that reads ConfigMaps is set up where Grafana is. */
function emit(model: Model, context: EmitContext): readonly Artifact[] {
  const { project } = model;
  const { files, resources } = formsOf(project);
  const dashboards = draw(model, context);
  return [
    ...(files ? dashboards.map(({ artifact }) => artifact) : []),
    ...(files && dashboards.length > 0 ? provisioning(project) : []),
    ...(resources ? dashboards.map(({ name, artifact }) => dashboardResource(project, name, artifact)) : []),
  ];
}

function check(model: Model, context: EmitContext): readonly Diagnostic[] {
  const found = grafanaChecks(model);
  if (hasErrors(found) || !formsOf(model.project).resources) return found;
  return [...found, ...checkSizes(draw(model, context).map(({ artifact }) => artifact))];
}

export const grafanaTarget: Target = {
  name: 'grafana',
  summary: 'Grafana dashboards (9 to 13): those of the specs, one for each service with SLOs, and an overview',
  codes: [...codes, ...resourceCodes],
  check,
  emit,
};
