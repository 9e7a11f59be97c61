import fc from 'fast-check';
import { expect, test } from 'vitest';
import { replaced, valueAt, withParts } from '../../src/source/derived.ts';
import type { Path } from '../../src/source/document.ts';

function paths(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.keys(value).flatMap((key) =>
      paths((value as Record<string, unknown>)[key], [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

const values = fc.jsonValue({ maxDepth: 4 }).filter((value) => typeof value === 'object' && value !== null);

test('parts are replaced as if one after the other, and the original stays as it is', () => {
  fc.assert(
    fc.property(values, fc.array(fc.nat(), { maxLength: 5 }), (value, picks) => {
      const before = structuredClone(value);
      const all = paths(value).filter((path) => typeof valueAt(value, path) !== 'object');
      const chosen =
        all.length === 0 ? [] : picks.map((pick, index) => [all[pick % all.length]!, `part ${index}`] as const);
      const expected = chosen.reduce<unknown>((each, [path, part]) => replaced(each, path, part), value);
      expect(withParts(value, chosen)).toEqual(expected);
      expect(value).toEqual(before);
    }),
  );
});

test('what is not on the way is shared', () => {
  const value = { a: { b: 1 }, c: [{ d: 2 }, { e: 3 }] };
  const result = withParts(value, [[['c', 0, 'd'], 4]]) as typeof value;
  expect(result).toEqual({ a: { b: 1 }, c: [{ d: 4 }, { e: 3 }] });
  expect(result.a).toBe(value.a);
  expect(result.c[1]).toBe(value.c[1]);
});

test('`__proto__` is a key like others', () => {
  const value = JSON.parse('{ "__proto__": { "a": 1 }, "b": { "__proto__": 2 } }');
  const result = withParts(value, [
    [['__proto__', 'a'], 3],
    [['b', '__proto__'], 4],
  ]);
  expect(JSON.stringify(result)).toBe('{"__proto__":{"a":3},"b":{"__proto__":4}}');
});
