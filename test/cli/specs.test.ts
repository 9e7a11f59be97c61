import { describe, expect, it } from 'vitest';
import { consoleOf } from '../../src/cli/console.ts';
import { relativeTo } from '../../src/cli/folder.ts';
import { checkOutput } from '../../src/cli/session.ts';
import { readSpecs } from '../../src/cli/specs.ts';
import { type MemoryHost, memoryHost } from '../memory-host.ts';
import { library, project, withKindWithFiles } from '../pipeline/kind-with-files.ts';

withKindWithFiles();

const TEAM = 'kind: Team\nmetadata: { name: a }\n';
const MANIFEST = JSON.stringify({ version: 1, project: 'a', files: [] });

/** The paths that are read, in the order in which they are. */
async function pathsFrom(root: string, files: Readonly<Record<string, string>>, change?: (host: MemoryHost) => void) {
  const host = memoryHost({ files });
  change?.(host);
  const read = await readSpecs(consoleOf({}, host), root);
  return { paths: read.map(({ path }) => path), stderr: host.printed.stderr };
}

describe('reading', () => {
  it('takes the spec files below the folder as it was given', async () => {
    const files = { 'specs/a.yaml': project('a'), 'specs/deep/b.yml': TEAM, 'specs/c.md': '', 'd.yaml': TEAM };
    expect(await pathsFrom('specs', files)).toEqual({ paths: ['specs/a.yaml', 'specs/deep/b.yml'], stderr: '' });
    expect((await pathsFrom('/workspace/specs', files)).paths).toEqual([
      '/workspace/specs/a.yaml',
      '/workspace/specs/deep/b.yml',
    ]);
    expect((await pathsFrom('x/../specs', { ...files, 'x/y': '' })).paths[0]).toBe('x/../specs/a.yaml');
  });

  it('follows imports through imports, each folder once, and in circles', async () => {
    const files = {
      'specs/a.yaml': project('a', '../platform', '../nowhere', '../d.md'),
      'platform/deep/p.yaml': project('p', '../../base', '../../specs'),
      'platform/q.yml': TEAM,
      'platform/readme.md': '',
      'base/b.yaml': project('b', '../platform/./', '../base'),
      'other/o.yaml': TEAM,
      'd.md': '',
    };
    const { paths, stderr } = await pathsFrom('specs', files);
    expect({ paths, stderr }).toEqual({
      paths: ['specs/a.yaml', 'platform/deep/p.yaml', 'platform/q.yml', 'base/b.yaml'],
      stderr: '',
    });
  });

  it('reads what patterns match, wherever that is', async () => {
    const files = {
      'specs/a.yaml': project('a'),
      'specs/b.yaml': library({ books: ['rules/*.rules', '../vendor/**/*.json'], shelf: '../docs' }),
      'specs/rules/a.rules': '',
      'specs/rules/a.txt': '',
      'specs/rules/deep/b.rules': '',
      'vendor/x.json': '',
      'vendor/deep/y.json': '',
      'docs/deep/z.md': '',
      'docs/z.txt': '',
    };
    const { paths } = await pathsFrom('specs', files);
    expect(paths.slice(2)).toEqual(['specs/rules/a.rules', 'vendor/deep/y.json', 'vendor/x.json', 'docs/deep/z.md']);
  });

  it('reads what imported documents name', async () => {
    const files = {
      'specs/a.yaml': project('a', '../platform'),
      'platform/b.yaml': library({ books: ['rules/*.rules', '../more/c.yaml'] }),
      'platform/rules/a.rules': '',
      'more/c.yaml': '',
    };
    const { paths } = await pathsFrom('specs', files);
    expect(paths.slice(2)).toEqual(['platform/rules/a.rules', 'more/c.yaml']);
  });

  it('reads a file once, however often and however it is named', async () => {
    const files = {
      'specs/a.yaml': project('a', '../specs/lib', '.'),
      'specs/b.yaml': library({ books: ['x/y.yaml', './x//*.yaml', '../specs/x/y.yaml', '**/y.yaml'] }),
      'specs/c.yaml': library({ books: 'x/y.yaml', shelf: 'x' }),
      'specs/lib/l.yaml': TEAM,
      'specs/x/y.yaml': '',
      'specs/x/m.md': '',
    };
    const { paths } = await pathsFrom('specs', files);
    expect([...paths].sort()).toEqual(Object.keys(files).sort());
    const again = await pathsFrom('x/../specs', { ...files, 'x/y': '' });
    expect(again.paths).toHaveLength(paths.length);
  });

  it('leaves out dot-folders, packages of others and generated files, also where patterns and imports lead', async () => {
    const files = {
      'specs/a.yaml': project('a', '../platform'),
      'specs/b.yaml': library({ books: ['**/*.md', '../platform/**/*.yaml'] }),
      'specs/.cache/x.md': '',
      'specs/node_modules/lib/x.md': '',
      'specs/node_modules/lib/x.yaml': '[',
      'specs/out/a/manifest.json': MANIFEST,
      'specs/out/a/runbooks/x.md': '',
      'specs/y.md': '',
      'platform/.git/x.yaml': '[',
      'platform/node_modules/x.yaml': '[',
      'platform/out/manifest.json': MANIFEST,
      'platform/out/x.yaml': '[',
      'platform/p.yaml': TEAM,
    };
    const { paths } = await pathsFrom('specs', files);
    expect(paths).toEqual(['specs/a.yaml', 'specs/b.yaml', 'platform/p.yaml', 'specs/y.md']);
  });

  it('enters such a folder when it is named itself', async () => {
    const files = {
      'specs/a.yaml': project('a', '../node_modules/platform'),
      'specs/b.yaml': library({ books: ['../.github/rules/*.yaml'] }),
      'node_modules/platform/p.yaml': TEAM,
      '.github/rules/r.yaml': '',
    };
    const { paths } = await pathsFrom('specs', files);
    expect(paths.slice(2)).toEqual(['node_modules/platform/p.yaml', '.github/rules/r.yaml']);
  });

  it('follows links to files, and tells once of links to folders', async () => {
    const files = {
      'specs/a.yaml': project('a', '../platform'),
      'specs/b.yaml': library({ books: ['../platform/**/*.rules'] }),
      'platform/p.yaml': TEAM,
      'lib/x.rules': '',
    };
    const { paths, stderr } = await pathsFrom('specs', files, (host) => {
      host.link('platform/a.rules', '../lib/x.rules');
      host.link('platform/lib.rules', '../lib');
      host.link('platform/.lib', '../lib');
    });
    expect(paths.slice(2)).toEqual(['platform/p.yaml', 'platform/a.rules']);
    expect(stderr).toBe('warning: `platform/lib.rules` is a link to a folder, which is not followed\n');
  });

  it('stops where there is no folder', async () => {
    await expect(pathsFrom('specs', { 'a.yaml': TEAM })).rejects.toThrow('there is no folder `specs`');
  });
});

