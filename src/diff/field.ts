import { sortedBy, uniqueTexts } from '../base/order.ts';
import { isPlain } from '../formats/part.ts';
import { tokenize } from '../promql/lexer.ts';

/** One thing that differs between two versions of a part. */
export interface FieldChange {
  /** The way to it: `for`, `annotations.summary`, `targets[0].expr`. */
  readonly name: string;
  /** Plain data; `undefined` where it was not there. */
  readonly before: unknown;
  readonly after: unknown;
}

/** What differs between two versions of a part, by the names of the fields. */
export function changedFields(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): readonly FieldChange[] {
  return compareMappings(before, after, '');
}

function compareMappings(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  prefix: string,
): readonly FieldChange[] {
  const names = uniqueTexts([...Object.keys(before), ...Object.keys(after)]);
  return names.flatMap((name) => compareValues(before[name], after[name], `${prefix}${name}`));
}

function compareValues(before: unknown, after: unknown, name: string): readonly FieldChange[] {
  if (isPlain(before) && isPlain(after)) return compareMappings(before, after, `${name}.`);
  if (isListOfMappings(before) && isListOfMappings(after)) {
    const positions = Array.from({ length: Math.max(before.length, after.length) }, (_, index) => index);
    return positions.flatMap((index) => compareValues(before[index], after[index], `${name}[${index}]`));
  }
  if (name === 'order' && Array.isArray(before) && Array.isArray(after)) return compareOrder(before, after, name);
  return sameMeaning(before, after, name) ? [] : [{ name, before, after }];
}

function compareOrder(before: readonly unknown[], after: readonly unknown[], name: string): readonly FieldChange[] {
  const [left, right] = [before.filter((each) => after.includes(each)), after.filter((each) => before.includes(each))];
  return canonical(left) === canonical(right) ? [] : [{ name, before: left, after: right }];
}

function isListOfMappings(value: unknown): value is readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) && value.length > 0 && value.every(isPlain);
}

function sameMeaning(before: unknown, after: unknown, name: string): boolean {
  if (canonical(before) === canonical(after)) return true;
  const isExpression = /(?:^|\.)expr$/.test(name) && typeof before === 'string' && typeof after === 'string';
  return isExpression && expressionMeaning(before) === expressionMeaning(after);
}

/** PromQL without what has no meaning: white space outside of strings, comments, the case of keywords. */
export function expressionMeaning(text: string): string {
  const { tokens } = tokenize(text);
  return tokens.flatMap(({ kind, value }) => (kind === 'comment' ? [] : [`${kind} ${value}`])).join('\n');
}

/** The same text for the same data, whatever the order of keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    isPlain(each) ? Object.fromEntries(sortedBy(Object.entries(each), ([name]) => name)) : each,
  );
}
