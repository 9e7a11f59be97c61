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

/** Adds what has a value to labels or annotations. */
function set(labels: Record<string, string>, name: string, value: string | undefined): void {
  if (value !== undefined) labels[name] = value;
}

/** The labels of every alert: the project's, the service's, the author's, and last qmon's own, which nobody overrides. */
function labelsOf(model: Model, draft: AlertDraft, owner: string | undefined): Labels {
  const names = model.project.labelNames;
  const service = draft.service === undefined ? undefined : model.services.get(draft.service);
  const labels: Record<string, string> = { ...model.project.labels, ...service?.alertLabels, ...draft.labels };
  set(labels, names.environment, model.project.environment?.name);
  set(labels, names.severity, draft.severity);
  set(labels, names.service, draft.service);
  set(labels, names.owner, owner);
  set(labels, names.category, draft.category);
  return labels;
}

function annotationsOf(model: Model, draft: AlertDraft): Labels {
  const { runbook, dashboard } = draft;
  const service = draft.service === undefined ? undefined : model.services.get(draft.service);
  const annotations: Record<string, string> = {};
  set(annotations, 'summary', draft.summary);
  set(annotations, 'description', draft.description);
  if (runbook !== undefined) set(annotations, 'runbook_url', runbookUrl(model.project, runbook));
  if (dashboard !== undefined) set(annotations, 'dashboard_url', dashboardUrl(model.project, dashboard));
  return { ...annotations, ...service?.alertAnnotations, ...draft.annotations };
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
