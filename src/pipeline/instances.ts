import { closest } from '../base/text.ts';
import { type Arguments, filled } from '../kinds/filling.ts';
import { formats } from '../kinds/formats.ts';
import {
  type Argument,
  argumentOf,
  declaredParameters,
  declaresParameters,
  isPlain,
  type Parameter,
  parametersOf,
  RESERVED_PARAMETERS,
  typeNamed,
} from '../kinds/parameters.ts';
import type { AnyKind } from '../kinds/read.ts';
import { actionHolesOf, isExpression, quotedHolesOf, type Template, touchingHolesOf } from '../kinds/template.ts';
import type { UseEntry } from '../kinds/uses.ts';
import { EMPTY_SELECTOR } from '../lint/empty-selector.ts';
import { parseMatchers } from '../promql/selector.ts';
import { derived, type Place, replaced, valueAt } from '../source/derived.ts';
import type { Checked, Diagnostic } from '../source/diagnostic.ts';
import type { Located, Path } from '../source/document.ts';
import type { RelatedSpan, Span } from '../source/span.ts';
import {
  IN_ACTION,
  IN_QUOTES,
  LONG_NAME,
  MISSING_PARAMETER,
  RESERVED_NAME,
  TOUCHES,
  UNKNOWN_NAME,
  UNKNOWN_PARAMETER,
  UNUSED_PARAMETER,
  WRONG_VALUE,
} from './parameter-codes.ts';

/** A document that a service takes over. */
export interface Instance {
  readonly document: Located;
  /** The parts that the service gave: names in them are the service's. */
  readonly given: readonly Path[];
}

const NAME: Path = ['metadata', 'name'];
const SERVICE: Path = ['spec', 'service'];

/** Whether documents of the kind say which service they are about. */
function hasService({ schema }: AnyKind): boolean {
  const { properties } = schema as { properties?: { spec?: { properties?: Record<string, unknown> } } };
  return properties?.spec?.properties?.service !== undefined;
}

/** Documents that say which service they are about are given its selector later; a dashboard may call a variable of its own so. */
function leavesSelector(kind: AnyKind, { document }: Template): boolean {
  const variables = valueAt(document.value, ['spec', 'variables']);
  const own = Array.isArray(variables) && variables.some((each) => valueAt(each, ['name']) === 'selector');
  return !hasService(kind) && !own;
}

function selectorOf(service: Located): string | undefined {
  const selector = valueAt(service.value, ['spec', 'selector']);
  return typeof selector === 'string' && (parseMatchers(selector)?.length ?? 0) > 0 ? selector : undefined;
}

/** Where a document asks for the selector of a service that has none. */
export function emptySelectors(kind: AnyKind, template: Template, entry: UseEntry, service: Located): Diagnostic[] {
  if (!leavesSelector(kind, template) || selectorOf(service) !== undefined) return [];
  return template.fields.filter(isExpression).flatMap(({ holes }) =>
    holes.flatMap(({ name, path, start, end }) => {
      if (name !== 'selector') return [];
      const user = valueAt(service.value, NAME) as string;
      const related = [{ span: service.at(entry.path), message: `used here by the service \`${user}\`` }];
      const at = template.document.within(path, start, end);
      return [EMPTY_SELECTOR.at(at, { kind: kind.name, service: user }, { related })];
    }),
  );
}

function plainArgument(text: string): Argument {
  return { text, ...typeNamed('string')!.read(text)! };
}

interface Identity {
  readonly name: string;
  readonly service: string;
  /** What `$selector` stands for, where the document itself does not say which service it is about. */
  readonly selector?: string;
  /** Where the two were written. */
  readonly place: Place;
  readonly via?: () => readonly RelatedSpan[];
}

/** The template with its holes filled, under a name of its own. */
function instanceOf(kind: AnyKind, template: Template, values: Arguments, identity: Identity): Instance {
  const { name, service, selector, place, via } = identity;
  const matchers = selector === undefined ? undefined : argumentOf('selector', selector);
  const implied: [string, Argument][] = [
    ['service', plainArgument(service)],
    ...(matchers ? [['selector', matchers] as [string, Argument]] : []),
  ];
  const result = filled(template, new Map([...values, ...implied]));
  const about = hasService(kind) && valueAt(template.document.value, SERVICE) === undefined;
  const own = replaced(result.value, NAME, name);
  const value = about ? replaced(own, SERVICE, service) : own;
  const places: [Path, Place][] = [
    ...result.places,
    [NAME, place],
    ...(about ? [[SERVICE, place] as [Path, Place]] : []),
  ];
  return {
    document: derived(template.document, { value, places, ...(via && { via }) }),
    given: about ? [SERVICE] : [],
  };
}

