import type { AlertPolicy, Labels, Model, PolicyRule, Project, RuleSet, Service } from '../model/types.ts';
import { labelsInUse } from '../routing/shared.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { type Origin, originSpan, type Path } from '../source/document.ts';
import type { LintRule } from './rule.ts';

const RESERVED_LABEL = defineCode<{ label: string; instead: string | undefined }>({
  code: 'rule/reserved-label',
  severity: 'error',
  title: 'a label of the author has the name of one that qmon sets',
  explain:
    'qmon sets the labels of severity, service, owner, category, environment, SLO and KPI, on alerts of SLOs `window`, `component` of a rule that has one, and for a shared Alertmanager that of the project; Prometheus sets `alertname`. Routes, inhibition, dashboards and messages rely on them. A label of the same name would have no effect where qmon sets its own, and where it does not, it would take part in routing and inhibition by accident. Rules in the files of a RuleSet keep what they have. An alert of an AlertPolicy may carry those that qmon leaves open there.',
  message: ({ label }) => `the label \`${label}\` is one that qmon sets`,
  help: ({ instead }) => instead ?? 'give it another name, or call ours something else in `labelNames` of the Project',
});

/** What may be written in place of a label. */
const INSTEAD: Readonly<Record<string, string>> = {
  alertname: 'the name of the rule is the `alertname`: remove the label',
  severity: 'write `severity` of the rule',
  service: 'write `service` of the policy',
  owner: 'write `owner` of the Service',
  category: 'write `category` of the rule',
  component: 'write `component` of the rule, or the label, not both',
};

type Taken = ReadonlyMap<string, string>;

/** Label names as they come out, each with what qmon calls it. */
function taken(project: Project): Taken {
  const ours = labelsInUse(project).map(([name, label]) => [label, name] as const);
  return new Map([...ours, ['window', 'window'], ['alertname', 'alertname']]);
}

function reserved(labels: Labels, names: Taken, at: (label: string) => Origin): Diagnostic[] {
  return Object.keys(labels)
    .filter((label) => names.has(label))
    .map((label) => RESERVED_LABEL.at(originSpan(at(label)), { label, instead: undefined }));
}

/** An external label that calls the environment what it is called says nothing else than ours. */
function external(project: Project, names: Taken): Diagnostic[] {
  const { environment, labelNames, prometheus } = project;
  const { [labelNames.environment]: said, ...others } = prometheus.externalLabels;
  const at = (label: string) => project.part('spec', 'targets', 'prometheus', 'externalLabels', label);
  const found = reserved(others, names, at);
  if (!environment || said === undefined || said === environment.name) return found;
  const { name } = environment;
  const instead = `write \`${name}\`, as the environment is called, or call ours something else in \`labelNames\` of the Project`;
  const span = originSpan(at(labelNames.environment));
  return [...found, RESERVED_LABEL.at(span, { label: labelNames.environment, instead })];
}

function inDocuments(model: Model, names: Taken): Diagnostic[] {
  const { project } = model;
  const documents = [...model.services.all, ...model.slos.all, ...model.kpis.all];
  return [
    ...reserved(project.labels, names, (label) => project.part('spec', 'labels', label)),
    ...external(project, names),
    ...documents.flatMap((each) =>
      reserved(each.alertLabels, names, (label) => each.part('metadata', 'labels', label)),
    ),
  ];
}

type RuleLabels = Partial<Pick<PolicyRule, 'category' | 'component'>>;

/** The labels that alerts of a policy always get; the others are open to its author. */
function alwaysSet(service: Service | undefined, policy: AlertPolicy, rule: RuleLabels): readonly string[] {
  const fromLabel = policy.serviceFromLabel !== undefined;
  return [
    'alertname',
    'severity',
    'project',
    'environment',
    ...(policy.service === undefined && !fromLabel ? [] : ['service']),
    ...(service?.owner === undefined && !fromLabel ? [] : ['owner']),
    ...(rule.category === undefined ? [] : ['category']),
    ...(rule.component === undefined ? [] : ['component']),
  ];
}

function inPolicy(model: Model, names: Taken, policy: AlertPolicy): Diagnostic[] {
  const service = policy.service === undefined ? undefined : model.services.get(policy.service);
  const check = (labels: Labels, rule: RuleLabels, at: (label: string) => Origin) => {
    const set = alwaysSet(service, policy, rule);
    return Object.keys(labels).flatMap((label) => {
      const name = label === 'component' ? label : names.get(label);
      if (name === undefined || !set.includes(name)) return [];
      return [RESERVED_LABEL.at(originSpan(at(label)), { label, instead: INSTEAD[name] })];
    });
  };
  return [
    ...check(policy.alertLabels, {}, (label) => policy.part('metadata', 'labels', label)),
    ...policy.rules.flatMap((rule) =>
      check(rule.labels, rule, (label) => ({ ...rule.origin, path: [...rule.origin.path, 'labels', label] })),
    ),
  ];
}

const INSTEAD_IN_SET: Readonly<Record<string, string>> = {
  alertname: 'alerts keep their names: remove the label',
  severity: 'write `severityMap`, or `severity` of an entry in `override`',
  service: 'write `service` of the RuleSet',
  owner: 'write `owner` of the Service',
};

/** Labels that an author adds to rules of others; what those have themselves is their own affair. */
function inRuleSet(model: Model, names: Taken, set: RuleSet): Diagnostic[] {
  const owner = model.services.get(set.service ?? '')?.owner;
  const always = [
    'alertname',
    'severity',
    ...(set.service === undefined ? [] : ['service']),
    ...(owner === undefined ? [] : ['owner']),
  ];
  const changes = new Set(
    set.files.flatMap(({ groups }) =>
      groups.flatMap(({ rules }) => rules.flatMap((rule) => (rule.type === 'alert' ? rule.changes : []))),
    ),
  );
  const paths = new Map([...changes].map(({ path }) => [path.join('/'), [...path, 'labels']]));
  return [['spec', 'labels'], ...paths.values()].flatMap((path) =>
    Object.keys(labelsAt(set, path)).flatMap((label) => {
      const name = names.get(label);
      if (name === undefined || !always.includes(name)) return [];
      return [RESERVED_LABEL.at(originSpan(set.part(...path, label)), { label, instead: INSTEAD_IN_SET[name] })];
    }),
  );
}

function labelsAt({ origin }: RuleSet, path: Path): object {
  const value = path.reduce<unknown>(
    (outer, key) => (outer as Record<string, unknown> | undefined)?.[key],
    origin.document.value,
  );
  return (value as object | undefined) ?? {};
}

/** Labels of authors that qmon's own would replace, or that would take part in routing by accident. */
export const reservedLabel: LintRule = {
  codes: [RESERVED_LABEL],
  needs: [],
  check: (model) => {
    const names = taken(model.project);
    return [
      ...inDocuments(model, names),
      ...model.alertPolicies.all.flatMap((each) => inPolicy(model, names, each)),
      ...model.ruleSets.all.flatMap((each) => inRuleSet(model, names, each)),
    ];
  },
};
