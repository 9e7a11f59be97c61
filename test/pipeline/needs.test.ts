import { describe, expect, it } from 'vitest';
import { globFolders, globMatcher } from '../../src/base/glob.ts';
import { needsOf } from '../../src/pipeline/needs.ts';
import { library, project, withKindWithFiles } from './kind-with-files.ts';

withKindWithFiles();

function needs(files: Readonly<Record<string, string>>) {
  return needsOf(Object.entries(files).map(([path, text]) => ({ path, text })));
}

describe('what specs need', () => {
  it('is nothing where they name nothing', () => {
    expect(needs({ 'specs/a.yaml': project('a'), 'specs/b.yaml': 'kind: Team\n' })).toEqual([]);
  });

  it('is the folders that a Project imports, from its own folder on', () => {
    expect(needs({ 'specs/shop/a.yaml': project('a', '../platform', '../../vendor/', './own') })).toEqual([
      { folder: 'specs/platform' },
      { folder: 'vendor' },
      { folder: 'specs/shop/own' },
    ]);
    expect(needs({ '/w/specs/a.yaml': project('a', '../platform') })).toEqual([{ folder: '/w/platform' }]);
    expect(needs({ 'a.yaml': project('a', '../platform') })).toEqual([{ folder: '../platform' }]);
  });

  it('is what patterns may match, from the folder of the nearest Project on', () => {
    const files = {
      'specs/a.yaml': project('a'),
      'specs/deep/b.yaml': library({ books: ['rules/k8s/*.rules', '../one.json'], shelf: 'docs/' }),
      'specs/deep/own/a.yaml': project('b'),
      'specs/deep/own/x/b.yaml': library({ books: '**/x.yaml' }),
    };
    expect(needs(files)).toEqual([
      { folder: 'specs/rules/k8s', pattern: 'specs/rules/k8s/*.rules' },
      { folder: '', pattern: 'one.json' },
      { folder: 'specs/docs', pattern: 'specs/docs/**/*.md' },
      { folder: 'specs/deep/own', pattern: 'specs/deep/own/**/x.yaml' },
    ]);
  });

  it('counts in an imported folder from that folder on, or from a Project in it', () => {
    const files = {
      'specs/a.yaml': project('a', 'lib', '../platform'),
      'specs/lib/deep/b.yaml': library({ books: 'b/*' }),
      'platform/c.yaml': library({ books: 'c/*' }),
      'platform/own/p.yaml': project('p'),
      'platform/own/d.yaml': library({ books: 'd/*' }),
    };
    const patterns = needs(files).map(({ pattern }) => pattern);
    expect(patterns).toEqual([undefined, undefined, 'platform/c/*', 'platform/own/d/*', 'specs/lib/b/*']);
  });

  it('is nothing that stands in a file beside the specs', () => {
    const files = {
      'specs/a.yaml': project('a'),
      'specs/b.yaml': library({ books: ['c.yaml'] }),
      'specs/c.yaml': `apiVersion: example.org/v1\n${project('c', '../e')}`,
    };
    expect(needs(files)).toEqual([{ folder: 'specs', pattern: 'specs/c.yaml' }]);
  });

  it('passes over what makes no sense', () => {
    const nonsense = [
      'kind: Project\nspec: { imports: { path: ../a } }\n',
      'kind: Project\nspec: [imports]\n',
      'kind: Project\nmetadata: 3\nspec:\n',
      'kind: [Project]\n',
      'kind: {\n',
      'Project\n',
      'null\n',
      project('a', 3, null, '', ['../a'], 'https://example.org/a', 'file:///a', 'ssh:a'),
      'kind: Project\nspec: { imports: [../a, 3, null, [], { as: b }] }\n',
      library({ books: 3, shelf: [{}, null, ''] }),
      'kind: Library\nspec: 3\n',
      'kind: Library\n',
    ];
    const files = Object.fromEntries(nonsense.map((text, index) => [`specs/${index}/a.yaml`, text]));
    expect(needs(files)).toEqual([]);
  });
});

describe('folders that a pattern may reach', () => {
  it.each([
    ['a/b/*.md', ['a', 'a/b'], ['b', 'a/c', 'a/b/c']],
    ['a/*/x/y.md', ['a', 'a/b', 'a/b/x'], ['a/b/y', 'b', 'a/b/x/z']],
    ['a/**/y/*.md', ['a', 'a/b', 'a/b/c/d/e'], ['b', 'b/a']],
    ['**/*.md', ['a', 'a/b/c'], []],
    ['*.md', [], ['a', 'a/b']],
    ['../a/*.md', ['../a'], ['../b', '../a/c']],
  ])('of %s', (pattern, into, past) => {
    const enters = globFolders(pattern);
    expect(into.filter((folder) => !enters(folder))).toEqual([]);
    expect(past.filter(enters)).toEqual([]);
  });

  it('are all on the way to what matches', () => {
    const parts = ['a', 'b', 'ab'];
    const paths = parts.flatMap((x) => parts.flatMap((y) => parts.map((z) => `${x}/${y}/${z}/f.md`)));
    for (const pattern of ['a/*/**/f.md', '**/b/*.md', '**/b/**/f.md', 'a*/?/b/*', '*/**/*/f.md', '**']) {
      const [matches, enters] = [globMatcher(pattern), globFolders(pattern)];
      for (const path of paths.filter(matches)) {
        const folders = path.split('/').slice(0, -1);
        const above = folders.map((_, index) => folders.slice(0, index + 1).join('/'));
        expect(
          above.filter((folder) => !enters(folder)),
          `${pattern} ${path}`,
        ).toEqual([]);
      }
    }
  });
});
