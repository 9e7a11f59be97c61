import { callFunction, report } from './call.ts';
import { placeIn } from './printf.ts';
import type { Branch, Command, Definition, Node, Operand, Pipeline, Template, Text } from './tree.ts';
import { type Gathered, type NameUse, nothingUsed, ordered, type Shown, type TemplateUses } from './uses.ts';
import { ANY, type Evaluated, either, fieldOf, type Value } from './value.ts';

interface Variable {
  readonly name: string;
  value: Value;
  /** How many branches stand around its declaration. */
  readonly depth: number;
}

/** Where a template is being walked through. */
interface Walk {
  readonly text: string;
  readonly uses: Gathered;
  readonly definitions: ReadonlyMap<string, Definition>;
  /** Templates that were walked through, with what they were given. */
  readonly walked: Set<string>;
  /** The variables in sight, the innermost last. */
  readonly variables: Variable[];
  readonly dot: Value;
  readonly depth: number;
}

const ALERT: Value = { type: 'alert' };

/** What stands before every label and annotation. Source: see ALERT_VARIABLES */
const VARIABLES: Readonly<Record<string, Value>> = {
  $: ALERT,
  $labels: { type: 'labels' },
  $externalLabels: { type: 'external-labels' },
  $externalURL: { type: 'string' },
  $value: { type: 'alert-value' },
};

/**
 * What a label or annotation of an alert reads, through variables, `with`, `range` and templates that it calls, and
 * what goes wrong in it when the alert fires. Values are followed as far as they are certain; what nothing calls is
 * not read.
 */
export function usesOf({ text, nodes, definitions }: Template): TemplateUses {
  const uses = nothingUsed();
  const variables = Object.entries(VARIABLES).map(([name, value]) => ({ name, value, depth: 0 }));
  walk({ text, uses, definitions, walked: new Set(), variables, dot: ALERT, depth: 0 }, nodes);
  return ordered(uses);
}

function walk(at: Walk, nodes: readonly Node[]): void {
  for (const node of nodes) {
    if (node.type === 'action') action(at, node.pipeline);
    else if (node.type === 'template') template(at, node.name, node.pipeline);
    else if ('otherwise' in node) branch(at, node);
  }
}

function action(at: Walk, pipeline: Pipeline): void {
  const result = evaluate(at, pipeline);
  if (pipeline.declares.length === 0) show(at, result, 'raw');
}

/** Notes that a value is written, or looked at. */
function show({ uses }: Walk, { value, at }: Evaluated, shown: Shown): void {
  const { start, end } = at;
  if (value.type === 'alert-value') uses.value.push({ start, end, shown });
  if ((value.type === 'labels' || value.type === 'alert') && shown === 'raw') uses.allLabels.push({ start, end });
}

function branch(at: Walk, { type, pipeline, nodes, otherwise }: Branch): void {
  const known = at.variables.length;
  const before = [at.uses.labels.length, at.uses.externalLabels.length] as const;
  const given = evaluate(at, pipeline);
  if (type !== 'range') markTested(at.uses, before);
  const inner = { ...at, depth: at.depth + 1 };
  if (type === 'range') {
    declareElements(at, pipeline, given);
    walk({ ...inner, dot: elementsOf(given.value) }, nodes);
  } else {
    if (type === 'if' || given.value.type === 'alert-value') show(at, given, 'tested');
    walk(type === 'with' ? { ...inner, dot: given.value } : inner, nodes);
  }
  at.variables.length = type === 'range' ? known : at.variables.length;
  walk(inner, otherwise);
  at.variables.length = known;
}

/** The names that were read since lists had these lengths stand in a condition. */
function markTested({ labels, externalLabels }: Gathered, [first, firstExternal]: readonly [number, number]): void {
  const mark = (use: NameUse) => ({ ...use, tested: true });
  labels.splice(first, Infinity, ...labels.slice(first).map(mark));
  externalLabels.splice(firstExternal, Infinity, ...externalLabels.slice(firstExternal).map(mark));
}

function elementsOf({ type }: Value): Value {
  if (type === 'samples') return { type: 'sample' };
  return type === 'labels' || type === 'external-labels' || type === 'sample-labels' ? { type: 'string' } : ANY;
}

/** `range` gives its variables the elements, not the whole. */
function declareElements({ uses, variables }: Walk, { declares }: Pipeline, { value, at }: Evaluated): void {
  if (value.type === 'labels') uses.allLabels.push({ start: at.start, end: at.end });
  const index = declares.length > 1 ? declares[0]!.text : undefined;
  for (const variable of variables.slice(variables.length - declares.length)) {
    variable.value = variable.name === index ? indexOf(value) : elementsOf(value);
  }
}

function indexOf({ type }: Value): Value {
  if (type === 'samples') return { type: 'integer' };
  return type === 'labels' || type === 'external-labels' || type === 'sample-labels' ? { type: 'string' } : ANY;
}

function template(at: Walk, name: Text, pipeline: Pipeline | undefined): void {
  const dot = pipeline ? evaluate(at, pipeline).value : ANY;
  const definition = at.definitions.get(name.text);
  if (!definition) {
    const names = [...at.definitions.keys()].map((each) => `\`${each}\``);
    const help =
      names.length > 0 ? `defined here: ${names.join(', ')}` : `add \`{{ define "${name.text}" }} … {{ end }}\``;
    report(at.uses, name, 'run', { message: `the template \`${name.text}\` is not defined in this text`, help });
    return;
  }
  const key = JSON.stringify([name.text, dot.type]);
  if (at.walked.has(key)) return;
  at.walked.add(key);
  walk({ ...at, variables: [{ name: '$', value: dot, depth: 0 }], dot, depth: 0 }, definition.nodes);
}

