import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readManifest, writeManifest } from '../../src/output/manifest.ts';
import { isUpToDate, type OutEntry, type OutState } from '../../src/output/plan.ts';
import { sha256 } from '../../src/output/sha256.ts';
import { type PlanInput, planPublication, type SourcedArtifact } from '../../src/pipeline/plan.ts';

function artifact(path: string, text = `text of ${path}`, target = 'prometheus'): SourcedArtifact {
  return {
    path,
    text,
    target,
    verifier: 'none',
    origins: new Map(),
    sources: ['specs/b.yaml', 'specs/a.yaml', 'specs/b.yaml'],
  };
}

const file = (text: string): OutEntry => ({ kind: 'file', sha256: sha256(text) });

/** The output folder after these artifacts were published, with changes by hand. */
function published(
  artifacts: readonly SourcedArtifact[],
  changes: Record<string, OutEntry | undefined> = {},
): OutState {
  const entries = new Map<string, OutEntry>(artifacts.map(({ path, text }) => [path, file(text)]));
  for (const [path, entry] of Object.entries(changes)) {
    if (entry) entries.set(path, entry);
    else entries.delete(path);
  }
  return { manifest: plan({ artifacts })[0].manifest, entries };
}

function plan(input: Partial<PlanInput>) {
  return planPublication({
    project: 'suite',
    folder: 'out/suite',
    artifacts: [],
    out: { entries: new Map() },
    ...input,
  });
}

const messages = (diagnostics: readonly { code: string; message: string }[]) =>
  diagnostics.map(({ code, message }) => `${code}: ${message}`);

