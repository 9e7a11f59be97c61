import { PATHS } from '../../model/names.ts';
import type { Model } from '../../model/types.ts';
import type { Artifact } from '../../output/artifact.ts';
import { writeJson } from '../../output/json.ts';
import type { EmitContext, Target } from '../target.ts';
import { authoredBoards } from './authored-boards.ts';
import type { Board, Scene } from './board.ts';
import { codes, grafanaChecks } from './checks.ts';
import { frame } from './frame.ts';
import { exploreLinks, runbooksBySource } from './links.ts';
import { overviewBoards } from './overview-board.ts';
import { authoredPages, generatedPages, observedServices } from './pages.ts';
import { provisioning } from './provisioning.ts';
import { serviceBoard } from './service-board.ts';

function artifact(board: Board, model: Model): Artifact {
  const linked = { ...board, links: [...board.links, ...exploreLinks(model.project)] };
  const { document, origins } = frame(linked, model.project.grafana.datasources.metrics);
  return {
    path: PATHS.dashboard(board.page.name),
    text: writeJson(document),
    target: 'grafana',
    verifier: 'none',
    origins,
  };
}

/** A dashboard of many panels is written before the next one is drawn: what is not kept for long is quickly forgotten. */
function emit(model: Model, { rules }: EmitContext): readonly Artifact[] {
  const pages = [...generatedPages(model), ...authoredPages(model)];
  const scene: Scene = {
    model,
    rules,
    pages: new Map(pages.map((page) => [page.name, page])),
    runbooks: runbooksBySource(rules),
  };
  const dashboards = [
    ...[...authoredBoards(scene), ...overviewBoards(scene)].map((board) => artifact(board, model)),
    ...observedServices(model).map((service) => artifact(serviceBoard(service, scene), model)),
  ];
  return [...dashboards, ...(dashboards.length > 0 ? provisioning(model.project) : [])];
}

export const grafanaTarget: Target = {
  name: 'grafana',
  summary: 'Grafana dashboards (9 to 13): those of the specs, one for each service with SLOs, and an overview',
  codes,
  check: grafanaChecks,
  emit,
};
