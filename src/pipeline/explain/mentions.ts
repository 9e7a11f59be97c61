import type { Declaration, Use } from '../../model/link.ts';
import type { Alert } from '../../model/rule.ts';
import type { Mention } from '../../output/explanation.ts';
import { metricNames } from '../../promql/metrics.ts';
import { type Origin, originSpan, type Path } from '../../source/document.ts';
import { declaredBy, type Knowledge } from './knowledge.ts';

function isWithin(path: Path, above: Path): boolean {
  return above.every((step, index) => step === path[index]);
}

/** One mention for each thing: the first. */
function onceEach(mentions: readonly Mention[]): Mention[] {
  const firsts = [...mentions].reverse().map((each) => [`${each.kind}/${each.name}`, each] as const);
  return [...new Map(firsts).values()].reverse();
}

/** A severity or a metric is a part of its document, which has a name of its own. */
function isPart({ path }: Declaration): boolean {
  return path[0] !== 'metadata';
}

/** What a declaration refers to; parts of documents refer to what stands in them. */
export function refersTo({ names }: Knowledge, declaration: Declaration): Mention[] {
  const above = isPart(declaration) ? declaration.path.slice(0, -1) : [];
  const own = names.uses.filter((use) => use.document === declaration.document && isWithin(use.path, above));
  return onceEach(own.map(mentionOf));
}

/** What an alert refers to where its rule stands. */
export function alertRefersTo({ names }: Knowledge, alerts: readonly Alert[]): Mention[] {
  const origins = alerts.map(({ origin }) => origin);
  const own = names.uses.filter(({ document, path }) =>
    origins.some((origin) => origin.document === document && isWithin(path, origin.path)),
  );
  return onceEach(own.map(mentionOf));
}

function mentionOf({ kind, name, document, path }: Use): Mention {
  return { kind, name, span: document.at(path) };
}

/** Who refers to a declaration, by name or in an expression. */
export function referredToBy(knowledge: Knowledge, { kind, name, document }: Declaration): Mention[] {
  const uses = knowledge.names.uses.filter((use) => use.kind === kind && use.name === name);
  const named = uses
    .filter(({ by }) => by.document !== document || kind !== by.kind)
    .map(({ by, document: place, path }) => ({ kind: by.kind, name: by.name, span: place.at(path) }));
  return onceEach(kind === 'metric' ? [...named, ...readersOf(knowledge, name)] : named);
}

/** The documents whose expressions read a metric, or a series of a histogram or summary of that name. */
function readersOf(knowledge: Knowledge, metric: string): Mention[] {
  const series = new Set([metric, ...['_bucket', '_sum', '_count'].map((suffix) => metric + suffix)]);
  const reads = (text: string) => metricNames(text).some(({ name }) => series.has(name));
  const rules = [...knowledge.recordings, ...knowledge.alerts].filter(({ expr }) => reads(expr.text));
  const panels = (knowledge.model?.dashboards.all ?? []).flatMap(({ rows }) =>
    rows
      .flatMap((row) => row.panels)
      .filter((panel) => panel.shows === 'query' && panel.queries.some(({ query }) => reads(query.text))),
  );
  return [...rules, ...panels].flatMap(({ origin }) => mentionAt(knowledge, origin));
}

/** The document that an origin lies in, as somebody who mentions something there. */
export function mentionAt({ names }: Knowledge, origin: Origin): Mention[] {
  const by = declaredBy(names, origin.document);
  return by ? [{ kind: by.kind, name: by.name, span: originSpan(origin) }] : [];
}
