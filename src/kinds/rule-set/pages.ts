import { relativePath } from '../../base/path.ts';
import type { RuleSetDocument } from '../../generated/rule-set.ts';
import { ruleSetPage } from '../../model/names.ts';
import type { PlainRuleFile, RunbookPage } from '../../model/types.ts';
import { type Located, textDocument } from '../../source/document.ts';
import type { Beside } from '../kind.ts';

/** What follows the folder in the pattern of its pages. */
export const PAGES = '/**/*.md';

/** A page about the folder, not about an alert. */
const ABOUT_THE_FOLDER = /(?:^|\/)README\.md$/i;

/** The pages in the folder that a RuleSet names; nothing where it names none. */
export function pagesOf({ value }: Located<RuleSetDocument>, beside: Beside): readonly RunbookPage[] | undefined {
  const { runbooks } = value.spec;
  if (runbooks === undefined) return undefined;
  const folder = runbooks.replace(/^\.\//, '').replace(/\/+$/, '');
  const files = beside.matching(folder + PAGES).filter(({ path }) => !ABOUT_THE_FOLDER.test(path));
  return files.map((file): RunbookPage => {
    const path = relativePath(folder, beside.pathOf(file)).replace(/\.md$/, '');
    const document = textDocument(file);
    const title = /^# +(.+?)(?: +#+)?\s*$/m.exec(file.text)?.[1];
    return {
      name: ruleSetPage(value.metadata.name, path),
      title: title ?? stem(path),
      text: file.text,
      origin: { document, path: [] },
    };
  });
}

function stem(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `KubePodCrashLooping` and `kube-pod-crash-looping` are one. */
function folded(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** The rules with the page of each alert that has one. */
export function withPages(file: PlainRuleFile, pages: readonly RunbookPage[] = []): PlainRuleFile {
  const byName = new Map([...pages].reverse().map(({ name }) => [folded(stem(name)), name]));
  if (byName.size === 0) return file;
  const groups = file.groups.map((group) => ({
    ...group,
    rules: group.rules.map((rule) => {
      const page = rule.type === 'alert' ? byName.get(folded(rule.alert)) : undefined;
      return page === undefined ? rule : { ...rule, page };
    }),
  }));
  return { ...file, groups };
}
