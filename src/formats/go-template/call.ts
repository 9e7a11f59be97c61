import { plural } from '../../base/text.ts';
import { comparisonFault } from './compare.ts';
import { type FaultKind, type FaultText, faultAt, type Range } from './fault.ts';
import { functionNamed, type TemplateFunction } from './functions.ts';
import { printfFaults } from './printf.ts';
import type { FunctionName } from './tree.ts';
import type { Embedded, Gathered, Shown } from './uses.ts';
import { ANY, type Evaluated, isLabels, isRefused, type Value, wordsFor } from './value.ts';

/** A call of a function with its arguments, the value of a pipeline last. */
export interface Call {
  readonly name: FunctionName;
  readonly args: readonly Evaluated[];
}

/** Reports what goes wrong at a place. */
export function report(uses: Gathered, place: Range, kind: FaultKind, said: FaultText): void {
  uses.faults.push(faultAt(place, kind, said));
}

/** The functions that look at a value and do not show it. */
const TESTS: ReadonlySet<string> = new Set(['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'not', 'and', 'or', 'len', 'match']);

/** The functions that only hand on what they are given. */
const HANDS_ON: ReadonlySet<string> = new Set(['args', 'and', 'or']);

/** Where a call stands. */
export interface Place {
  readonly text: string;
  readonly uses: Gathered;
}

/** The value of a call, with what it reads and what is wrong with it put to the uses. */
export function callFunction({ text, uses }: Place, call: Call): Value {
  const known = functionNamed(call.name.name);
  if (!known) return ANY;
  for (const argument of call.args) useArgument(uses, known, argument);
  if (!takesSoMany(uses, known, call)) return resultOf(known, call);
  refusals(uses, known, call);
  const wrong = comparisonFault(known.name, call.args, ({ at }) => text.slice(at.start, at.end));
  if (wrong) report(uses, call.name, 'run', wrong);
  embedded(uses, call);
  if (known.name === 'printf') formats(uses, call);
  if (known.name === 'now' || known.name === 'query') {
    uses.volatile.push({ name: known.name, start: call.name.start, end: call.name.end });
  }
  return resultOf(known, call);
}

function shownBy({ name, humanizes }: TemplateFunction): Shown {
  if (humanizes) return 'humanized';
  return TESTS.has(name) ? 'tested' : 'formatted';
}

function useArgument(uses: Gathered, known: TemplateFunction, { value, at }: Evaluated): void {
  if (HANDS_ON.has(known.name)) return;
  if (value.type === 'alert-value') uses.value.push({ start: at.start, end: at.end, shown: shownBy(known) });
  if (value.type === 'labels' && known.name !== 'index' && known.name !== 'len') {
    uses.allLabels.push({ start: at.start, end: at.end });
  }
}

function takesSoMany(uses: Gathered, known: TemplateFunction, { name, args }: Call): boolean {
  const { takes, variadic } = known;
  if (args.length === takes.length || (variadic && args.length > takes.length)) return true;
  const wanted = `${variadic ? 'at least ' : ''}${plural(takes.length, 'argument')}`;
  const list = takes.map((type) => wordsFor({ type } as Value)).join(', ');
  const help = takes.length > 0 ? `it takes: ${list}; what stands before \`|\` is the last` : 'write it alone';
  const message = `\`${name.name}\` takes ${wanted} and is given ${args.length}`;
  report(uses, name, 'run', { message, help });
  return false;
}

const REMEDIES: Readonly<Record<string, string>> = {
  'samples-sample': 'take one of them with `first`, or each of them with `range`',
  'samples-number': 'take one with `first | value`, or each of them with `range`',
  'sample-number': 'take its number with `value`',
  'number-string': 'make it a text with `printf "%g"`',
};

function refusals(uses: Gathered, known: TemplateFunction, { name, args }: Call): void {
  for (const [index, { value, at }] of args.entries()) {
    const wanted = known.takes[index];
    if (wanted === undefined || !isRefused(value, wanted)) continue;
    const wantedWords = wanted === 'samples' ? 'what `query` gives' : wordsFor({ type: wanted } as Value);
    const type = value.type === 'alert-value' ? 'number' : value.type;
    const message = `\`${name.name}\` takes ${wantedWords} here, not ${wordsFor(value)}`;
    report(uses, at, 'run', { message, help: REMEDIES[`${type}-${wanted}`] });
    return;
  }
}

const LANGUAGES: Readonly<Record<string, 'queries' | 'patterns'>> = {
  query: 'queries',
  graphLink: 'queries',
  tableLink: 'queries',
  match: 'patterns',
  reReplaceAll: 'patterns',
};

function embedded(uses: Gathered, { name, args }: Call): void {
  const kind = Object.hasOwn(LANGUAGES, name.name) ? LANGUAGES[name.name] : undefined;
  const value = args[0]?.value;
  if (!kind || value?.type !== 'string') return;
  const written = value.literal ?? value.format;
  if (!written) return;
  const { value: text, pieces, start, end } = written;
  const found: Embedded = { text, pieces, start, end, function: name.name, complete: value.literal !== undefined };
  uses[kind].push(found);
}

function formats(uses: Gathered, { args }: Call): void {
  const [format, ...values] = args;
  if (format?.value.type !== 'string' || !format.value.literal) return;
  for (const [place, said] of printfFaults(format.value.literal, values)) report(uses, place, 'output', said);
}

function resultOf(known: TemplateFunction, { args }: Call): Value {
  const { name, gives } = known;
  const first = args[0]?.value;
  if (name === 'args') return { type: 'map', items: args.map(({ value }) => value) };
  if (name === 'printf' && first?.type === 'string' && first.literal) return { type: 'string', format: first.literal };
  if (name === 'index' && args.length === 2 && first) return elementOf(first);
  return { type: gives } as Value;
}

function elementOf(value: Value): Value {
  if (isLabels(value)) return { type: 'string' };
  return value.type === 'samples' ? { type: 'sample' } : ANY;
}
