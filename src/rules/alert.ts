import { dashboardUrl, runbookUrl } from '../model/links.ts';
import type { Alert, AlertSource } from '../model/rule.ts';
import type { Labels, Model } from '../model/types.ts';
import type { Expression } from '../promql/expression.ts';
import type { Origin } from '../source/document.ts';

/** What an SLO, a KPI or a policy says about one of its alerts; labels and links follow from the model. */
export interface AlertDraft {
  readonly alert: string;
  readonly expr: Expression;
  readonly forMs: number;
  readonly severity: string;
  readonly service: string | undefined;
  readonly category: string | undefined;
  /** Labels of the author and of the generator, without those that every alert has. */
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly summary: string | undefined;
  readonly description: string | undefined;
  readonly runbook: string | undefined;
  readonly dashboard: string | undefined;
  readonly origin: Origin;
  readonly source: AlertSource;
}

function present(entries: Readonly<Record<string, string | undefined>>): Labels {
  return Object.fromEntries(
    Object.entries(entries).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** The labels of every alert: the project's, the service's, the author's, and last qmon's own, which nobody overrides. */
function labelsOf(model: Model, draft: AlertDraft, owner: string | undefined): Labels {
  const names = model.project.labelNames;
  const service = draft.service === undefined ? undefined : model.services.get(draft.service);
  return {
    ...model.project.labels,
    ...service?.alertLabels,
    ...draft.labels,
    ...present({
      [names.severity]: draft.severity,
      [names.service]: draft.service,
      [names.owner]: owner,
      [names.category]: draft.category,
    }),
  };
}

function annotationsOf(model: Model, draft: AlertDraft): Labels {
  const { runbook, dashboard } = draft;
  const service = draft.service === undefined ? undefined : model.services.get(draft.service);
  return {
    ...present({ summary: draft.summary, description: draft.description }),
    ...present({
      runbook_url: runbook === undefined ? undefined : runbookUrl(model.project, runbook),
      dashboard_url: dashboard === undefined ? undefined : dashboardUrl(model.project, dashboard),
    }),
    ...service?.alertAnnotations,
    ...draft.annotations,
  };
}

/** Completes a draft: labels under the organisation's names, annotations, and links where their addresses are known. */
export function completeAlert(model: Model, draft: AlertDraft): Alert {
  const owner = draft.service === undefined ? undefined : model.services.get(draft.service)?.owner;
  return {
    type: 'alert',
    alert: draft.alert,
    expr: draft.expr,
    forMs: draft.forMs,
    labels: labelsOf(model, draft, owner),
    annotations: annotationsOf(model, draft),
    origin: draft.origin,
    severity: draft.severity,
    source: draft.source,
    ...(draft.service !== undefined && { service: draft.service }),
    ...(owner !== undefined && { owner }),
    ...(draft.category !== undefined && { category: draft.category }),
    ...(draft.runbook !== undefined && { runbook: draft.runbook }),
    ...(draft.dashboard !== undefined && { dashboard: draft.dashboard }),
  };
}
