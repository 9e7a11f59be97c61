import { groupBy, uniqueTexts } from '../base/order.ts';
import { closest } from '../base/text.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { Located, Path } from '../source/document.ts';

/** A name that a document gives to something. */
export interface Declaration {
  /** What it names: a kind, `severity`, `metric`. */
  readonly kind: string;
  readonly name: string;
  readonly document: Located;
  readonly path: Path;
  /** What to do when the name is taken. Default: rename one of the two. */
  readonly instead?: string;
}

/** A name that a document uses. */
export interface Use {
  readonly kind: string;
  readonly name: string;
  readonly document: Located;
  readonly path: Path;
  /** Where the name is a key. */
  readonly side?: 'key' | undefined;
  /** Who uses it: for cycles and for what only itself refers to. */
  readonly by: Declaration;
}

export interface Names {
  readonly declarations: readonly Declaration[];
  readonly uses: readonly Use[];
  /** Uses that only count against what is never used. */
  readonly usedElsewhere: readonly Use[];
  /** Further names that could be used, to propose what was meant. */
  readonly nearby: readonly Pick<Declaration, 'kind' | 'name'>[];
  /** Kinds of which some document could not be read: what it declares is not known, so nothing can be said to be missing. */
  readonly unknown: ReadonlySet<string>;
  /** Namespaces of which nothing is known, because what they come from is missing; an empty one may be any. */
  readonly lost: readonly string[];
  /** Kinds that need no declaration as long as nobody declares one. */
  readonly optional: ReadonlySet<string>;
  /** Kinds whose declarations must be used by somebody. */
  readonly mustBeUsed: ReadonlySet<string>;
  /** What to do about a name that nobody declares, where more is known than what looks like it. */
  readonly hint?: (use: Use) => string | undefined;
  /** Kinds whose uses of each other must not run in circles. */
  readonly acyclic: ReadonlySet<string>;
}

const UNKNOWN_NAME = defineCode<{
  kind: string;
  name: string;
  meant: string | undefined;
  known: readonly string[];
  hint: string | undefined;
}>({
  code: 'reference/unknown-name',
  severity: 'error',
  title: 'a name that nothing in the workspace has',
  explain: 'Names refer to other documents by kind. The nearest existing name is proposed.',
  message: ({ kind, name }) => `there is no ${kind} \`${name}\``,
  help: ({ kind, meant, known, hint }) =>
    hint ??
    (meant !== undefined
      ? `did you mean \`${meant}\`?`
      : known.length === 0
        ? `declare it: the workspace has no ${kind} yet`
        : `declare it, or write one of those that exist: ${known.map((each) => `\`${each}\``).join(', ')}`),
});

const REPEATED_NAME = defineCode<{ kind: string; name: string; instead: string | undefined }>({
  code: 'reference/repeated-name',
  severity: 'error',
  title: 'two things of one kind have the same name',
  explain: 'A name is unique per kind: it becomes part of paths, labels and links.',
  message: ({ kind, name }) => `the ${kind} \`${name}\` is declared already`,
  help: ({ instead }) => instead ?? 'rename one of the two',
});

const UNUSED = defineCode<{ kind: string; name: string }>({
  code: 'reference/unused',
  severity: 'warning',
  title: 'something is declared and never used',
  explain:
    'What nothing refers to has no effect on the output. It is either left over, or the reference to it is missing.',
  message: ({ kind, name }) => `the ${kind} \`${name}\` is never used`,
  help: ({ kind }) => `refer to it, or remove the ${kind}`,
});

const CYCLE = defineCode<{ kind: string; chain: readonly string[] }>({
  code: 'reference/cycle',
  severity: 'error',
  title: 'dependencies run in a circle',
  explain:
    'A chain of dependencies that comes back to its start has no root cause. One of its links is wrong, or two services are really one.',
  message: ({ kind, chain }) => `${kind} dependencies run in a circle: ${chain.join(' → ')}`,
  help: () => 'remove one of the dependencies',
});

export const codes = [UNKNOWN_NAME, REPEATED_NAME, UNUSED, CYCLE];

function key(kind: string, name: string): string {
  return `${kind}/${name}`;
}

