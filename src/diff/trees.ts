import { groupBy, sortedBy } from '../base/order.ts';
import { documentParts, type FilePart, isResource, SYSTEMS } from './document.ts';
import { changedFields, type FieldChange } from './field.ts';

export type ChangeKind = 'added' | 'changed' | 'removed';

/** A part that is not the same before and after. */
export interface Change {
  readonly system: string;
  readonly kind: string;
  readonly identity: string;
  readonly change: ChangeKind;
  /** Empty unless it is `changed`. */
  readonly fields: readonly FieldChange[];
  /** The file that holds it now, or held it. */
  readonly file: string;
  /** Where in that file: a JSON pointer. */
  readonly pointer: string;
}

export interface DiffReport {
  /** By system, kind and identity. */
  readonly changes: readonly Change[];
  readonly summary: Readonly<Record<ChangeKind, number>>;
}

/** Files of a project by their path below its folder, such as `prometheus/rules/api.yml`. */
export type Tree = ReadonlyMap<string, string>;

/**
 * What a set of output files means in comparison to an earlier one: parts are found again by identity, wherever they
 * moved, and compared by meaning, so layout, comments, the order of keys and white space in PromQL are no change.
 */
export function diffTrees(before: Tree, after: Tree): DiffReport {
  const [old, now] = [partsByIdentity(before, after), partsByIdentity(after, before)];
  const identities = new Set([...old.keys(), ...now.keys()]);
  const changes = [...identities].flatMap((identity) => compareParts(old.get(identity) ?? [], now.get(identity) ?? []));
  const count = (change: ChangeKind) => changes.filter((each) => each.change === change).length;
  return {
    changes: sortedBy(
      changes,
      systemOrder,
      ({ kind }) => kind,
      ({ identity }) => identity,
      ({ file }) => file,
    ),
    summary: { added: count('added'), changed: count('changed'), removed: count('removed') },
  };
}

function systemOrder({ system }: Change): string {
  return String(SYSTEMS.indexOf(system)).padStart(3, '0');
}

/** Files that are the same in both trees cannot hold a change: unless others may hold the same parts, they are not even read. */
function partsByIdentity(tree: Tree, other: Tree): ReadonlyMap<string, readonly FilePart[]> {
  const whole = hasTwoForms([...tree.keys(), ...other.keys()]);
  const touched = sortedBy(tree, ([path]) => path).filter(([path, text]) => whole || other.get(path) !== text);
  const parts = touched.flatMap(([path, text]) => documentParts(path, text));
  return groupBy(parts, ({ system, kind, identity }) => JSON.stringify([system, kind, identity]));
}

/** Whether there are resources of Kubernetes, and files that may say the same. */
function hasTwoForms(paths: readonly string[]): boolean {
  return paths.some(isResource) && paths.some((path) => !isResource(path));
}

/** What stands in a file and in a resource of Kubernetes as well is compared in one of the forms that both trees have. */
function compareParts(before: readonly FilePart[], after: readonly FilePart[]): readonly Change[] {
  const inForm = (parts: readonly FilePart[], resource: boolean) =>
    parts.filter(({ file }) => isResource(file) === resource);
  const common = [false, true].find((form) => inForm(before, form).length > 0 && inForm(after, form).length > 0);
  return common === undefined ? pairUp(before, after) : pairUp(inForm(before, common), inForm(after, common));
}

/** Parts of one identity in several files: those in the same file belong together, then the others in order. */
function pairUp(before: readonly FilePart[], after: readonly FilePart[]): readonly Change[] {
  const left = [...before];
  const take = (index: number) => (index === -1 ? undefined : left.splice(index, 1)[0]);
  const stayed = after.map((part) => ({ part, was: take(left.findIndex(({ file }) => file === part.file)) }));
  const pairs = stayed.map(({ part, was }) => ({ part, was: was ?? left.shift() }));
  return [
    ...pairs.flatMap(({ part, was }) => (was ? changed(was, part) : [change(part, 'added', [])])),
    ...left.map((part) => change(part, 'removed', [])),
  ];
}

function changed(before: FilePart, after: FilePart): readonly Change[] {
  const moved = before.file === after.file ? [] : [{ name: 'file', before: before.file, after: after.file }];
  const fields = [...moved, ...changedFields(before.fields, after.fields)];
  return fields.length === 0 ? [] : [change(after, 'changed', fields)];
}

function change(
  { system, kind, identity, file, pointer }: FilePart,
  how: ChangeKind,
  fields: readonly FieldChange[],
): Change {
  return { system, kind, identity, change: how, fields, file, pointer };
}
