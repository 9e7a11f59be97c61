import { globRoot } from '../../base/glob.ts';
import { groupBy } from '../../base/order.ts';
import { relativePath } from '../../base/path.ts';
import { slug } from '../../base/text.ts';
import type { RuleSetDocument } from '../../generated/rule-set.ts';
import type { PlainRuleFile } from '../../model/types.ts';
import { defineCode } from '../../source/code.ts';
import type { Checked, Diagnostic } from '../../source/diagnostic.ts';
import type { Located } from '../../source/document.ts';
import type { SourceFile } from '../../source/span.ts';
import type { Beside } from '../kind.ts';
import { type RuleDocument, ruleDocuments } from './documents.ts';
import { readGroups } from './groups.ts';

const NO_FILE = defineCode<{ pattern: string }>({
  code: 'rule-set/no-file',
  severity: 'error',
  title: 'a pattern that no file matches',
  explain:
    'Patterns count from the folder of the Project. A pattern without a file is misspelt, or what it names was not fetched: its alerts would be missing, and nobody would notice.',
  message: ({ pattern }) => `no file matches \`${pattern}\``,
  help: () => 'write the path as it is seen from the folder of the Project; `*` stays within a folder, `**` does not',
});

export const codes = [NO_FILE];

interface Taken {
  readonly file: SourceFile;
  /** As it is seen from the folder of the Project. */
  readonly path: string;
  /** The same from the folder that its pattern names, without the extension. */
  readonly short: string;
}

function withoutExtension(path: string): string {
  return path.replace(/\.[^./]*$/, '');
}

/** The files of a RuleSet, each once, in the order of the patterns. */
function filesOf({ value }: Located<RuleSetDocument>, beside: Beside): readonly Taken[] {
  const taken = new Map<SourceFile, Taken>();
  for (const pattern of value.spec.files ?? []) {
    for (const file of beside.matching(pattern)) {
      const path = beside.pathOf(file);
      const short = withoutExtension(relativePath(globRoot(pattern).replace(/^\.\//, ''), path));
      if (!taken.has(file)) taken.set(file, { file, path, short });
    }
  }
  return [...taken.values()];
}

/** Patterns that match nothing (`rule-set/no-file`). */
export function checkPatterns(document: Located<RuleSetDocument>, beside: Beside): readonly Diagnostic[] {
  return (document.value.spec.files ?? []).flatMap((pattern, index) =>
    beside.matching(pattern).length > 0 ? [] : [NO_FILE.at(document.at(['spec', 'files', index]), { pattern })],
  );
}

/** Each text with a name that is safe in a path; those that come out the same get a number. */
function distinct(texts: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return texts.map((text) => {
    const name = slug(text) || 'rules';
    let own = name;
    for (let number = 2; taken.has(own); number++) own = `${name}-${number}`;
    taken.add(own);
    return own;
  });
}

/** Names after the path below the pattern's own folder; where two agree in that, after the whole path. */
function namesOf(files: readonly Taken[]): readonly string[] {
  const alike = groupBy(files, ({ short }) => slug(short));
  return distinct(
    files.map(({ path, short }) => (alike.get(slug(short))!.length > 1 ? withoutExtension(path) : short)),
  );
}

/** `kubernetes-apps`; with several documents `kubernetes-apps.node-rules`, after what each calls itself. */
function documentNames(file: string, documents: readonly RuleDocument[]): readonly string[] {
  if (documents.length === 1) return [file];
  const own = distinct(documents.map(({ name }, index) => name ?? `${index + 1}`));
  return own.map((name) => `${file}.${name}`);
}

/** Every third-party document of a RuleSet as it is written, with all that is wrong in the files. */
export function foreignFiles(document: Located<RuleSetDocument>, beside: Beside): Checked<readonly PlainRuleFile[]> {
  const files = filesOf(document, beside);
  const names = namesOf(files);
  const faults: Diagnostic[] = [];
  const read = files.flatMap(({ file, path }, index) => {
    const [documents, found] = ruleDocuments(file);
    const own = documentNames(names[index]!, documents);
    const rules = documents.map((each, position): PlainRuleFile => {
      const { document: source, path: place } = each.owner;
      return {
        name: own[position]!,
        path,
        origin: { document: source, path: place },
        groups: readGroups(each),
        disabled: [],
      };
    });
    faults.push(...found);
    return rules;
  });
  return [read, faults];
}
