import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { read, root } from './sources.ts';

/** The bundle as `scripts/build.mjs` makes it, as far as it decides what is loaded when. */
async function bundled(): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/cli/main.ts'],
    outdir: 'dist',
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    define: { QMON_VERSION: '"0"' },
  });
  return metafile;
}

/** The files of src and the packages that are loaded with an output, before anything is chosen. */
function loadedWith({ outputs }: Pick<Metafile, 'outputs'>, path: string, seen = new Set<string>()): string[] {
  if (seen.has(path)) return [];
  seen.add(path);
  const { inputs, imports } = outputs[path]!;
  const own = Object.entries(inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([input]) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? input);
  const others = imports
    .filter(({ kind, external }) => kind === 'import-statement' && !external)
    .flatMap((each) => loadedWith({ outputs }, each.path, seen));
  return [...new Set([...own, ...others])].sort();
}

describe('what `qmon --version` loads', async () => {
  const metafile = await bundled();

  it('is commander and our entry', () => {
    expect(loadedWith(metafile, 'dist/main.js')).toEqual(['commander', 'src/cli/exit.ts', 'src/cli/main.ts']);
  });

  it('is not what a command loads', () => {
    const generate = Object.keys(metafile.outputs).find((path) => /\/generate-\w+\.js$/.test(path))!;
    expect(loadedWith(metafile, generate)).toContain('src/pipeline/compile.ts');
  });

  it('is asked for by the program alone', () => {
    const program = readFileSync(join(root, 'bin/qmon.js'), 'utf8');
    expect([...program.matchAll(/import\(?[^'"]*['"]([^'"]+)['"]/g)].map(([, from]) => from)).toEqual([
      'node:module',
      '../dist/main.js',
    ]);
    expect(program.split('\n').length).toBeLessThanOrEqual(12);
  });

  it('needs no package at run time', () => {
    expect(JSON.parse(read('package.json')).dependencies ?? {}).toEqual({});
  });
});
