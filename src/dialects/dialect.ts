import type { AnyCode } from '../source/code.ts';
import type { Checked } from '../source/diagnostic.ts';
import type { SourceFile } from '../source/span.ts';

/** A file or page in the language of others. */
export interface ImportSource {
  readonly file: SourceFile;
  /** What a server says of it: the `Content-Type`. Missing for a file. */
  readonly mediaType?: string;
}

/** What the person who imports chose. */
export interface ImportOptions {
  /** Name of the document; by default it is derived. */
  readonly name?: string;
  /** Service that what is imported belongs to. */
  readonly service?: string;
  /** Takes only what has names with this prefix. */
  readonly prefix?: string;
  /** Leaves out what has names with these prefixes; missing: what the dialect leaves out by itself. */
  readonly without?: readonly string[];
}

/** Specs as an author would have written them. */
export interface Imported {
  /** YAML. */
  readonly text: string;
  /** What a person should know of it, a sentence each. */
  readonly notes: readonly string[];
}

/** Another input language from which specs are made: a pure function of texts. Without a result there are errors. */
export interface Dialect {
  readonly name: string;
  readonly summary: string;
  readonly codes: readonly AnyCode[];
  /** What a server is asked for, as in `Accept`. */
  readonly accept: string;
  read(sources: readonly ImportSource[], options: ImportOptions): Checked<Imported | undefined>;
}
