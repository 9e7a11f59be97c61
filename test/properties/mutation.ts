import fc from 'fast-check';
import type { SourceFile } from '../../src/source/span.ts';

/** One thing that can happen to a text at a place, given as shares of its length. */
type Mutation = (text: string, where: number, material: string, length: number) => string;

function lines(text: string): string[] {
  return text.split('\n');
}

function atLine(change: (all: string[], index: number, material: string) => void): Mutation {
  return (text, where, material) => {
    const all = lines(text);
    change(all, Math.floor(where * all.length), material);
    return all.join('\n');
  };
}

/** Replaces the value of the key or list item on a line. */
function withValue(change: (value: string, material: string) => string): Mutation {
  return atLine((all, index, material) => {
    all[index] = all[index]!.replace(
      /^(\s*(?:- )*(?:[\w-]+: )?)(.*)$/,
      (_, key: string, value: string) => key + change(value, material),
    );
  });
}

const SCALARS = [
  '0',
  '-1',
  '3.5',
  'true',
  '~',
  '""',
  '{}',
  '[]',
  '[1, two]',
  '{ a: b }',
  '99.99%',
  '5m',
  '|',
  '*x',
  '&x y',
  '!!int x',
];

export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  deleteLine: atLine((all, index) => all.splice(index, 1)),
  duplicateLine: atLine((all, index) => all.splice(index, 0, all[index]!)),
  swapLines: atLine((all, index) => {
    const other = Math.min(index + 1, all.length - 1);
    [all[index], all[other]] = [all[other]!, all[index]!];
  }),
  indentMore: atLine((all, index) => {
    all[index] = ` ${all[index]}`;
  }),
  indentLess: atLine((all, index) => {
    all[index] = all[index]!.replace(/^ {1,2}/, '');
  }),
  indentWithTab: atLine((all, index) => {
    all[index] = `\t${all[index]}`;
  }),
  otherType: withValue((value, material) => SCALARS[(material.length + value.length) % SCALARS.length]!),
  otherText: withValue((_, material) => JSON.stringify(material)),
  plainText: withValue((_, material) => material),
  longer: withValue((value) => value + value),
  quoted: withValue((value) => `"${value}"`),
  list: withValue((value) => `[${value}, ${value}]`),
  misspelt: (text, where) => {
    const index = Math.floor(where * text.length);
    return text.slice(0, index) + text.slice(index + 1);
  },
  insert: (text, where, material) => {
    const index = Math.floor(where * text.length);
    return text.slice(0, index) + material + text.slice(index);
  },
  cut: (text, where, _, length) => {
    const index = Math.floor(where * text.length);
    return text.slice(0, index) + text.slice(index + length);
  },
  truncate: (text, where) => text.slice(0, Math.floor(where * text.length)),
  carriageReturns: (text) => text.replace(/\n/g, '\r\n'),
  byteOrderMark: (text) => `\ufeff${text}`,
};

const material = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom(
    '\0',
    '\u2028',
    '\ud800',
    '😀',
    '{{',
    '}}',
    '"',
    "'",
    ': ',
    ' #',
    '$',
    '$window',
    '[5m]',
    '---\n',
    '...\n',
    '\t',
    '\\',
    '__proto__',
    'constructor: 1',
    '`',
  ),
);

const step = fc.record({
  mutation: fc.constantFrom(...Object.keys(MUTATIONS)),
  where: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  material,
  length: fc.integer({ min: 1, max: 40 }),
  file: fc.nat(),
});

export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What happens to a workspace: one to four mutations of its files. */
export const steps: fc.Arbitrary<Step[]> = fc.array(step, { minLength: 1, maxLength: 4 });

export function mutated(files: readonly SourceFile[], all: readonly Step[]): SourceFile[] {
  const changed = [...files];
  for (const { mutation, where, material: inserted, length, file } of all) {
    const index = file % changed.length;
    const { path, text } = changed[index]!;
    changed[index] = { path, text: MUTATIONS[mutation]!(text, where, inserted, length) };
  }
  return changed;
}