describe('a path as it is written in a folder', () => {
  it.each([
    ['specs', 'specs/a/b.yaml', 'a/b.yaml'],
    ['specs', 'platform/b.yaml', '../platform/b.yaml'],
    ['specs/shop', '/b.yaml', '../../../b.yaml'],
    ['', 'a.yaml', 'a.yaml'],
    ['../other', 'a.yaml', '../workspace/a.yaml'],
    ['/workspace/specs', 'specs/a.yaml', 'a.yaml'],
  ])('from %s to %s', (folder, path, expected) => {
    expect(relativeTo(folder, path, '/workspace')).toBe(expected);
  });
});

describe('output', () => {
  const check = (out: string, ...paths: readonly string[]) => {
    const compilations = [{ name: 'shop', project: 'shop', folder: 'specs', diagnostics: [] }];
    const files = ['specs/a.yaml', ...paths].map((path) => ({ path, text: '' }));
    return () => checkOutput(consoleOf({}, memoryHost()), { files, compilations }, out);
  };

  it('may be next to what is read, and not around it', () => {
    expect(check('out', '../platform/p.yaml', 'specs/x/shop/y.md')).not.toThrow();
    expect(check('..', '../shop/p.yaml')).toThrow('`../shop` holds `../shop/p.yaml`, which is read');
    expect(check('/', '/shop/deep/x.rules')).toThrow('`/shop` holds `/shop/deep/x.rules`, which is read');
  });
});
