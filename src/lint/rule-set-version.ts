import type { Alert, Group, Recording, RuleBook } from '../model/rule.ts';
import type { Model, Version } from '../model/types.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { originSpan } from '../source/document.ts';
import type { LintRule } from './rule.ts';

const TOO_NEW = defineCode<{ what: string; since: string; version: string }>({
  code: 'rule-set/field-too-new',
  severity: 'error',
  title: 'a rule file for a newer Prometheus',
  explain: `A rule file uses something that the Prometheus of the Project does not know. It would refuse the whole file.

Source: https://github.com/prometheus/prometheus/blob/main/CHANGELOG.md (2.53: \`query_offset\`; 3.0: names in UTF-8).`,
  message: ({ what, since, version }) => `${what} needs Prometheus ${since}, and the Project says \`${version}\``,
  help: ({ since }) =>
    `take the rules in a version for yours, or set \`targets.prometheus.version\` to "${since}" once it runs`,
});

const QUERY_OFFSET: Version = { major: 2, minor: 53 };
const UTF8_NAMES: Version = { major: 3, minor: 0 };

const LABEL_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const METRIC_NAME = /^[A-Za-z_:][A-Za-z0-9_:]*$/;

function text({ major, minor }: Version): string {
  return `${major}.${minor}`;
}

function isOlder(one: Version, other: Version): boolean {
  return one.major === other.major ? one.minor < other.minor : one.major < other.major;
}

/** The names in a rule that older versions refuse. */
function strangeNames(rule: Alert | Recording): readonly string[] {
  const names = [...Object.keys(rule.labels), ...(rule.type === 'alert' ? Object.keys(rule.annotations) : [])];
  const strange = names.filter((name) => !LABEL_NAME.test(name));
  return rule.type === 'record' && !METRIC_NAME.test(rule.record) ? [rule.record, ...strange] : strange;
}

function inGroup(version: Version, { rules, queryOffsetMs, origin }: Group): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (queryOffsetMs !== undefined && origin && isOlder(version, QUERY_OFFSET)) {
    const at = originSpan({ ...origin, path: [...origin.path, 'query_offset'] });
    found.push(TOO_NEW.at(at, { what: '`query_offset`', since: text(QUERY_OFFSET), version: text(version) }));
  }
  if (!isOlder(version, UTF8_NAMES)) return found;
  const first = new Map(rules.flatMap((rule) => strangeNames(rule).map((name) => [name, rule] as const)).reverse());
  return [
    ...found,
    ...[...first].map(([name, rule]) =>
      TOO_NEW.at(originSpan(rule.origin), {
        what: `the name \`${name}\``,
        since: text(UTF8_NAMES),
        version: text(version),
      }),
    ),
  ];
}

function check({ project }: Model, { groups }: RuleBook): Diagnostic[] {
  return groups.filter(({ file }) => file !== undefined).flatMap((group) => inGroup(project.prometheus.version, group));
}

/** Rule files must be ones that the Project's Prometheus reads. */
export const ruleSetVersion: LintRule = { codes: [TOO_NEW], needs: [], check };
