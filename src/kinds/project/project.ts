import { enumerate, titleCase } from '../../base/text.ts';
import type { ProjectDocument } from '../../generated/project.ts';
import type { BudgetStatus, LabelNames, Project } from '../../model/types.ts';
import { defineCode } from '../../source/code.ts';
import type { Diagnostic } from '../../source/diagnostic.ts';
import type { Located } from '../../source/document.ts';
import { codes as budgetCodes, budgetPolicy, checkBudgetPolicy } from '../budget-policy.ts';
import { defined, entity } from '../entity.ts';
import type { Reference, SpecKind } from '../kind.ts';
import { loweredTargets } from '../targets.ts';
import { checkPolicy, loweredPolicy, policyCodes, policyReferences } from './policy.ts';
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

const OPERATOR_WITHOUT_EFFECT = defineCode<{ format: string }>({
  code: 'project/operator-without-effect',
  severity: 'warning',
  title: 'settings for resources of Kubernetes that are not written',
  explain:
    '`operator` says what PrometheusRules and ConfigMaps carry. They are written only with `format: operator` or `format: both`.',
  message: ({ format }) => `\`operator\` has no effect with \`format: ${format}\``,
  help: () => 'write `format: operator` or `format: both`, or remove `operator`',
});

export const codes = [...budgetCodes, ...policyCodes, LABEL_NAME_TAKEN, OPERATOR_WITHOUT_EFFECT];

/** A project and what its SLOs inherit from it. */
export interface LoweredProject {
  readonly project: Project;
  readonly budgetPolicy?: readonly BudgetStatus[];
}

const LABEL_NAMES: LabelNames = {
  severity: 'severity',
  service: 'service',
  owner: 'owner',
  category: 'category',
  slo: 'slo',
  kpi: 'kpi',
  project: 'project',
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
  const routing = document.value.spec?.targets?.alertmanager?.routing;
  const shared = typeof routing === 'object' && routing.shared !== undefined;
  const { project, ...always } = LABEL_NAMES;
  const names = Object.entries({ ...always, ...(shared && { project }), ...own });
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

function checkOperator(document: Located<ProjectDocument>): Diagnostic[] {
  const { format = 'files', operator } = document.value.spec?.targets?.prometheus ?? {};
  if (operator === undefined || format !== 'files') return [];
  const at = document.at(['spec', 'targets', 'prometheus', 'operator'], 'key');
  return [OPERATOR_WITHOUT_EFFECT.at(at, { format })];
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
    ...loweredTargets(spec.targets, title),
    policy: loweredPolicy(document),
    ...defined({
      runbooksUrl: spec.runbooks?.baseUrl,
      email: spec.email && { ...spec.email, requireTls: spec.email.requireTls ?? true },
    }),
  };
  return { project, ...defined({ budgetPolicy: spec.budgetPolicy && budgetPolicy(spec.budgetPolicy) }) };
}

function references(document: ProjectDocument): Reference[] {
  const { spec = {} } = document;
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
    ...policyReferences(document),
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
    ...checkOperator(document),
    ...checkPolicy(document),
    ...checkBudgetPolicy(document, ['spec', 'budgetPolicy'], document.value.spec?.budgetPolicy),
  ],
  lower,
};
