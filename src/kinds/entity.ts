import type { Entity } from '../model/types.ts';
import type { Located } from '../source/document.ts';
import type { Envelope } from './kind.ts';

/** The identity that every entity takes from its document. */
export function entity(document: Located<Envelope>): Entity {
  return {
    name: document.value.metadata.name,
    origin: { document, path: [] },
    part: (...path) => ({ document, path }),
  };
}

/** Only the properties that are there: exact optional properties must not be `undefined`. */
export function defined<T extends object>(properties: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