function declaredAt(template: Template, name: string): Span {
  return template.document.at(['spec', 'params', name], 'key');
}

/** The value of one parameter: the service's, or the default. */
function chosenValue(
  template: Template,
  { name, type, default: preset }: Parameter,
  entry: UseEntry,
  service: Located,
): Argument | Diagnostic | 'missing' | 'unreadable' {
  if (!entry.with) return 'unreadable';
  if (!Object.hasOwn(entry.with, name)) return preset ?? 'missing';
  const given = entry.with[name];
  if (!isPlain(given)) return 'unreadable';
  const argument = argumentOf(type, given);
  const path = [...entry.path, 'with', name];
  if (argument) return { ...argument, given: { document: service, path } };
  const related = [{ span: declaredAt(template, name), message: 'declared here' }];
  return WRONG_VALUE.at(service.at(path), { name, value: String(given), type }, { related });
}

/** The values with which a service fills a template, as far as they are whole, with everything that is wrong about them. */
export function argumentsOf(template: Template, entry: UseEntry, service: Located): Checked<Arguments | undefined> {
  const parameters = parametersOf(template.document.value);
  const known = parameters.map(({ name }) => name);
  const found: Diagnostic[] = Object.keys(entry.with ?? {}).flatMap((name) => {
    if (known.includes(name)) return [];
    const at = service.at([...entry.path, 'with', name], 'key');
    return [UNKNOWN_PARAMETER.at(at, { name, template: entry.name, meant: closest(name, known), known })];
  });
  const values = new Map<string, Argument>();
  const missing: string[] = [];
  for (const parameter of parameters) {
    const value = chosenValue(template, parameter, entry, service);
    if (value === 'missing') missing.push(parameter.name);
    else if (value === 'unreadable') continue;
    else if ('code' in value) found.push(value);
    else values.set(parameter.name, value);
  }
  if (missing.length > 0) {
    const related = missing.map((name) => ({
      span: declaredAt(template, name),
      message: `\`${name}\` has no default`,
    }));
    const at = service.at([...entry.path, entry.property]);
    found.push(MISSING_PARAMETER.at(at, { names: missing, template: entry.name }, { related }));
  }
  return [values.size === parameters.length ? values : undefined, found];
}

/** Where the name of what a service takes over stands. */
export function namePath({ as, path, property }: UseEntry): Path {
  return [...path, as === undefined ? property : 'as'];
}

/** What a service takes over has a name like every document; a wrong `as` is told by the schema. */
export function nameFaults(name: string, entry: UseEntry, service: Located): Diagnostic[] {
  if (entry.as !== undefined || formats.name!.matches(name)) return [];
  return [LONG_NAME.at(service.at(namePath(entry)), { name })];
}

/** What is called how: stable whatever the order of files and uses. */
export function instanceName(service: string, { as, name }: UseEntry): string {
  return as ?? `${service}-${name.slice(name.lastIndexOf('/') + 1)}`;
}

/** The document that a service takes over, under a name of its own. */
export function instance(
  kind: AnyKind,
  template: Template,
  values: Arguments,
  entry: UseEntry,
  service: Located,
): Instance {
  const name = valueAt(service.value, NAME) as string;
  const place = { moved: { document: service, path: namePath(entry) } };
  const via = () => [{ span: service.at(entry.path), message: `used here by the service \`${name}\`` }];
  const selector = leavesSelector(kind, template) ? selectorOf(service) : undefined;
  const own = { name: instanceName(name, entry), service: name, place, via };
  const identity = { ...own, ...(selector !== undefined && { selector }) };
  const { document, given } = instanceOf(kind, template, values, identity);
  const { params: _, ...spec } = valueAt(document.value, ['spec']) as Record<string, unknown>;
  return {
    document: derived(document, { value: replaced(document.value, ['spec'], spec), places: [] }),
    given: [...given, ...givenFields(template, values), NAME],
  };
}

/** The texts that the service gave as a whole, or that are made of its name; a default is the template's own. */
function givenFields({ fields }: Template, values: Arguments): Path[] {
  return fields.flatMap(({ holes, whole, path }) => {
    const isGiven = whole !== undefined && values.get(whole)?.given !== undefined;
    return isGiven || holes.some(({ name }) => name === 'service') ? [path] : [];
  });
}

