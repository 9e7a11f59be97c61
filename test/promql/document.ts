import type { Located } from '../../src/source/document.ts';

/** A document whose whole text is one string. */
export function fakeDocument(text: string): Located {
  const file = { path: 'specs/a.yaml', text };
  const span = { file, start: 0, end: text.length };
  return { file, index: 0, value: text, span, at: () => span, within: (_, start, end) => ({ file, start, end }) };
}
