import type { RuleSetDocument } from '../../generated/rule-set.ts';
import type { RuleSet } from '../../model/types.ts';
import { defineCode } from '../../source/code.ts';
import type { Diagnostic } from '../../source/diagnostic.ts';
import type { Located, Path } from '../../source/document.ts';
import { defined, entity } from '../entity.ts';
import type { Beside, Reference, SpecKind } from '../kind.ts';
import { codes as documentCodes } from './documents.ts';
import { codes as fieldCodes } from './fields.ts';
import { checkPatterns, codes as fileCodes, foreignFiles } from './files.ts';
import { codes as groupCodes } from './groups.ts';
import { checkOverrides, codes as overrideCodes, withOverrides } from './overrides.ts';
import { checkOwnRules, ownRules } from './own.ts';
import { PAGES, pagesOf, withPages } from './pages.ts';
import schema from './rule-set.schema.json' with { type: 'json' };

const NOTHING = defineCode({
  code: 'rule-set/nothing-in-it',
  severity: 'error',
  title: 'a RuleSet without rules',
  explain: 'A RuleSet takes in `files`, or has `records` or `groups` of its own. Without any of them it has no effect.',
  message: () => 'this RuleSet has no rules',
  help: () => 'add `files`, `records` or `groups`',
});

type Document = Located<RuleSetDocument>;

function references({ spec }: RuleSetDocument): Reference[] {
  const names: [path: Path, to: string, name: string | undefined][] = [
    [['spec', 'service'], 'Service', spec.service],
    ...Object.entries(spec.severityMap ?? {}).map(([severity, level]): [Path, string, string] => [
      ['spec', 'severityMap', severity],
      'severity',
      level,
    ]),
    ...(spec.override ?? []).map(({ severity }, index): [Path, string, string | undefined] => [
      ['spec', 'override', index, 'severity'],
      'severity',
      severity,
    ]),
  ];
  return names.flatMap(([path, to, name]) => (name === undefined ? [] : [{ path, to, name }]));
}

function check(document: Document, beside: Beside): Diagnostic[] {
  const { files, records, groups, override } = document.value.spec;
  if (!files && !records && !groups) return [NOTHING.at(document.at(['spec'], 'key'), {})];
  const [foreign, faults] = foreignFiles(document, beside);
  const patterns = checkPatterns(document, beside);
  const whole = override && faults.every(({ severity }) => severity !== 'error') && patterns.length === 0;
  return [...patterns, ...faults, ...(whole ? checkOverrides(document, foreign) : []), ...checkOwnRules(document)];
}

function lower(document: Document, beside: Beside): RuleSet {
  const { spec } = document.value;
  const pages = pagesOf(document, beside);
  const [foreign] = foreignFiles(document, beside);
  const own = ownRules(document);
  const files = [...foreign.map((file) => withOverrides(document, file)), ...(own ? [own] : [])];
  return {
    ...entity(document),
    severityMap: spec.severityMap ?? {},
    alertLabels: spec.labels ?? {},
    alertAnnotations: spec.annotations ?? {},
    files: files.map((file) => withPages(file, pages)),
    ...defined({ service: spec.service, pages }),
  };
}

export const ruleSetKind: SpecKind<RuleSetDocument, RuleSet> = {
  name: 'RuleSet',
  summary: 'third-party rule files, and rules in the form of Prometheus',
  schema,
  codes: [NOTHING, ...fileCodes, ...documentCodes, ...fieldCodes, ...groupCodes, ...overrideCodes],
  count: 'any',
  mapsSeverities: true,
  isShared: true,
  files: [
    { property: 'files', suffix: '' },
    { property: 'runbooks', suffix: PAGES },
  ],
  references,
  check,
  lower,
};
