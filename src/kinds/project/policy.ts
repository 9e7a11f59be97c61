import type { ProjectDocument } from '../../generated/project.ts';
import type {
  AlertDemand,
  Demand,
  DurationBounds,
  ExpressionDemand,
  Policy,
  RecordDemand,
  TextDemand,
  TextDemands,
} from '../../model/policy.ts';
import { type Pattern, readPattern } from '../../promql/pattern.ts';
import { defineCode } from '../../source/code.ts';
import type { Diagnostic } from '../../source/diagnostic.ts';
import type { Located, Path } from '../../source/document.ts';
import { defined } from '../entity.ts';
import type { Reference } from '../kind.ts';
import { durationMs, optionalDurationMs } from '../quantities.ts';

const BOUNDS_CROSSED = defineCode<{ min: string; max: string }>({
  code: 'project/bounds-crossed',
  severity: 'error',
  title: 'a lower bound above the upper one',
  explain:
    'No duration is at least `min` and at most `max` where `min` is the longer one: every alert would be refused.',
  message: ({ min, max }) => `\`min\` is \`${min}\`, more than \`max\`, which is \`${max}\``,
  help: () => 'swap the two',
});

const NOTHING_DEMANDED = defineCode<{ name: string; known: string }>({
  code: 'project/nothing-demanded',
  severity: 'error',
  title: 'a demand of the policy that demands nothing',
  explain:
    'A demand in `policy` of the Project selects alerts, records, expressions or groups, and says what they must meet. One that only selects has no effect.',
  message: ({ name }) => `\`${name}\` demands nothing`,
  help: ({ known }) => `add ${known}, or remove it`,
});

export const policyCodes = [BOUNDS_CROSSED, NOTHING_DEMANDED];

type PolicyPart = NonNullable<NonNullable<ProjectDocument['spec']>['policy']>;
type AlertPart = NonNullable<PolicyPart['alerts']>[string];
type TextParts = AlertPart['labels'];

const SECTIONS = ['alerts', 'records', 'expressions', 'groups'] as const;

/** Properties that demand something; without one of them a demand only selects. */
const DEMANDS = {
  alerts: ['named', 'labels', 'otherLabels', 'annotations', 'otherAnnotations', 'for', 'keepFiringFor'],
  records: ['named', 'labels', 'otherLabels'],
  expressions: ['matchers', 'maxRange'],
  groups: ['named'],
} as const;

interface Entry {
  readonly section: (typeof SECTIONS)[number];
  readonly name: string;
  readonly path: Path;
  readonly value: Partial<AlertPart>;
}

function entries({ spec }: ProjectDocument): Entry[] {
  return SECTIONS.flatMap((section) =>
    Object.entries(spec?.policy?.[section] ?? {}).map(([name, value]) => ({
      section,
      name,
      path: ['spec', 'policy', section, name],
      value: value as Partial<AlertPart>,
    })),
  );
}

function checkBounds(document: Located<ProjectDocument>, { path, value }: Entry): Diagnostic[] {
  return (['for', 'keepFiringFor'] as const).flatMap((property) => {
    const { min, max } = value[property] ?? {};
    if (min === undefined || max === undefined || durationMs(min) <= durationMs(max)) return [];
    return [BOUNDS_CROSSED.at(document.at([...path, property, 'min']), { min, max })];
  });
}

/** What the schema cannot say of the policy of a project. */
export function checkPolicy(document: Located<ProjectDocument>): Diagnostic[] {
  return entries(document.value).flatMap((entry) => {
    const { section, name, path, value } = entry;
    const demands: readonly string[] = DEMANDS[section];
    const known = demands.map((each) => `\`${each}\``).join(', ');
    const empty = !demands.some((property) => Object.hasOwn(value, property));
    const found = empty ? [NOTHING_DEMANDED.at(document.at(path, 'key'), { name, known })] : [];
    return [...found, ...checkBounds(document, entry)];
  });
}

