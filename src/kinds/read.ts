import { present } from '../base/assert.ts';
import { closest, enumerate } from '../base/text.ts';
import * as validators from '../generated/validators/validators.js';
import { defineCode } from '../source/code.ts';
import type { Checked, Diagnostic } from '../source/diagnostic.ts';
import { atOtherPlaces, hasErrors } from '../source/diagnostic.ts';
import type { Located } from '../source/document.ts';
import type { Beside, Envelope, SpecKind } from './kind.ts';
import { kinds } from './registry.ts';
import { schemaDiagnostics, trustOf } from './schema-faults.ts';

const NOT_A_DOCUMENT = defineCode({
  code: 'schema/not-a-document',
  severity: 'error',
  title: 'a YAML document that is no spec',
  explain:
    'Every YAML document below a Project is a spec: a mapping with `kind`, `metadata` and `spec`. Keep other YAML files outside the workspace, or in a folder whose name starts with a dot.',
  message: () => 'this document is not a mapping with `kind`, `metadata` and `spec`',
  help: () => 'write a spec, or move the file out of the workspace',
});

const UNKNOWN_KIND = defineCode<{ kind: string; meant: string | undefined; known: readonly string[] }>({
  code: 'schema/unknown-kind',
  severity: 'error',
  title: 'a kind that does not exist',
  explain: 'The `kind` of a document decides what its `spec` may contain.',
  message: ({ kind, meant }) => `unknown kind \`${kind}\`${meant === undefined ? '' : `; did you mean \`${meant}\`?`}`,
  help: ({ known }) => `the kinds are ${enumerate(known)}`,
});

const MISSING_KIND = defineCode<{ known: readonly string[] }>({
  code: 'schema/missing-kind',
  severity: 'error',
  title: 'a document without a kind',
  explain: 'The `kind` of a document decides what its `spec` may contain.',
  message: () => 'this document has no `kind`',
  help: ({ known }) => `add \`kind\`: ${enumerate(known, 'or')}`,
});

export const codes = [NOT_A_DOCUMENT, UNKNOWN_KIND, MISSING_KIND];

// biome-ignore lint/suspicious/noExplicitAny: a registry holds kinds of different documents and entities
export type AnyKind = SpecKind<any, any>;

type Validator = (typeof validators)['SLO'];

/** A document whose values have the right types. */
export interface ReadDocument {
  readonly kind: AnyKind;
  readonly document: Located<Envelope>;
  readonly beside: Beside;
  /** Whether it may be lowered: neither the schema nor `check` found an error in it. */
  readonly sound: boolean;
}

const byName: ReadonlyMap<string, AnyKind> = new Map(kinds.map((kind) => [kind.name, kind as AnyKind]));

function kindOf(document: Located): Checked<AnyKind | undefined> {
  const value = document.value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [undefined, [NOT_A_DOCUMENT.at(document.span, {})]];
  }
  const known = [...byName.keys()];
  const kind = (value as Record<string, unknown>).kind;
  if (kind === undefined) return [undefined, [MISSING_KIND.at(document.at([], 'key'), { known })]];
  const written = typeof kind === 'string' ? kind : JSON.stringify(kind);
  const found = byName.get(written);
  if (found) return [found, []];
  return [
    undefined,
    [UNKNOWN_KIND.at(document.at(['kind']), { kind: written, meant: closest(written, known), known })],
  ];
}

/**
 * Reads one document: its kind, its shape by the schema, and what the kind itself finds wrong. A document whose types
 * hold comes back even with faults: what it declares and refers to is known.
 */
export function readDocument(document: Located, beside: Beside): Checked<ReadDocument | undefined> {
  const [kind, faults] = kindOf(document);
  if (!kind) return [undefined, faults];
  const validate = present((validators as Record<string, Validator>)[kind.name], `validator of ${kind.name}`);
  const errors = validate(document.value) ? [] : (validate.errors ?? []);
  const trust = trustOf(errors);
  const located = document as Located<Envelope>;
  const shape = errors.length === 0 ? [] : schemaDiagnostics(document, errors);
  const meaning: readonly Diagnostic[] = trust === 'quantities' ? kind.check(located, beside) : [];
  const found = [...shape, ...atOtherPlaces(meaning, shape)];
  return [trust === 'none' ? undefined : { kind, document: located, beside, sound: !hasErrors(found) }, found];
}
