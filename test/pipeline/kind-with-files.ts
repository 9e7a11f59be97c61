import { afterAll, beforeAll } from 'vitest';
import type { FileProperty } from '../../src/kinds/kind.ts';
import { kinds } from '../../src/kinds/registry.ts';

/** What the specs of a kind that no real one resembles name beside them. */
export const KIND_WITH_FILES = 'Library';

const files: readonly FileProperty[] = [
  { property: 'books', suffix: '' },
  { property: 'shelf', suffix: '/**/*.md' },
];

/** Adds a kind with files to the registry while the tests of a file run; nothing but reading knows it. */
export function withKindWithFiles(): void {
  const registry = kinds as unknown as { name: string; files: readonly FileProperty[] }[];
  beforeAll(() => void registry.push({ name: KIND_WITH_FILES, files }));
  afterAll(() => void registry.pop());
}

/** A document of that kind. */
export function library(spec: unknown): string {
  return `kind: ${KIND_WITH_FILES}\nmetadata: { name: a }\nspec: ${JSON.stringify(spec)}\n`;
}

/** A Project with imports. */
export function project(name: string, ...paths: readonly unknown[]): string {
  const imports = paths.map((path) => ({ path, as: 'x' }));
  return `kind: Project\nmetadata: { name: ${name} }\nspec: ${JSON.stringify({ imports })}\n`;
}
