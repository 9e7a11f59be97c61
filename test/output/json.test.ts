import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeJson } from '../../src/output/json.ts';

describe('writeJson', () => {
  it('writes as JSON.stringify does, with a line break at the end', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        fc.pre(!/[\d]e[+-]/.test(JSON.stringify(value)));
        expect(writeJson(value as object)).toBe(`${JSON.stringify(value, null, 2)}\n`);
      }),
    );
  });

  it('is read back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(writeJson(value as object))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('keeps the order of keys and writes no exponent', () => {
    expect(writeJson({ b: 1e-7, a: [], c: {}, d: undefined })).toBe('{\n  "b": 0.0000001,\n  "a": [],\n  "c": {}\n}\n');
  });

  it.each([Number.NaN, Number.NEGATIVE_INFINITY, () => 1])('refuses what is no plain data', (value) => {
    expect(() => writeJson({ value })).toThrow('internal error');
  });
});
