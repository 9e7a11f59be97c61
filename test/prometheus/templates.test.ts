import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { usesOf } from '../../src/formats/go-template/flow.ts';
import { readTemplate } from '../../src/formats/go-template/read.ts';
import type { RuleFile } from '../../src/formats/prometheus.ts';
import { filesBelow } from '../case-folder.ts';

/** Every rule file that qmon writes from the examples and the golden cases. */
const ROOTS = ['../../out', '../cases'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
const files = ROOTS.flatMap((root) => filesBelow(root).map((path) => `${root}/${path}`)).filter((path) =>
  /(?:^|\/)out\/.*\/rules\/[^/]+\.yml$/.test(path),
);

function textsIn(path: string): string[] {
  const { groups } = load(readFileSync(path, 'utf8')) as RuleFile;
  return groups
    .flatMap(({ rules }) => rules.flatMap((rule) => ('alert' in rule ? [rule.labels, rule.annotations] : [])))
    .flatMap((each) => Object.values(each ?? {}));
}

describe('the texts of alerts that qmon writes', () => {
  test('can be read, and do not fail when an alert fires', () => {
    const texts = new Set(files.flatMap(textsIn).filter((text) => text.includes('{{')));
    expect(texts.size).toBeGreaterThan(20);
    const faulty = [...texts].flatMap((text) => {
      const { template, faults } = readTemplate(text);
      return [...faults, ...usesOf(template).faults].map(({ message }) => `${text}: ${message}`);
    });
    expect(faulty).toEqual([]);
  });
});