/** The names that the policy of a project uses. */
export function policyReferences(document: ProjectDocument): Reference[] {
  const { requireRunbook = [], requireOwner = false } = document.spec?.policy ?? {};
  const listed = (path: Path, to: string, names: readonly string[] = []) =>
    names.map((name, index) => ({ path: [...path, index], to, name }));
  return [
    ...listed(['spec', 'policy', 'requireRunbook'], 'severity', requireRunbook),
    ...listed(['spec', 'policy', 'requireOwner'], 'severity', typeof requireOwner === 'boolean' ? [] : requireOwner),
    ...entries(document).flatMap(({ path, value: { severities, ruleSets } }) => [
      ...listed([...path, 'severities'], 'severity', severities),
      ...listed([...path, 'ruleSets'], 'RuleSet', ruleSets),
    ]),
  ];
}

/** Patterns that the schema has accepted. */
function pattern(text: string): Pattern {
  return readPattern(text)!;
}

function optionalPattern(text: string | undefined): Pattern | undefined {
  return text === undefined ? undefined : pattern(text);
}

function textDemands(parts: TextParts = {}, others = true): TextDemands {
  const texts = Object.entries(parts).map(([name, part]): TextDemand => {
    const { matches, required = true } = typeof part === 'string' ? { matches: part } : part;
    return { name, required, ...defined({ matches: optionalPattern(matches) }) };
  });
  return { texts, others };
}

function bounds(part: AlertPart['for']): DurationBounds | undefined {
  if (part === undefined) return undefined;
  return defined({ minMs: optionalDurationMs(part.min), maxMs: optionalDurationMs(part.max) });
}

type Parts = Readonly<Record<string, { readonly ruleSets?: string[] }>>;

/** The demands of a section, in the author's order. */
function demands<Part extends Parts, Lowered>(
  document: Located<ProjectDocument>,
  section: (typeof SECTIONS)[number],
  parts: Part | undefined,
  lower: (part: Part[string]) => Lowered,
): (Demand & Lowered)[] {
  return Object.entries(parts ?? {}).map(([name, part]) => ({
    name,
    origin: { document, path: ['spec', 'policy', section, name] },
    ...defined({ ruleSets: part.ruleSets }),
    ...lower(part as Part[string]),
  }));
}

function alertDemand(part: AlertPart): Omit<AlertDemand, keyof Demand> {
  return {
    ...defined({ severities: part.severities, from: part.from, named: optionalPattern(part.named) }),
    labels: textDemands(part.labels, part.otherLabels),
    annotations: textDemands(part.annotations, part.otherAnnotations),
    ...defined({ for: bounds(part.for), keepFiringFor: bounds(part.keepFiringFor) }),
  };
}

function recordDemand(part: NonNullable<PolicyPart['records']>[string]): Omit<RecordDemand, keyof Demand> {
  return { ...defined({ named: optionalPattern(part.named) }), labels: textDemands(part.labels, part.otherLabels) };
}

function expressionDemand(part: NonNullable<PolicyPart['expressions']>[string]): Omit<ExpressionDemand, keyof Demand> {
  return {
    ...defined({ from: part.from, metrics: optionalPattern(part.metrics) }),
    matchers: Object.entries(part.matchers ?? {}).map(([label, value]) => ({ label, value: pattern(value) })),
    ...defined({ maxRangeMs: optionalDurationMs(part.maxRange) }),
  };
}

/** The policy of a project; what is not written is not demanded. */
export function loweredPolicy(document: Located<ProjectDocument>): Policy {
  const part = document.value.spec?.policy ?? {};
  const { requireRunbook = [], requireOwner = false } = part;
  return {
    requireRunbook,
    requireOwner: requireOwner === true,
    ownedSeverities: typeof requireOwner === 'boolean' ? [] : requireOwner,
    alerts: demands(document, 'alerts', part.alerts, alertDemand),
    records: demands(document, 'records', part.records, recordDemand),
    expressions: demands(document, 'expressions', part.expressions, expressionDemand),
    groups: demands(document, 'groups', part.groups, ({ named }) => ({ named: pattern(named) })),
  };
}
