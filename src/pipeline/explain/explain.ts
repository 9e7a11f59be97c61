import { sortedBy, uniqueTexts } from '../../base/order.ts';
import type { Declaration } from '../../model/link.ts';
import type { Explanation } from '../../output/explanation.ts';
import type { Compilation } from '../compile.ts';
import { alertDetails } from './alert.ts';
import { detailsOf } from './facts.ts';
import { importPlaces } from './imports.ts';
import { fact, type Knowledge, knowledgeOf, plainKind } from './knowledge.ts';
import { alertRefersTo, mentionAt, referredToBy, refersTo } from './mentions.ts';
import { changedParts, placesOf } from './provenance.ts';

/** A thing that can be explained. */
interface Subject {
  readonly kind: string;
  readonly name: string;
}

const ALERT = 'alert';
const SERIES = 'series';

function subjectsOf({ names, alerts, recordings }: Knowledge): Subject[] {
  const all = [
    ...names.declarations.map(({ kind, name }) => ({ kind, name })),
    ...alerts.map(({ alert }) => ({ kind: ALERT, name: alert })),
    ...recordings.map(({ record }) => ({ kind: SERIES, name: record })),
  ];
  return [...new Map(all.map((each) => [`${each.kind}/${each.name}`, each])).values()];
}

/** Whether a topic, `NAME` or `KIND/NAME`, means a thing; the case of the kind never counts. */
function means(topic: string, { kind, name }: Subject, spelling: (text: string) => string): boolean {
  const written = spelling(topic);
  if (written === spelling(name)) return true;
  const prefix = `${plainKind(kind).toLowerCase()}/`;
  return topic.toLowerCase().startsWith(prefix) && written.slice(prefix.length) === spelling(name);
}

function chosen(knowledge: Knowledge, topic: string): Subject[] {
  const all = subjectsOf(knowledge);
  const exact = all.filter((each) => means(topic, each, (text) => text));
  return exact.length > 0 ? exact : all.filter((each) => means(topic, each, (text) => text.toLowerCase()));
}

function explainDeclaration(knowledge: Knowledge, declaration: Declaration): Explanation {
  const { kind, name, document, path } = declaration;
  const { facts, tables = [] } = detailsOf(knowledge, kind, name);
  const isDocument = path[0] === 'metadata';
  return {
    kind,
    name,
    places: path.length === 0 ? [] : [...placesOf(document, path, 'declared here'), ...importPlaces(knowledge, name)],
    changed: isDocument ? changedParts(document) : [],
    facts,
    variants: [],
    tables,
    refersTo: path.length === 0 ? [] : refersTo(knowledge, declaration),
    referredToBy: referredToBy(knowledge, declaration),
  };
}

function explainAlert(knowledge: Knowledge, name: string): Explanation {
  const alerts = knowledge.alerts.filter(({ alert }) => alert === name);
  const places = alerts.flatMap(({ origin }) => placesOf(origin.document, origin.path, 'made from this'));
  return {
    kind: ALERT,
    name,
    places: [
      ...new Map(places.map((each) => [`${each.span.file.path}:${each.span.start}:${each.message}`, each])).values(),
    ],
    changed: [],
    ...alertDetails(knowledge, alerts),
    tables: [],
    refersTo: alertRefersTo(knowledge, alerts),
    referredToBy: [],
  };
}

function explainSeries(knowledge: Knowledge, name: string): Explanation {
  const rules = knowledge.recordings.filter(({ record }) => record === name);
  const [only] = rules;
  const labels = (each: (typeof rules)[number]) =>
    Object.entries(each.labels)
      .map(([label, value]) => `${label}="${value}"`)
      .join(', ');
  return {
    kind: SERIES,
    name,
    places: [],
    changed: [],
    facts: [
      ...fact('rules', String(rules.length)),
      ...(rules.length === 1 ? [...fact('expression', only!.expr.text), ...fact('labels', labels(only!))] : []),
    ],
    variants: [],
    tables: [],
    refersTo: [],
    referredToBy: rules.flatMap(({ origin }) => mentionAt(knowledge, origin)),
  };
}

function explainSubject(knowledge: Knowledge, { kind, name }: Subject): Explanation[] {
  if (kind === ALERT) return [explainAlert(knowledge, name)];
  if (kind === SERIES) return [explainSeries(knowledge, name)];
  const declared = knowledge.names.declarations.filter((each) => each.kind === kind && each.name === name);
  return declared.map((declaration) => explainDeclaration(knowledge, declaration));
}

/**
 * What a project knows of a topic: `NAME`, or `KIND/NAME` where several things have the name. Each thing that has it is
 * explained, as far as faults in the specs leave it standing; empty where nothing has it.
 */
export function explain(compilation: Compilation, topic: string): readonly Explanation[] {
  const knowledge = knowledgeOf(compilation);
  const subjects = sortedBy(chosen(knowledge, topic), ({ kind }) => kind);
  return subjects.flatMap((subject) => explainSubject(knowledge, subject));
}

/** Every topic that `explain` knows in a project: each name, and each with its kind. */
export function topicsOf(compilation: Compilation): readonly string[] {
  const subjects = subjectsOf(knowledgeOf(compilation));
  return uniqueTexts(subjects.flatMap(({ kind, name }) => [name, `${plainKind(kind)}/${name}`]));
}
