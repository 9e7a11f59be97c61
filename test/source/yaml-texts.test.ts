import { expect, it } from 'vitest';
import { parseYaml } from '../../src/source/yaml.ts';

const read = (text: string) => {
  const [[document], diagnostics] = parseYaml({ path: 'rules.yaml', text }, 'texts');
  return { document: document!, value: document?.value, codes: diagnostics.map(({ code }) => code) };
};

/** Measured: what Prometheus 3.5 shows at /api/v1/rules for labels that are written so. */
it.each(['yes', '1.10', '0x10', '2026-01-02', 'on', '.inf', '1_000', 'True', '12345678901234567890', '!!str 5'])(
  'reads %s as the text that is written',
  (written) => {
    expect(read(`a: ${written}`).value).toEqual({ a: written.replace('!!str ', '') });
  },
);

it('reads nothing as nothing, and quoted words as words', () => {
  expect(read('{ a: , b: ~, c: null, d: "null", e: !!null "" }').value).toEqual({
    a: null,
    b: null,
    c: null,
    d: 'null',
    e: null,
  });
});

it('takes any scalar for a key', () => {
  expect(read('{ 1.0: a, true: b, "<<": c }').value).toEqual({ '1.0': 'a', true: 'b', '<<': 'c' });
});

it('merges mappings, what is written itself first, then the first of a list', () => {
  const text = 'base: &b { x: 1, y: 2 }\nmore: &m { y: 3, z: 4 }\nall: { y: 0, <<: [*m, *b], w: 5 }\none: { <<: *b }\n';
  const { value, codes } = read(text);
  expect(codes).toEqual([]);
  expect(value).toMatchObject({ all: { y: '0', w: '5', z: '4', x: '1' }, one: { x: '1', y: '2' } });
});

it('knows where a value is written that was taken over', () => {
  const text = 'base: &b { x: first }\nlist: [&c { y: second }]\nall: { <<: [*b, *c], z: { <<: *b } }\n';
  const { document } = read(text);
  const at = (...path: string[]) => {
    const { start, end } = document.at(path);
    return text.slice(start, end);
  };
  expect([at('all', 'x'), at('all', 'y'), at('all', 'z', 'x')]).toEqual(['first', 'second', 'first']);
  const { start, end } = document.within(['all', 'x'], 1, 3);
  expect(text.slice(start, end)).toBe('ir');
});

it.each(['{ <<: text }', '{ <<: [[]] }', '{ <<: ~ }'])('refuses %s, which is nothing to merge', (text) => {
  expect(read(text).codes).toEqual(['yaml/merge-value']);
});

it('still refuses what Prometheus refuses', () => {
  expect(read('{ a: 1, a: 2 }').codes).toEqual(['yaml/duplicate-key']);
  expect(read('{ a: *b }').codes).toEqual(['yaml/unknown-alias']);
});