/** A stand-in that shows what a template is like, whoever uses it: defaults, and samples where there are none. */
export function specimen(kind: AnyKind, template: Template): Instance {
  const parameters = parametersOf(template.document.value);
  const values = parameters.map(({ name, type, default: preset }) => {
    // A name of its own, lest two labels are the same one; what type was meant by an unknown one nobody knows.
    const sample = typeNamed(type)?.sample ?? name;
    return [name, preset ?? argumentOf(typeNamed(type) ? type : 'name', sample) ?? plainArgument(sample)] as const;
  });
  const name = valueAt(template.document.value, NAME);
  const place = { moved: { document: template.document, path: NAME } };
  const own = typeof name === 'string' ? name : 'x';
  const { document, given } = instanceOf(kind, template, new Map(values), { name: own, service: 'x', place });
  const known = new Set(parameters.flatMap((each) => (each.default ? [each.name] : [])));
  const open = template.fields.filter(({ holes }) => holes.some(({ name }) => !known.has(name)));
  return { document, given: [...given, ...open.map(({ path }) => path)] };
}

function isReserved(name: string): boolean {
  return Object.hasOwn(RESERVED_PARAMETERS, name);
}

function badDeclarations(template: Template): Diagnostic[] {
  const { document } = template;
  return declaredParameters(document.value).flatMap(({ name, type, preset }) => {
    const meaning = isReserved(name) ? RESERVED_PARAMETERS[name] : undefined;
    if (meaning !== undefined) return [RESERVED_NAME.at(declaredAt(template, name), { name, meaning })];
    if (preset === undefined || !typeNamed(type) || argumentOf(type, preset)) return [];
    const at = document.at(['spec', 'params', name, 'default']);
    return [WRONG_VALUE.at(at, { name, value: String(preset), type })];
  });
}

/** Names that PromQL knows at some place of a spec. */
const IN_EXPRESSIONS: readonly string[] = ['service', 'selector', 'window'];

function strangeHoles(template: Template, known: readonly string[]): Diagnostic[] {
  return template.fields.flatMap((field) => {
    const isText = !isExpression(field);
    const meant = [...known, ...(isText ? ['service'] : IN_EXPRESSIONS)];
    return field.holes.flatMap(({ name, path, start, end }) => {
      if (meant.includes(name)) return [];
      const at = template.document.within(path, start, end);
      return [UNKNOWN_NAME.at(at, { name, meant: closest(name, meant), isText })];
    });
  });
}

function touchingHoles({ document, fields }: Template): Diagnostic[] {
  const parameters = parametersOf(document.value);
  const known = ['service', ...parameters.map(({ name }) => name)];
  const matchers = ['selector', ...parameters.filter(({ type }) => type === 'selector').map(({ name }) => name)];
  const holes = fields.flatMap((field) => touchingHolesOf(field, matchers)).filter(({ name }) => known.includes(name));
  return holes.map(({ name, word, path, start, end }) => TOUCHES.at(document.within(path, start, end), { name, word }));
}

/** What the holes of a template show to be wrong; `anyName`: dollar signs may belong to somebody else, as in Grafana. */
export function checkTemplate(template: Template, anyName: boolean): Diagnostic[] {
  const known = parametersOf(template.document.value).map(({ name }) => name);
  const quoted = template.fields.flatMap(quotedHolesOf).filter(({ name }) => known.includes(name));
  const inActions = template.fields
    .flatMap(actionHolesOf)
    .filter(({ name }) => known.includes(name) && !isReserved(name));
  const mentioned = new Set(
    [...template.fields.flatMap(({ holes }) => holes), ...quoted, ...inActions].map(({ name }) => name),
  );
  const unused = known.filter((name) => !mentioned.has(name) && !isReserved(name));
  return [
    ...badDeclarations(template),
    ...unused.map((name) => UNUSED_PARAMETER.at(declaredAt(template, name), { name })),
    ...quoted.map(({ name, path, start, end }) => IN_QUOTES.at(template.document.within(path, start, end), { name })),
    ...inActions.map(({ name, path, start, end }) =>
      IN_ACTION.at(template.document.within(path, start, end), { name }),
    ),
    ...touchingHoles(template),
    ...(anyName || !declaresParameters(template.document.value) ? [] : strangeHoles(template, known)),
  ];
}