describe('planPublication', () => {
  it('writes everything into an empty folder, sorted, with a manifest', () => {
    const [result, diagnostics] = plan({ artifacts: [artifact('b/z.md'), artifact('a.yaml', 'A')] });
    expect(diagnostics).toEqual([]);
    expect(result.write).toEqual([
      { path: 'a.yaml', text: 'A', reason: 'new' },
      { path: 'b/z.md', text: 'text of b/z.md', reason: 'new' },
    ]);
    expect(JSON.parse(result.manifest)).toEqual({
      version: 1,
      project: 'suite',
      files: [
        { path: 'a.yaml', target: 'prometheus', sha256: sha256('A'), sources: ['specs/a.yaml', 'specs/b.yaml'] },
        {
          path: 'b/z.md',
          target: 'prometheus',
          sha256: sha256('text of b/z.md'),
          sources: ['specs/a.yaml', 'specs/b.yaml'],
        },
      ],
    });
    expect(result.manifestChanged).toBe(true);
  });

  it('has nothing to do the second time', () => {
    const artifacts = [artifact('a.yaml'), artifact('b.yaml')];
    const [result, diagnostics] = plan({ artifacts, out: published(artifacts) });
    expect(isUpToDate(result)).toBe(true);
    expect(result.keep).toEqual(['a.yaml', 'b.yaml']);
    expect(diagnostics).toEqual([]);
  });

  it('writes what changed, keeps the rest, removes what is no longer generated', () => {
    const before = [artifact('changed.yaml', 'old'), artifact('same.yaml'), artifact('stale.yaml')];
    const [result, diagnostics] = plan({
      artifacts: [artifact('changed.yaml', 'new'), artifact('same.yaml')],
      out: published(before),
    });
    expect(result).toMatchObject({
      write: [{ path: 'changed.yaml', text: 'new', reason: 'changed' }],
      keep: ['same.yaml'],
      remove: ['stale.yaml'],
    });
    expect(result.manifest).not.toContain('stale');
    expect(diagnostics).toEqual([]);
  });

  it('overwrites and removes files of ours that were edited by hand, with a warning', () => {
    const before = [artifact('a.yaml'), artifact('stale.yaml')];
    const out = published(before, { 'a.yaml': file('by hand'), 'stale.yaml': file('by hand') });
    const [result, diagnostics] = plan({ artifacts: [artifact('a.yaml')], out });
    expect(result).toMatchObject({ write: [{ path: 'a.yaml', reason: 'edited' }], remove: ['stale.yaml'] });
    expect(messages(diagnostics)).toEqual([
      'output/edited-by-hand: `out/suite/a.yaml` was edited by hand; it will be overwritten',
      'output/edited-by-hand: `out/suite/stale.yaml` was edited by hand; it is no longer generated and will be removed',
    ]);
    expect(diagnostics.every(({ severity }) => severity === 'warning')).toBe(true);
  });

  it('keeps a file that was edited into what is generated now', () => {
    const out = published([artifact('a.yaml', 'old')], { 'a.yaml': file('new') });
    const [result, diagnostics] = plan({ artifacts: [artifact('a.yaml', 'new')], out });
    expect(result).toMatchObject({ write: [], keep: ['a.yaml'], manifestChanged: true });
    expect(diagnostics).toEqual([]);
  });

  it('writes again what was deleted by hand, and does not miss a stale file', () => {
    const out = published([artifact('a.yaml'), artifact('stale.yaml')], {
      'a.yaml': undefined,
      'stale.yaml': undefined,
    });
    const [result, diagnostics] = plan({ artifacts: [artifact('a.yaml')], out });
    expect(result).toMatchObject({ write: [{ path: 'a.yaml', reason: 'new' }], remove: [] });
    expect(diagnostics).toEqual([]);
  });

  it('leaves what is no file any more', () => {
    const out = published([artifact('stale.yaml')], { 'stale.yaml': { kind: 'link' } });
    const [result, diagnostics] = plan({ out });
    expect(result).toMatchObject({ remove: [], manifestChanged: true });
    expect(messages(diagnostics)).toEqual([
      'output/edited-by-hand: `out/suite/stale.yaml` was edited by hand; it is now a link and stays',
    ]);
  });

  it.each<[string, Record<string, OutEntry>, string]>([
    ['a file', { 'a/b.yaml': file('foreign') }, '`out/suite/a/b.yaml` is a file'],
    ['a link', { 'a/b.yaml': { kind: 'link' } }, '`out/suite/a/b.yaml` is a link'],
    ['a socket', { 'a/b.yaml': { kind: 'other' } }, '`out/suite/a/b.yaml` is something other than a file'],
    ['a file instead of a folder', { a: file('foreign') }, '`out/suite/a` is a file'],
    ['a link instead of a folder', { a: { kind: 'link' } }, '`out/suite/a` is a link'],
    [
      'a folder with files',
      { 'a/b.yaml': { kind: 'folder' }, 'a/b.yaml/c': file('c') },
      '`out/suite/a/b.yaml` is a folder with content',
    ],
    [
      'a folder with a folder',
      { 'a/b.yaml': { kind: 'folder' }, 'a/b.yaml/c': { kind: 'folder' } },
      '`out/suite/a/b.yaml` is a folder with content',
    ],
  ])('refuses to replace %s that is not ours', (_, entries, message) => {
    const [result, diagnostics] = plan({
      artifacts: [artifact('a/b.yaml')],
      out: { entries: new Map(Object.entries(entries)) },
    });
    expect(messages(diagnostics)).toEqual([`output/foreign-file: ${message} that qmon did not generate`]);
    expect(diagnostics[0]!.severity).toBe('error');
    expect(result.write).toEqual([]);
  });

  it('adopts a file with exactly the generated content, so that a lost manifest grows again', () => {
    const [result, diagnostics] = plan({
      artifacts: [artifact('a.yaml')],
      out: { entries: new Map([['a.yaml', file('text of a.yaml')]]) },
    });
    expect(result).toMatchObject({ keep: ['a.yaml'], manifestChanged: true });
    expect(diagnostics).toEqual([]);
  });

  it('never touches foreign files that stand beside', () => {
    const entries = new Map<string, OutEntry>([
      ['notes/mine.md', { kind: 'file' }],
      ['notes', { kind: 'folder' }],
    ]);
    const [result, diagnostics] = plan({ artifacts: [artifact('notes/ours.md')], out: { entries } });
    expect(result.write).toHaveLength(1);
    expect(diagnostics).toEqual([]);
  });

  it('turns a file of ours into a folder, and back', () => {
    const [flat, deep] = [[artifact('a')], [artifact('a/b'), artifact('a/c/d')]];
    const [toFolder, faults] = plan({ artifacts: deep, out: published(flat) });
    expect(toFolder).toMatchObject({ remove: ['a'], write: [{ path: 'a/b' }, { path: 'a/c/d' }] });
    const folders = { a: { kind: 'folder' }, 'a/c': { kind: 'folder' } } as const;
    const [toFile, others] = plan({ artifacts: flat, out: published(deep, folders) });
    expect(toFile).toMatchObject({ remove: ['a/b', 'a/c/d'], write: [{ path: 'a', reason: 'new' }] });
    expect([...faults, ...others]).toEqual([]);
  });

  it('leaves other targets alone when some are selected', () => {
    const before = [
      artifact('p.yaml', 'p'),
      artifact('p-stale.yaml', 'p'),
      artifact('g.json', 'g', 'grafana'),
      artifact('h.json', 'h', 'grafana'),
    ];
    const out = published(before, { 'g.json': file('by hand'), 'h.json': undefined });
    const [result, diagnostics] = plan({
      artifacts: [artifact('p.yaml', 'q'), artifact('g.json', 'G', 'grafana')],
      out,
      targets: ['prometheus'],
    });
    expect(result).toMatchObject({ write: [{ path: 'p.yaml' }], keep: [], remove: ['p-stale.yaml'] });
    expect(diagnostics).toEqual([]);
    const entries = JSON.parse(result.manifest).files.map(
      ({ path, sha256: digest }: { path: string; sha256: string }) => [path, digest],
    );
    expect(entries).toEqual([
      ['g.json', sha256('g')],
      ['h.json', sha256('h')],
      ['p.yaml', sha256('q')],
    ]);
  });

  it.each([
    ['', 'is empty'],
    ['/etc/passwd', 'is absolute'],
    ['C:/x', 'is absolute'],
    ['a\\b', 'contains a backslash'],
    ['a//b', 'has an empty part'],
    ['a/', 'has an empty part'],
    ['a/../b', 'contains `..`'],
    ['./a', 'contains `.`'],
    ['a/b. ', 'has a part that ends with a dot or a space'],
    ['a./b', 'has a part that ends with a dot or a space'],
    ['a/con', 'contains the name of a Windows device'],
    ['Nul.yaml', 'contains the name of a Windows device'],
    ['x/COM1.tar.gz/y', 'contains the name of a Windows device'],
    ['a<b', 'contains a character that Windows does not allow'],
    ['a?b', 'contains a character that Windows does not allow'],
    ['a\u0000b', 'contains a character that Windows does not allow'],
    ['manifest.json', 'is reserved for qmon itself'],
    ['MANIFEST.json', 'is reserved for qmon itself'],
    ['.qmon/x', 'is reserved for qmon itself'],
    ['ü'.repeat(128), 'has a part that is longer than 255 bytes'],
  ])('refuses the path %j', (path, fault) => {
    const [result, diagnostics] = plan({ artifacts: [artifact(path), artifact('good')] });
    expect(messages(diagnostics)).toEqual([`output/bad-path: the path \`${path}\` of a generated file ${fault}`]);
    expect(result.write.map((write) => write.path)).toEqual(['good']);
  });

  it.each(['console.yaml', 'com.yaml', 'com10', 'a/manifest.json', '.hidden/x', 'nulls', 'a b/c.d', 'ü/ß.yaml'])(
    'accepts the path %j',
    (path) => {
      expect(plan({ artifacts: [artifact(path)] })[1]).toEqual([]);
    },
  );

  it.each([
    [['a/x.yaml', 'a/x.yaml'], 'is that of another generated file, too'],
    [['a/x.yaml', 'A/X.yaml'], 'differs from `a/x.yaml` by case alone'],
    [['e\u0301', 'é'], 'differs from `e\u0301` by case alone'],
    [['a/b', 'A'], 'is that of the folder `a/`, too'],
  ])('refuses %j together', ([first, second], fault) => {
    const [, diagnostics] = plan({ artifacts: [artifact(first!), artifact(second!)] });
    expect(messages(diagnostics)).toEqual([`output/bad-path: the path \`${second}\` of a generated file ${fault}`]);
  });

  it.each([
    ['{', 'is not JSON'],
    ['{\n<<<<<<< HEAD\n', 'has conflict markers of a merge'],
    ['[]', 'has no list of files'],
    ['{"version":2,"project":"suite","files":[]}', 'has the version `2`, not `1`'],
    [
      '{"version":1,"files":[{"path":"../x","target":"t","sha256":"","sources":[]}]}',
      'has the broken entry `{"path":"../x","target":"t","sha256":"","sources":[]}`',
    ],
    ['{"version":1,"files":[null]}', 'has the broken entry `null`'],
  ])('does nothing with the manifest %j', (manifest, fault) => {
    const out = { manifest, entries: new Map([['a.yaml', file('old')]]) };
    const [result, diagnostics] = plan({ artifacts: [artifact('a.yaml')], out });
    expect(messages(diagnostics)).toEqual([
      `output/unreadable-manifest: the manifest \`out/suite/manifest.json\` ${fault}`,
    ]);
    expect(diagnostics[0]!.help).toContain('restore `out/suite/manifest.json` from version control');
    expect(isUpToDate(result)).toBe(true);
  });

  it('plans the same whatever the order of the artifacts', () => {
    const artifacts = ['b', 'a/c', 'a/b', 'd', 'A2'].map((path) => artifact(path));
    const expected = plan({ artifacts });
    fc.assert(
      fc.property(fc.shuffledSubarray(artifacts, { minLength: artifacts.length }), (shuffled) => {
        expect(plan({ artifacts: shuffled })).toEqual(expected);
      }),
    );
  });
});

describe('the manifest', () => {
  it('is read back as written', () => {
    const [{ manifest }] = plan({ artifacts: [artifact('b'), artifact('a')] });
    const read = readManifest(manifest);
    expect('manifest' in read && writeManifest(read.manifest)).toBe(manifest);
  });
});
