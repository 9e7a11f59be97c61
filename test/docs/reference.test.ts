import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kinds } from '../../src/kinds/registry.ts';
import { compile } from '../../src/pipeline/compile.ts';
import { filesBelow, read, root, sources } from '../architecture/sources.ts';

interface Schema {
  readonly description?: string;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
}

/** The paths of properties that have no description of their own and refer to none. */
function undescribed(schema: Schema, path: string): string[] {
  const own = (schema.description ?? schema.$ref ?? '') === '' ? [path] : [];
  const values = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
  const below = Object.entries({
    ...schema.properties,
    ...(schema.items && { '[]': schema.items }),
    ...(values && { '*': values }),
  });
  return [...own, ...below.flatMap(([name, each]) => undescribed(each, `${path}.${name}`))];
}

describe('the reference', () => {
  it('is as the schemas, codes and commands say', () => {
    const run = () => execFileSync(process.execPath, ['scripts/docs.mjs', '--check'], { cwd: root, stdio: 'pipe' });
    expect(run, 'npm run docs').not.toThrow();
  });

  it('has a page for every code that is declared', () => {
    const codes = sources.flatMap(({ text }) => [...text.matchAll(/^\s*code: ['`]([a-z-]+\/[a-z0-9-]+)['`],$/gm)]);
    const pages = filesBelow('docs/diagnostics').map((path) => path.slice('docs/diagnostics/'.length, -'.md'.length));
    expect(codes.length).toBeGreaterThan(60);
    expect(codes.map(([, code]) => code).filter((code) => !pages.includes(code!))).toEqual([]);
  });

  it('describes every property', () => {
    const missing = kinds.flatMap(({ name, schema }) => undescribed(schema as Schema, name));
    expect(missing).toEqual([]);
    expect(undescribed({ description: 'x', properties: { a: { items: {} } } }, 'K')).toEqual(['K.a', 'K.a.[]']);
  });
});

describe('the examples of the reference', () => {
  const files = filesBelow('docs/spec/example').map((path) => ({ path, text: read(path) }));

  it('make one workspace without findings', () => {
    const [compilations, diagnostics] = compile(files);
    const found = [...diagnostics, ...compilations.flatMap((each) => each.diagnostics)];
    const grave = found.filter(({ severity }) => severity !== 'info');
    expect(grave.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
    expect(compilations.map(({ artifacts }) => artifacts !== undefined)).toEqual([true, true]);
  });

  it('show every kind in a file of its name', () => {
    const shown = files.flatMap(({ path, text }) => {
      const named = [...text.matchAll(/^kind: (\w+)$/gm)].map(([, kind]) => kind!);
      return [...new Set(named)].map((kind) => `${kind}: ${path.split('/').at(-1)}`);
    });
    const expected = kinds.map(({ name }) => `${name}: ${name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase()}.yaml`);
    expect(shown.sort()).toEqual(expected.sort());
  });
});

describe('links', () => {
  const pages = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...filesBelow('docs')];
  const all = new Set([...pages, ...filesBelow('specs'), ...filesBelow('out')]);
  const folders = new Set(
    [...all].flatMap((path) => path.split('/').map((_, depth, parts) => parts.slice(0, depth).join('/'))),
  );

  /** As GitHub makes anchors of headings. */
  const anchorsOf = (path: string) =>
    [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
      heading!
        .toLowerCase()
        .replace(/[^a-z0-9_ -]/g, '')
        .replaceAll(' ', '-'),
    );

  function isBroken(page: string, target: string): boolean {
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? page : join(page, '..', path);
    if (!all.has(file) && !folders.has(file)) return true;
    return anchor !== undefined && !anchorsOf(file).includes(anchor);
  }

  it('lead somewhere', () => {
    const broken = pages
      .filter((page) => page.endsWith('.md'))
      .flatMap((page) =>
        [
          ...read(page)
            .replace(/```[\s\S]*?```/g, '')
            .matchAll(/\]\(([^)\s]+)\)/g),
        ]
          .map(([, target]) => target!)
          .filter((target) => !/^[a-z]+:/.test(target) && isBroken(page, target))
          .map((target) => `${page}: ${target}`),
      );
    expect(broken).toEqual([]);
    expect(isBroken('README.md', 'docs/nowhere.md')).toBe(true);
    expect(isBroken('README.md', 'docs/guide.md#nowhere')).toBe(true);
  });
});
