import { dashboardUrl, runbookUrl } from '../model/links.ts';
import { type Alert, type AlertSource, NO_VALUE } from '../model/rule.ts';
import type { Labels, Model, Service } from '../model/types.ts';
import type { Expression } from '../promql/expression.ts';
import type { Origin } from '../source/document.ts';
import { serviceLabels, switchedTexts } from './service-label.ts';

/** What an SLO, a KPI or a policy says about one of its alerts; labels and links follow from the model. */
export interface AlertDraft {
  readonly alert: string;
  readonly expr: Expression;
  readonly forMs: number;
  readonly keepFiringForMs?: number;
  readonly severity: string;
  readonly service: string | undefined;
  /** Instead of `service`: the label of the series that names it. */
  readonly serviceFromLabel?: string | undefined;
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

/** The one service that an alert is about. */
function serviceOf(model: Model, { service }: AlertDraft): Service | undefined {
  return service === undefined ? undefined : model.services.get(service);
}

/** The labels of every alert: the project's, the service's, the author's, and last qmon's own, which nobody overrides. */
function labelsOf(model: Model, draft: AlertDraft): Labels {
  const { labels: inherited, labelNames: names } = model.project;
  const { serviceFromLabel: label } = draft;
  const service = serviceOf(model, draft);
  const ofService =
    label === undefined
      ? service?.alertLabels
      : switchedTexts(model, label, ({ alertLabels }) => alertLabels, inherited, NO_VALUE);
  const labels: Record<string, string> = { ...inherited, ...ofService, ...draft.labels };
  set(labels, names.environment, model.project.environment?.name);
  set(labels, names.severity, draft.severity);
  if (label === undefined) {
    set(labels, names.service, draft.service);
    set(labels, names.owner, service?.owner);
  } else Object.assign(labels, serviceLabels(model, label));
  set(labels, names.category, draft.category);
  return labels;
}

/** What the labels may come to where a label of the series names the service: for each service, and for an unknown one. */
function variantsOf(model: Model, draft: AlertDraft, labels: Labels): readonly Labels[] | undefined {
  const { serviceFromLabel, ...known } = draft;
  if (serviceFromLabel === undefined) return undefined;
  const { [model.project.labelNames.service]: _, ...others } = labels;
  const empty = Object.fromEntries(Object.keys(others).map((name) => [name, NO_VALUE]));
  const services = [...model.services.all.map(({ name }) => name), undefined];
  return services.map((service) => ({ ...empty, ...labelsOf(model, { ...known, service }) }));
}

function annotationsOf(model: Model, draft: AlertDraft): Labels {
  const { runbook, dashboard, serviceFromLabel: label } = draft;
  const ofService =
    label === undefined
      ? serviceOf(model, draft)?.alertAnnotations
      : switchedTexts(model, label, ({ alertAnnotations }) => alertAnnotations, {}, '');
  const annotations: Record<string, string> = {};
  set(annotations, 'summary', draft.summary);
  set(annotations, 'description', draft.description);
  if (runbook !== undefined) set(annotations, 'runbook_url', runbookUrl(model.project, runbook));
  if (dashboard !== undefined) set(annotations, 'dashboard_url', dashboardUrl(model.project, dashboard));
  return { ...annotations, ...ofService, ...draft.annotations };
}

/** Completes a draft: labels under the organisation's names, annotations, and links where their addresses are known. */
export function completeAlert(model: Model, draft: AlertDraft): Alert {
  const owner = serviceOf(model, draft)?.owner;
  const labels = labelsOf(model, draft);
  const variants = variantsOf(model, draft, labels);
  return {
    type: 'alert',
    alert: draft.alert,
    expr: draft.expr,
    forMs: draft.forMs,
    ...((draft.keepFiringForMs ?? 0) > 0 && { keepFiringForMs: draft.keepFiringForMs! }),
    labels,
    ...(variants && { variants }),
    annotations: annotationsOf(model, draft),
    origin: draft.origin,
    severity: draft.severity,
    source: draft.source,
    ...(draft.service !== undefined && { service: draft.service }),
    ...(draft.serviceFromLabel !== undefined && { serviceFromLabel: draft.serviceFromLabel }),
    ...(owner !== undefined && { owner }),
    ...(draft.category !== undefined && { category: draft.category }),
    ...(draft.runbook !== undefined && { runbook: draft.runbook }),
    ...(draft.dashboard !== undefined && { dashboard: draft.dashboard }),
  };
}
