import { groupBy, uniqueTexts } from '../base/order.ts';
import { NO_VALUE } from '../model/rule.ts';
import type { Labels, Model, Service } from '../model/types.ts';

/**
 * A service by the values that a label of series has for it: those that its `selector` fixes for the label, otherwise
 * its name.
 */
export interface NamedService {
  readonly service: Service;
  /** Exactly these; or, where the selector has a regular expression that is no list of words, none. */
  readonly values: readonly string[];
  /** A regular expression that matches the whole value, as Prometheus reads it. */
  readonly pattern?: string;
}

/** Series know nothing of the namespaces of imports. */
function localName({ name }: Service): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

const LIST_OF_WORDS = /^[\w:-]+(\|[\w:-]+)*$/;

/** Every service as a label of series names it, in the order of their names. */
export function servicesByLabel(model: Model, label: string): readonly NamedService[] {
  return model.services.all.map((service) => {
    const matcher = service.selector?.matchers.find(
      (each) => each.label === label && (each.operator === '=' || each.operator === '=~') && each.value !== '',
    );
    if (!matcher) return { service, values: [localName(service)] };
    if (matcher.operator === '=') return { service, values: [matcher.value] };
    if (LIST_OF_WORDS.test(matcher.value)) return { service, values: matcher.value.split('|') };
    return { service, values: [], pattern: matcher.value };
  });
}

/** Whether a label of a service has this value. */
export function hasValue({ values, pattern }: NamedService, value: string): boolean {
  return values.includes(value) || (pattern !== undefined && new RegExp(`^(?:${pattern})$`, 's').test(value));
}

/** Services as the templates ask for them: each value belongs to one, to that whose selector says so before that of its name. */
function templated(model: Model, label: string): readonly NamedService[] {
  const taken = new Set<string>();
  const byName = (each: NamedService) => each.values.length === 1 && each.values[0] === localName(each.service);
  const services = servicesByLabel(model, label);
  return [...services.filter((each) => !byName(each)), ...services.filter(byName)].map((each) => {
    const values = each.values.filter((value) => !taken.has(value));
    for (const value of values) taken.add(value);
    return { ...each, values };
  });
}

/** A text of Go templates in double quotes. */
function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

/** `eq $labels.job "qagent" "memory"`. */
function isOneOf(label: string, services: readonly NamedService[]): string {
  const values = uniqueTexts(services.flatMap((each) => each.values));
  return `eq $labels.${label} ${values.map(quoted).join(' ')}`;
}

/** `match "^(?:shard-[0-9]+)$" $labels.job`. */
function matches(label: string, services: readonly NamedService[]): string {
  const patterns = uniqueTexts(services.flatMap(({ pattern }) => pattern ?? []));
  return `match ${quoted(`^(?:${patterns.join('|')})$`)} $labels.${label}`;
}

/** A text that depends on the service: one clause for each text, values before regular expressions, and one for all others. */
function switched(
  label: string,
  services: readonly NamedService[],
  textOf: (service: Service) => string | undefined,
  otherwise: string,
): string {
  const special = services.filter(({ service }) => (textOf(service) ?? otherwise) !== otherwise);
  const clauses = (some: readonly NamedService[], test: typeof matches) =>
    [...groupBy(some, ({ service }) => textOf(service)!)].map(([text, same]) => `if ${test(label, same)} }}${text}`);
  const literal = special.filter(({ values }) => values.length > 0);
  const regular = special.filter(({ pattern }) => pattern !== undefined);
  const all = [...clauses(literal, isOneOf), ...clauses(regular, matches)];
  if (all.length === 0) return otherwise;
  return `{{ ${all.join('{{ else ')}${otherwise === '' ? '' : `{{ else }}${otherwise}`}{{ end }}`;
}

type Texts = (service: Service) => Labels;

/** Labels or annotations that the services give to their alerts, each as a text that depends on the service; `otherwise`: of those that give none. */
export function switchedTexts(model: Model, label: string, texts: Texts, inherited: Labels, otherwise: string): Labels {
  const services = templated(model, label);
  const names = uniqueTexts(services.flatMap(({ service }) => Object.keys(texts(service))));
  return Object.fromEntries(
    names.map((name) => [
      name,
      switched(label, services, (service) => texts(service)[name], inherited[name] ?? otherwise),
    ]),
  );
}

/**
 * The service and owner labels of an alert whose series name the service, as Go templates. The service is called as its
 * document is, where the series call it otherwise; a service that nobody declares keeps the name that the series give
 * it, and its owner is `none`.
 * Source: https://prometheus.io/docs/prometheus/latest/configuration/template_reference/ (match, $labels)
 */
export function serviceLabels(model: Model, label: string): Labels {
  const names = model.project.labelNames;
  const services = templated(model, label);
  const translated = services.filter(
    ({ service, values, pattern }) => pattern !== undefined || values.some((value) => value !== service.name),
  );
  const service = switched(label, translated, ({ name }) => name, `{{ $labels.${label} }}`);
  const owner = switched(label, services, (each) => each.owner, NO_VALUE);
  return {
    ...(label === names.service && translated.length === 0 ? {} : { [names.service]: service }),
    ...(owner === NO_VALUE ? {} : { [names.owner]: owner }),
  };
}

/** Whether no two values of a label become one by calling services as their documents are called. */
export function renamesOneToOne(model: Model, label: string): boolean {
  return servicesByLabel(model, label).every(({ values }) => values.length === 1);
}
