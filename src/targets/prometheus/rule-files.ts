import { groupBy } from '../../base/order.ts';
import { formatDuration } from '../../base/quantity.ts';
import type { Rule, RuleFile, RuleGroup } from '../../formats/prometheus.ts';
import { PATHS, projectSubject, RULE_FILE, ruleSetPart } from '../../model/names.ts';
import type { Alert, Group, Recording, RuleBook, RuleSetFile } from '../../model/rule.ts';
import type { Labels, Model } from '../../model/types.ts';
import type { Artifact, JsonPointer } from '../../output/artifact.ts';
import { writeYaml } from '../../output/block-yaml.ts';
import { authoredTexts } from '../../rules/authored.ts';
import type { Origin } from '../../source/document.ts';
import { GENERATED } from '../target.ts';

function unlessEmpty(labels: Labels): Labels | undefined {
  return Object.keys(labels).length === 0 ? undefined : labels;
}

function ruleOf(rule: Recording | Alert): Rule {
  const labels = unlessEmpty(rule.labels);
  const common = { expr: rule.expr.text, ...(labels && { labels }) };
  if (rule.type === 'record') return { record: rule.record, ...common };
  const annotations = unlessEmpty(rule.annotations);
  return {
    alert: rule.alert,
    expr: rule.expr.text,
    ...(rule.forMs > 0 && { for: formatDuration(rule.forMs) }),
    ...(rule.keepFiringForMs !== undefined && { keep_firing_for: formatDuration(rule.keepFiringForMs) }),
    ...(labels && { labels }),
    ...(annotations && { annotations }),
  };
}

function groupOf(group: Group): RuleGroup {
  return {
    name: group.name,
    ...(group.intervalMs !== undefined && { interval: formatDuration(group.intervalMs) }),
    ...(group.queryOffsetMs !== undefined && { query_offset: formatDuration(group.queryOffsetMs) }),
    ...(group.limit !== undefined && { limit: group.limit }),
    rules: group.rules.map(ruleOf),
  };
}

/** `whole`: what the file is about. */
function originsOf(model: Model, whole: Origin, groups: readonly Group[]): Map<string, Origin> {
  const origins = new Map([['', whole]]);
  groups.forEach((group, groupIndex) => {
    if (group.origin) origins.set(`/groups/${groupIndex}`, group.origin);
    group.rules.forEach((rule, index) => {
      const pointer = `/groups/${groupIndex}/rules/${index}`;
      origins.set(pointer, rule.origin);
      const [piece] = rule.expr.pieces;
      const expression = piece && { document: piece.document, path: piece.path, pieces: rule.expr.pieces };
      origins.set(`${pointer}/expr`, expression ?? rule.origin);
      if (rule.type === 'record') return;
      for (const { part, name, origin } of authoredTexts(model, rule))
        origins.set(`${pointer}/${part}/${name}`, origin);
    });
  });
  return origins;
}

/** Rules that lie in one file, still without a form. */
export interface RuleDocument {
  /** What the file is called: see `RULE_FILE`. */
  readonly stem: string;
  /** What a resource with these rules is called after; missing for those of the whole project. */
  readonly part: string | undefined;
  readonly header: string;
  readonly document: RuleFile;
  /** By JSON pointers into the rule file. */
  readonly origins: ReadonlyMap<JsonPointer, Origin>;
}

interface Subject {
  readonly origin: Origin;
  /** What the file is about, in the lines of its head. */
  readonly head: string;
}

/** A file of a service or, for what belongs to none, of the project. */
function serviceSubject(model: Model, service: string | undefined): Subject {
  const origin = (model.services.get(service ?? '') ?? model.project).part('metadata', 'name');
  const subject = service === undefined ? projectSubject(model.project) : `Service ${service}`;
  return { origin, head: `${subject}: recording rules and alerts.` };
}

/** A file of a RuleSet, with the path that its rules come from and the alerts that were left out of it. */
function ruleSetSubject(model: Model, { ruleSet, name }: RuleSetFile): Subject {
  const file = model.ruleSets.get(ruleSet)?.files.find((each) => each.name === name);
  const source = file?.path === undefined ? 'rules of its own' : `the rules of ${file.path}`;
  const disabled = (file?.disabled ?? []).map(({ alert, reason }) => `Left out: ${alert}: ${reason.trim()}`);
  const origin = file?.origin ?? model.project.part('metadata', 'name');
  return { origin, head: [`RuleSet ${ruleSet}: ${source}.`, ...disabled].join('\n') };
}

function stemOf({ file, service }: Group): string {
  return file ? RULE_FILE.ruleSet(file.ruleSet, file.name) : RULE_FILE.service(service);
}

/**
 * One document per service, one for what belongs to none, and one for each file of a RuleSet; groups stay whole, because
 * Prometheus evaluates them in order.
 */
export function ruleDocuments(model: Model, { groups }: RuleBook): readonly RuleDocument[] {
  return [...groupBy(groups, stemOf)].map(([stem, own]) => {
    const { file, service } = own[0]!;
    const { origin, head } = file ? ruleSetSubject(model, file) : serviceSubject(model, service);
    return {
      stem,
      part: file ? ruleSetPart(file.ruleSet, file.name) : service,
      header: `${GENERATED}\n${head}`,
      document: { groups: own.map(groupOf) },
      origins: originsOf(model, origin, own),
    };
  });
}

/** The rules as Prometheus reads them. */
export function ruleFile({ stem, header, document, origins }: RuleDocument): Artifact {
  return {
    path: PATHS.rules(stem),
    text: writeYaml(document, { header }),
    target: 'prometheus',
    verifier: 'promtool-rules',
    origins,
  };
}
