import { expect, test } from 'vitest';
import { workspace } from '../../bench/workspace.mjs';
import { lint } from '../../src/lint/registry.ts';
import { modelOf } from '../../src/pipeline/front.ts';
import { Reader } from '../../src/pipeline/reading.ts';
import { workspacesOf } from '../../src/pipeline/workspace.ts';
import { ruleBook } from '../../src/rules/book.ts';
import type { Located } from '../../src/source/document.ts';
import { targets } from '../../src/targets/registry.ts';

/** The document, counting how often it is asked where something stands. */
function watched(document: Located, asked: string[]): Located {
  const name = JSON.stringify((document.value as { metadata: object }).metadata);
  const at: Located['at'] = (path, part) => {
    asked.push(`${name} ${path.join('.')}`);
    return document.at(path, part);
  };
  return Object.create(document, { at: { value: at } });
}

test('nobody asks where something stands while there is nothing to say about it: it costs a second reading', () => {
  const files = workspace(200).map(([path, text]) => ({ path, text }));
  const [[home]] = workspacesOf(files);
  const asked: string[] = [];
  const documents = home!.documents.map((document) => watched(document, asked));
  const [{ model }, diagnostics] = modelOf({ ...home!, documents }, new Reader([]));
  expect(diagnostics).toEqual([]);
  const [rules] = ruleBook(model!);
  lint(model!, rules);
  for (const target of targets) {
    target.check(model!, { rules });
    target.emit(model!, { rules });
  }
  expect(asked).toEqual([]);
});