/** The value of a pipeline; variables that it sets have it from here on. */
function evaluate(at: Walk, { commands, declares, assigns, start, end }: Pipeline): Evaluated {
  let result: Evaluated | undefined;
  for (const each of commands) result = command(at, each, result);
  const given = result ?? { value: ANY, at: { start, end } };
  for (const variable of declares) {
    if (assigns) assign(at, variable, given.value);
    else at.variables.push({ name: variable.text, value: given.value, depth: at.depth });
  }
  return given;
}

/** In a branch it is not certain that the variable has the new value afterwards. */
function assign({ uses, variables, depth }: Walk, name: Text, value: Value): void {
  const variable = variables.findLast((each) => each.name === name.text);
  if (variable) variable.value = variable.depth === depth ? value : either(variable.value, value);
  else undeclared(uses, name);
}

function undeclared(uses: Gathered, { text, start, end }: Text): void {
  const message = `the variable \`${text}\` is not declared here`;
  report(uses, { start, end }, 'run', { message, help: `declare it before: \`{{ ${text} := … }}\`` });
}

/** A function with its arguments, or one value; `final`: what stands before `|`. */
function command(at: Walk, { operands, start, end }: Command, final: Evaluated | undefined): Evaluated {
  const [first, ...rest] = operands;
  if (!first) return { value: ANY, at: { start, end } };
  if (first.type === 'function' && first.path.length === 0) {
    const args = [...rest.map((each) => operand(at, each)), ...(final ? [final] : [])];
    if (first.name === 'index') indexed(at, args);
    return { value: callFunction(at, { name: first, args }), at: { start, end } };
  }
  const given = operand(at, first);
  for (const each of rest) operand(at, each);
  if (rest.length > 0 || final) notCalled(at, first, given.value);
  else if (first.type === 'nil') report(at.uses, first, 'run', { message: '`nil` is not a value that can be written' });
  return given;
}

/** Methods, such as `Format` of a time, take arguments; plain values take none. */
const PLAIN: ReadonlySet<Value['type']> = new Set([
  'alert',
  'labels',
  'external-labels',
  'alert-value',
  'string',
  'number',
  'integer',
  'bool',
  'samples',
  'sample',
]);

function notCalled({ text, uses }: Walk, first: Operand, { type }: Value): void {
  if (!PLAIN.has(type)) return;
  const written = text.slice(first.start, first.end);
  const help = 'put a function before it, or write two actions';
  report(uses, first, 'run', { message: `\`${written}\` is no function and takes no arguments`, help });
}

/** `index $labels "name"` reads a label. */
function indexed({ uses }: Walk, args: readonly Evaluated[]): void {
  const [from, key] = args;
  if (from?.value.type !== 'labels' && from?.value.type !== 'external-labels') return;
  if (key?.value.type === 'string' && key.value.literal) {
    const { literal } = key.value;
    const place = placeIn(literal, 0, literal.value.length);
    const list = from.value.type === 'labels' ? uses.labels : uses.externalLabels;
    list.push({ name: literal.value, start: place.start, end: place.end });
  } else if (from.value.type === 'labels') uses.allLabels.push({ start: from.at.start, end: from.at.end });
}

function operand(at: Walk, each: Operand): Evaluated {
  const { start, end } = each;
  return { value: operandValue(at, each), at: { start, end } };
}

function operandValue(at: Walk, each: Operand): Value {
  switch (each.type) {
    case 'dot':
      return at.dot;
    case 'string':
      return { type: 'string', literal: each };
    case 'bool':
    case 'nil':
      return { type: each.type };
    case 'number':
      return numberValue(each.text);
    case 'character':
      return { type: 'integer' };
    case 'field':
      return fields(at, { value: at.dot, at: { start: each.start, end: each.start } }, each.path);
    default:
      return fields(at, baseOf(at, each), each.path);
  }
}

/** Source: Go, text/template/exec.go, idealConstant */
function numberValue(text: string): Value {
  if (text.endsWith('i')) return ANY;
  const hexadecimal = /^[+-]?0x/i.test(text) && !/p/i.test(text);
  return { type: !hexadecimal && /[.ep]/i.test(text) ? 'number' : 'integer' };
}

function baseOf(at: Walk, each: Extract<Operand, { type: 'variable' | 'function' | 'group' }>): Evaluated {
  const { start } = each;
  const end = each.path[0] ? each.path[0].start - 1 : each.end;
  const place = { start, end };
  if (each.type === 'group') return { value: evaluate(at, each.pipeline).value, at: place };
  if (each.type === 'function') return { value: callFunction(at, { name: { ...each, end }, args: [] }), at: place };
  const variable = at.variables.findLast(({ name }) => name === each.name);
  if (!variable) undeclared(at.uses, { text: each.name, ...place });
  return { value: variable?.value ?? ANY, at: place };
}

/** Follows fields, noting the labels that are read. */
function fields({ text, uses }: Walk, base: Evaluated, path: readonly Text[]): Value {
  let { value } = base;
  for (const name of path) {
    const use = { name: name.text, start: name.start, end: name.end };
    if (value.type === 'labels') uses.labels.push(use);
    if (value.type === 'external-labels') uses.externalLabels.push(use);
    const found = fieldOf(value, name, text.slice(base.at.start, name.start - 1) || '.');
    if ('message' in found) {
      report(uses, name, 'run', found);
      return ANY;
    }
    value = found;
  }
  return value;
}
