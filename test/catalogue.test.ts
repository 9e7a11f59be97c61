import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { groupBy } from '../src/base/order.ts';
import { catalogue } from '../src/pipeline/catalogue.ts';
import type { AnyCode } from '../src/source/code.ts';
import { codes as verifyCodes } from '../src/verify/locate.ts';
import { filesBelow } from './case-folder.ts';

const sources = fileURLToPath(new URL('../src', import.meta.url));

/** What the compiler finds, and what the targets' own tools find in its output. */
const all: readonly AnyCode[] = [...catalogue, ...verifyCodes];

/** The names of the codes that the sources define, with the file of each. */
function definedCodes(): { code: string; path: string }[] {
  return filesBelow(sources)
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => {
      const text = readFileSync(join(sources, path), 'utf8');
      const definitions = text.split(/\bdefineCode(?:<[^(]*>)?\(\{/).slice(1);
      return definitions.map((each) => ({ path, code: /\bcode: '([^']*)'/.exec(each)?.[1] ?? '?' }));
    });
}

describe('catalogue of diagnostic codes', () => {
  it('holds every code once', () => {
    const repeated = [...groupBy(all, ({ code }) => code)].filter(([, same]) => same.length > 1);
    expect(repeated.map(([code]) => code)).toEqual([]);
  });

  it('holds every code that the sources define', () => {
    const known = new Set(all.map(({ code }) => code));
    const defined = definedCodes();
    expect(defined.length).toBeGreaterThan(80);
    expect(defined.filter(({ code }) => !known.has(code))).toEqual([]);
    expect([...known].filter((code) => !defined.some((each) => each.code === code))).toEqual([]);
  });

  it('is sorted', () => {
    const names = catalogue.map(({ code }) => code);
    expect(names).toEqual([...names].sort());
  });

  it.each(all.map((each) => [each.code, each] as const))(
    '%s is well-formed and explained',
    (code, { title, explain }) => {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*\/[a-z\d]+(-[a-z\d]+)*$/);
      expect(title).toMatch(/^\S.*\S$/);
      expect(title, 'a title is no sentence').not.toMatch(/[.:!?]$/);
      expect(title.length).toBeLessThanOrEqual(80);
      expect(title.charAt(0), 'titles begin like the messages, in lower case').toBe(title.charAt(0).toLowerCase());
      expect(explain.trim()).toMatch(/([.!?:]|```)$/);
      expect(explain.length).toBeGreaterThan(title.length);
      expect(explain).not.toContain('undefined');
    },
  );
});
