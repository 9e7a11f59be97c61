import { enumerate, titleCase } from '../../base/text.ts';
import type { ProjectDocument } from '../../generated/project.ts';
import type { BudgetStatus, LabelNames, Project } from '../../model/types.ts';
import { defineCode } from '../../source/code.ts';
import type { Diagnostic } from '../../source/diagnostic.ts';
import type { Located } from '../../source/document.ts';
import { codes as budgetCodes, budgetPolicy, checkBudgetPolicy } from '../budget-policy.ts';
import { defined, entity } from '../entity.ts';
import type { Reference, SpecKind } from '../kind.ts';
import { durationMs, optionalDurationMs, version } from '../quantities.ts';
import schema from './project.schema.json' with { type: 'json' };

const LABEL_NAME_TAKEN = defineCode<{ label: string; by: string }>({
  code: 'project/label-name-taken',
  severity: 'error',
  title: 'two labels would have the same name',
  explain:
    'Each label that qmon sets needs a name of its own: two labels of one name would replace each other, and alerts would lose their severity or their service. `alertname`, `window`, `objective`, `le` and `quantile` have a meaning already.',
  message: ({ label, by }) => `the label name \`${label}\` is taken by ${by}`,
  help: () => 'choose another name',
});

export const codes = [...budgetCodes, LABEL_NAME_TAKEN];

/** A project and what its SLOs inherit from it. */
export interface LoweredProject {
  readonly project: Project;
  readonly budgetPolicy?: readonly BudgetStatus[];
}

type Spec = NonNullable<ProjectDocument['spec']>;
type Targets = NonNullable<Spec['targets']>;

/** What holds where the Project says nothing; the versions are the oldest that qmon writes for. */
const DEFAULTS = {
  prometheusVersion: '2.42',
  alertmanagerVersion: '0.25',
  scrapeInterval: '15s',
  evaluationInterval: '30s',
  secretsDir: '/etc/alertmanager/secrets',
} as const;

const LABEL_NAMES: LabelNames = {
  severity: 'severity',
  service: 'service',
  owner: 'owner',
  category: 'category',
  slo: 'slo',
  kpi: 'kpi',
  environment: 'environment',
};

/** Names that labels of SLO series or of Prometheus itself have. */
const MEANT_OTHERWISE: Readonly<Record<string, string>> = {
  alertname: 'the name of the alert',
  window: 'the window of an SLO',
  objective: 'the objective of an SLO',
  le: 'the buckets of histograms',
  quantile: 'the quantiles of summaries',
};

function checkLabelNames(document: Located<ProjectDocument>): Diagnostic[] {
  const own = document.value.spec?.labelNames ?? {};
  const names = Object.entries({ ...LABEL_NAMES, ...own });
  const reported = new Set<string>();
  return Object.entries(own).flatMap(([name, label]) => {
    const others = names.filter(([each, other]) => each !== name && other === label).map(([each]) => each);
    if (others.some((each) => Object.hasOwn(own, each) && reported.has(each))) return [];
    if (others.length > 0) reported.add(name);
    const meaning = Object.hasOwn(MEANT_OTHERWISE, label) ? MEANT_OTHERWISE[label] : undefined;
    const by = others.length > 0 ? `our label ${enumerate(others.map((each) => `\`${each}\``))}` : meaning;
    return by === undefined ? [] : [LABEL_NAME_TAKEN.at(document.at(['spec', 'labelNames', name]), { label, by })];
  });
}

function prometheus(spec: Targets['prometheus'] = {}): Project['prometheus'] {
  return {
    version: version(spec.version ?? DEFAULTS.prometheusVersion),
    scrapeIntervalMs: durationMs(spec.scrapeInterval ?? DEFAULTS.scrapeInterval),
    evaluationIntervalMs: durationMs(spec.evaluationInterval ?? DEFAULTS.evaluationInterval),
    externalLabels: spec.externalLabels ?? {},
    ...defined({ url: spec.url, retentionMs: optionalDurationMs(spec.retention) }),
  };
}

function alertmanager(spec: Targets['alertmanager'] = {}): Project['alertmanager'] {
  return {
    version: version(spec.version ?? DEFAULTS.alertmanagerVersion),
    secretsDir: (spec.secretsDir ?? DEFAULTS.secretsDir).replace(/(?<=.)\/+$/, ''),
    ...defined({ url: spec.url }),
  };
}

function lower(document: Located<ProjectDocument>): LoweredProject {
  const spec = document.value.spec ?? {};
  const base = entity(document);
  const title = spec.title ?? titleCase(base.name);
  const project: Project = {
    ...base,
    title,
    labels: spec.labels ?? {},
    labelNames: { ...LABEL_NAMES, ...spec.labelNames },
    prometheus: prometheus(spec.targets?.prometheus),
    alertmanager: alertmanager(spec.targets?.alertmanager),
    grafana: {
      folder: spec.targets?.grafana?.folder ?? title,
      datasources: spec.targets?.grafana?.datasources ?? {},
      ...defined({ url: spec.targets?.grafana?.url }),
    },
    policy: {
      requireRunbook: spec.policy?.requireRunbook ?? [],
      requireOwner: spec.policy?.requireOwner ?? false,
    },
    ...defined({
      runbooksUrl: spec.runbooks?.baseUrl,
      email: spec.email && { ...spec.email, requireTls: spec.email.requireTls ?? true },
    }),
  };
  return { project, ...defined({ budgetPolicy: spec.budgetPolicy && budgetPolicy(spec.budgetPolicy) }) };
}

function references({ spec = {} }: ProjectDocument): Reference[] {
  const required = (spec.policy?.requireRunbook ?? []).map((name, index) => ({
    path: ['spec', 'policy', 'requireRunbook', index],
    to: 'severity',
    name,
  }));
  const chosen: [path: string[], to: string, name: string | undefined][] = [
    [['spec', 'severityScale'], 'SeverityScale', spec.severityScale],
    [['spec', 'notificationPolicy'], 'NotificationPolicy', spec.notificationPolicy],
  ];
  const maps = (spec.imports ?? []).flatMap(({ severityMap = {} }, index) =>
    Object.entries(severityMap).map(([from, name]) => ({
      path: ['spec', 'imports', index, 'severityMap', from],
      to: 'severity',
      name,
    })),
  );
  return [
    ...required,
    ...maps,
    ...chosen.flatMap(([path, to, name]) => (name === undefined ? [] : [{ path, to, name }])),
  ];
}

export const projectKind: SpecKind<ProjectDocument, LoweredProject> = {
  name: 'Project',
  summary: 'the workspace: labels, targets and what is insisted on',
  schema,
  codes,
  count: 'exactly-one',
  references,
  check: (document) => [
    ...checkLabelNames(document),
    ...checkBudgetPolicy(document, ['spec', 'budgetPolicy'], document.value.spec?.budgetPolicy),
  ],
  lower,
};
