import { cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { read, root } from '../architecture/sources.ts';
import { perform, stepsOf, Trial } from './executed.ts';

const COPIED = [
  ...['src', 'scripts', 'templates', 'bin', 'docs', 'specs', 'test/cases'],
  ...['package.json', 'tsconfig.json', 'biome.json', '.gitignore', 'ARCHITECTURE.md', 'LICENSE'],
];

/** A copy of the project, without its tests. */
function copyTo(folder: string): void {
  for (const path of COPIED) cpSync(join(root, path), join(folder, path), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
}

const page = read('CONTRIBUTING.md');

/** The recipes by their headings. */
const recipes = page.split(/^(?=## A )/m).filter((part) => part.startsWith('## A '));

describe('CONTRIBUTING.md', () => {
  const trial = new Trial();
  afterAll(() => trial.remove());

  it('needs at most four steps for each recipe', () => {
    const steps = recipes.map((part) => [...part.matchAll(/^\*\*(\d)\.\*\*/gm)].map(([, number]) => Number(number)));
    expect(steps).toEqual([
      [1, 2, 3, 4],
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ]);
  });

  it('has recipes that work', async () => {
    copyTo(trial.folder);
    await trial.run('node scripts/module-map.mjs');
    for (const step of stepsOf(page)) await perform(trial, 'CONTRIBUTING.md', step);
    const lint = await trial.run('npx biome lint --error-on-warnings src');
    expect(lint.exitCode, lint.output).toBe(0);
  });
});
