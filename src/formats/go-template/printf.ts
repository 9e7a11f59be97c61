import type { FaultText, Range } from './fault.ts';
import type { StringOperand } from './tree.ts';
import { type Evaluated, wordsFor } from './value.ts';

const VERB = /%[-+# 0]*\d*(?:\.\d*)?([a-zA-Z%])/g;

/** The verbs that can show a value. Source: https://pkg.go.dev/fmt#hdr-Printing */
const VERBS: Readonly<Record<string, string>> = {
  string: 'vsqxXT',
  number: 'veEfFgGbxXT',
  'alert-value': 'veEfFgGbxXT',
  integer: 'vdbcoOqxXUT',
  bool: 'vtT',
};

/** The verb to use instead. */
const BETTER: Readonly<Record<string, string>> = {
  string: '%s',
  number: '%.2f',
  'alert-value': '%.2f',
  integer: '%d',
  bool: '%t',
};

interface Verb {
  readonly written: string;
  readonly letter: string;
  readonly at: number;
}

function verbsOf(format: string): Verb[] {
  return [...format.matchAll(VERB)].flatMap(({ 0: written, 1: letter, index }) =>
    letter === '%' ? [] : [{ written, letter: letter!, at: index }],
  );
}

/** Where a part of a string stands, or all of it where an escape makes it uncertain. */
export function placeIn({ pieces, start, end }: StringOperand, at: number, length: number): Range {
  const piece = pieces.find((each) => at >= each.at && at + length <= each.at + each.length);
  if (!piece) return { start, end };
  const from = piece.offset + at - piece.at;
  return { start: from, end: from + length };
}

/** What is wrong with the verbs of a format and the values for them; formats with `*` or `[1]` are not judged. */
export function printfFaults(
  format: StringOperand,
  values: readonly Evaluated[],
): readonly (readonly [place: Range, said: FaultText])[] {
  if (/%[^a-zA-Z%]*[*[]/.test(format.value)) return [];
  const verbs = verbsOf(format.value);
  if (verbs.length !== values.length) {
    const message = `\`printf\` has ${verbs.length} places in its format and ${values.length} values`;
    return [[format, { message, help: 'write one value for each `%…`, and `%%` for a percent sign' }]];
  }
  return verbs.flatMap((verb, index) => {
    const { value } = values[index]!;
    const fitting = VERBS[value.type];
    if (fitting === undefined || fitting.includes(verb.letter)) return [];
    const message = `\`${verb.written}\` cannot show ${wordsFor(value)}`;
    return [[placeIn(format, verb.at, verb.written.length), { message, help: `write \`${BETTER[value.type]}\`` }]];
  });
}
