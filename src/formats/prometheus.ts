import { sortedBy } from '../base/order.ts';
import { partsBelow, type ResourceMetadata, readResource, resourcePart } from './kubernetes.ts';
import { isPlain, type Part } from './part.ts';

/**
 * The documents that Prometheus reads, as qmon emits them.
 * Source: https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/ (Configuring rules) and
 * https://prometheus.io/docs/prometheus/latest/configuration/configuration/
 */
export interface RuleFile {
  readonly groups: readonly RuleGroup[];
}

export interface RuleGroup {
  readonly name: string;
  /** A Prometheus duration; none: the global evaluation interval. */
  readonly interval?: string;
  /** From Prometheus 2.53 on. */
  readonly query_offset?: string;
  readonly limit?: number;
  readonly rules: readonly Rule[];
}

export type Rule = RecordingRule | AlertingRule;

export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly keep_firing_for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * A rule file as a resource of Kubernetes, which the Prometheus operator hands to Prometheus.
 * Source: https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusRule
 */
export interface PrometheusRuleResource {
  readonly apiVersion: 'monitoring.coreos.com/v1';
  readonly kind: 'PrometheusRule';
  readonly metadata: ResourceMetadata;
  readonly spec: RuleFile;
}

/**
 * The operator refuses a rule file of more than half of what a Secret holds.
 * Source: https://github.com/prometheus-operator/prometheus-operator/blob/main/pkg/operator/rules.go (MaxConfigMapDataSize)
 */
export const LARGEST_RULE_RESOURCE_BYTES = 512 * 1024;

/** `prometheus.yml`. */
export interface PrometheusConfig {
  readonly global?: PrometheusGlobal;
  readonly rule_files?: readonly string[];
  readonly alerting?: { readonly alertmanagers: readonly AlertmanagerAddress[] };
  readonly scrape_configs?: readonly ScrapeConfig[];
}

export interface PrometheusGlobal {
  readonly scrape_interval?: string;
  readonly evaluation_interval?: string;
  readonly external_labels?: Readonly<Record<string, string>>;
}

export interface AlertmanagerAddress {
  readonly scheme?: 'http' | 'https';
  readonly path_prefix?: string;
  readonly static_configs: readonly StaticConfig[];
}

export interface StaticConfig {
  /** `host:port`. */
  readonly targets: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
}

export interface ScrapeConfig {
  readonly job_name: string;
  readonly [setting: string]: unknown;
}

function isRule(value: unknown): value is Rule {
  return isPlain(value) && (typeof value.record === 'string' || typeof value.alert === 'string');
}

function isGroup(value: unknown): value is RuleGroup {
  return isPlain(value) && typeof value.name === 'string' && Array.isArray(value.rules) && value.rules.every(isRule);
}

/** Plain data as a rule file; nothing when it is none. It trusts what it does not need to tell parts apart. */
export function readRuleFile(value: unknown): RuleFile | undefined {
  if (!isPlain(value) || !Array.isArray(value.groups) || !value.groups.every(isGroup)) return undefined;
  return value as unknown as RuleFile;
}

const CONFIG_SECTIONS = ['global', 'rule_files', 'alerting', 'scrape_configs'];

/** Plain data as `prometheus.yml`; nothing when it has none of its sections. */
export function readPrometheusConfig(value: unknown): PrometheusConfig | undefined {
  return isPlain(value) && CONFIG_SECTIONS.some((section) => section in value)
    ? (value as PrometheusConfig)
    : undefined;
}

/** `{job="api", slo="x"}`, or nothing without labels. */
function labelText(labels: Readonly<Record<string, unknown>> = {}): string {
  const pairs = sortedBy(Object.entries(labels), ([name]) => name);
  return pairs.length === 0 ? '' : `{${pairs.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(', ')}}`;
}

/** How Prometheus itself tells rules apart: by name and labels. */
export function ruleIdentity(rule: Rule): string {
  return `${'alert' in rule ? rule.alert : rule.record}${labelText(rule.labels)}`;
}

/** A second rule of the same name and labels (levels of one condition) gets its ordinal: `HighLatency #2`. */
function ordinals(): (kind: string, identity: string) => string {
  const seen = new Map<string, number>();
  return (kind, identity) => {
    const key = `${kind} ${identity}`;
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 ? identity : `${identity} #${count}`;
  };
}

/** The parts of a rule file: groups and their rules. Labels are identity, so they are no fields. */
export function ruleFileParts(file: RuleFile): readonly Part[] {
  const numbered = ordinals();
  return file.groups.flatMap((group, index): Part[] => {
    const { name, rules, ...settings } = group;
    const pointer = `/groups/${index}`;
    const parts = rules.map((rule, position) => rulePart(rule, name, `${pointer}/rules/${position}`, numbered));
    const fields = { ...settings, order: parts.map(({ identity }) => identity) };
    return [{ kind: 'rule group', identity: numbered('rule group', name), fields, pointer }, ...parts];
  });
}

function rulePart(rule: Rule, group: string, pointer: string, numbered: ReturnType<typeof ordinals>): Part {
  const kind = 'alert' in rule ? 'alert' : 'recording rule';
  const { labels: _, ...rest } = rule;
  const { alert: _alert, record: _record, ...fields } = rest as Partial<AlertingRule & RecordingRule>;
  return { kind, identity: numbered(kind, ruleIdentity(rule)), fields: { group, ...fields }, pointer };
}

/** The parts of `prometheus.yml`: its sections, and each scrape job on its own. */
export function prometheusConfigParts(config: PrometheusConfig): readonly Part[] {
  const { scrape_configs = [], ...sections } = config;
  const settings = Object.entries(sections).map(
    ([name, value]): Part => ({
      kind: 'setting',
      identity: name,
      fields: isPlain(value) ? value : { [name]: value },
      pointer: `/${name}`,
    }),
  );
  const jobs = scrape_configs.map(({ job_name, ...fields }, index): Part => {
    return { kind: 'scrape job', identity: job_name, fields, pointer: `/scrape_configs/${index}` };
  });
  return [...settings, ...jobs];
}

/** The parts of a PrometheusRule: itself by its name, and those of the rule file that it carries; nothing when it is none. */
function ruleResourceParts(value: unknown): readonly Part[] | undefined {
  const resource = readResource(value, 'PrometheusRule');
  const rules = resource && readRuleFile(resource.spec);
  if (!rules) return undefined;
  return [resourcePart('PrometheusRule', resource.metadata), ...partsBelow('/spec', ruleFileParts(rules))];
}

/** The parts of a document of Prometheus: a rule file, a PrometheusRule or `prometheus.yml`; nothing when it is none of them. */
export function prometheusParts(value: unknown): readonly Part[] | undefined {
  const rules = readRuleFile(value);
  if (rules) return ruleFileParts(rules);
  const config = readPrometheusConfig(value);
  return ruleResourceParts(value) ?? (config && prometheusConfigParts(config));
}