/** `platform` for `platform/slack`; empty for what the workspace declares itself. */
function namespaceOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('/')));
}

function isLost({ lost }: Names, name: string): boolean {
  const namespace = namespaceOf(name);
  return namespace !== '' && lost.some((each) => each === '' || `${namespace}/`.startsWith(`${each}/`));
}

const LISTED_NAMES = 12;

function unknownNames(names: Names, declared: ReadonlyMap<string, Declaration>): Diagnostic[] {
  const byKind = groupBy([...names.declarations, ...names.nearby], (each) => each.kind);
  return names.uses.flatMap((use) => {
    if (declared.has(key(use.kind, use.name)) || names.unknown.has(use.kind) || isLost(names, use.name)) return [];
    const known = uniqueTexts((byKind.get(use.kind) ?? []).map((each) => each.name));
    const own = known.filter((name) => namespaceOf(name) === '');
    if (names.optional.has(use.kind) && namespaceOf(use.name) === '' && own.length === 0) return [];
    const meant = closest(use.name, known);
    const listed = known.length > LISTED_NAMES ? [...known.slice(0, LISTED_NAMES), '…'] : known;
    const parameters = { kind: use.kind, name: use.name, meant, known: listed, hint: names.hint?.(use) };
    return [UNKNOWN_NAME.at(use.document.at(use.path, use.side), parameters)];
  });
}

function repeatedNames(declarations: readonly Declaration[]): Diagnostic[] {
  const first = new Map<string, Declaration>();
  return declarations.flatMap((declaration) => {
    const { kind, name, document, path, instead } = declaration;
    const other = first.get(key(kind, name));
    if (!other) {
      first.set(key(kind, name), declaration);
      return [];
    }
    const related = [{ span: other.document.at(other.path), message: 'declared here first' }];
    return [REPEATED_NAME.at(document.at(path), { kind, name, instead }, { related })];
  });
}

/** Not where a use is misspelt: it may have meant any of its kind. */
function unusedNames(names: Names, declared: ReadonlyMap<string, Declaration>): Diagnostic[] {
  const missed = new Set(names.uses.filter((use) => !declared.has(key(use.kind, use.name))).map((use) => use.kind));
  const used = new Set(
    [...names.uses, ...names.usedElsewhere]
      .filter((use) => use.by.name !== use.name || use.by.kind !== use.kind)
      .map((use) => key(use.kind, use.name)),
  );
  return [...declared].flatMap(([id, { kind, name, document, path }]) => {
    if (namespaceOf(name) !== '' || !names.mustBeUsed.has(kind) || missed.has(kind) || used.has(id)) return [];
    return [UNUSED.at(document.at(path), { kind, name })];
  });
}

/** Every circle once, told at the use that closes it. */
function cycles(names: Names): Diagnostic[] {
  const outgoing = groupBy(
    names.uses.filter((use) => names.acyclic.has(use.kind) && use.by.kind === use.kind),
    (use) => key(use.kind, use.by.name),
  );
  const finished = new Set<string>();
  const found: Diagnostic[] = [];
  const visit = (node: string, kind: string, chain: readonly string[]): void => {
    for (const use of outgoing.get(node) ?? []) {
      const start = chain.indexOf(use.name);
      if (start >= 0) {
        const circle = [...chain.slice(start), use.name];
        found.push(CYCLE.at(use.document.at(use.path), { kind, chain: circle }));
      } else if (!finished.has(key(kind, use.name))) visit(key(kind, use.name), kind, [...chain, use.name]);
    }
    finished.add(node);
  };
  for (const [node, [use]] of outgoing) if (!finished.has(node)) visit(node, use!.kind, [use!.by.name]);
  return found;
}

/** Holds every use of a name against the declarations. It knows names, not kinds: what each kind demands is given as data. */
export function link(names: Names): Diagnostic[] {
  const firstLast = [...names.declarations].reverse();
  const declared = new Map(firstLast.map((each) => [key(each.kind, each.name), each]));
  return [
    ...repeatedNames(names.declarations),
    ...unknownNames(names, declared),
    ...cycles(names),
    ...unusedNames(names, declared),
  ];
}
