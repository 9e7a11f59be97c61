import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forbiddenRooms, overridesFor, readImporters, readLevels } from '../../scripts/rooms.mjs';
import { importCycles, importFaults, type Rules } from './direction.ts';
import { read, readSource, root, sources } from './sources.ts';

const text = read('ARCHITECTURE.md');
const levels = readLevels(text);
const rules: Rules = { forbidden: forbiddenRooms(levels), importers: readImporters(text) };

/** Every form in which a module can be asked for. */
const FORMS: readonly ((from: string) => string)[] = [
  (from) => `import { a } from '${from}';\nexport const b = a;`,
  (from) => `import type { A } from '${from}';\nexport type B = A;`,
  (from) => `import '${from}';`,
  (from) => `export { a } from '${from}';`,
  (from) => `export * from '${from}';`,
  (from) => `export type { A } from '${from}';`,
  (from) => `export const b = () => import('${from}');`,
];

const TYPE_QUERY = (from: string) => `export type B = import('${from}').A;`;

function faultsOf(path: string, code: string): string[] {
  return importFaults([readSource(path, code)], rules);
}

describe('import direction', () => {
  it('is kept by every file of src', () => {
    expect(sources.length).toBeGreaterThan(150);
    expect(importFaults(sources, rules)).toEqual([]);
  });

  it.each([...FORMS, TYPE_QUERY].map((form) => form('../model/types.ts')))('is broken by %s', (code) => {
    expect(faultsOf('src/source/wrong.ts', code)).toEqual([
      'src/source/wrong.ts imports src/model/types.ts: source must not import model',
    ]);
    expect(faultsOf('src/rules/right.ts', code)).toEqual([]);
  });

  it.each([
    ['src/lint/wrong.ts', '../targets/target.ts', 'lint must not import targets'],
    ['src/kinds/slo/wrong.ts', '../kpi/kpi.ts', 'src/kinds/slo stands alone'],
    ['src/targets/grafana/panels/wrong.ts', '../../runbook/step.ts', 'src/targets/grafana stands alone'],
    ['src/lint/wrong.ts', '../generated/slo.ts', 'is no user of'],
    ['src/kinds/kpi/wrong.ts', '../../generated/slo.ts', 'is no user of'],
    ['src/generated/wrong.ts', '../base/text.ts', 'imports nothing of ours'],
    ['src/attic/wrong.ts', '../base/text.ts', 'knows no room `attic`'],
    ['src/cli/wrong.ts', '../attic/a.ts', 'knows no room `attic`'],
    ['src/cli/wrong.ts', '../../test/tools.ts', 'is not in src'],
    ['src/cli/session.ts', 'commander', 'only src/cli/main.ts may'],
    ['src/output/markdown.ts', 'handlebars/runtime.js', 'only src/output/template.ts may'],
    ['src/host/publish.ts', 'node:fs', 'only src/host/node.ts may'],
    ['src/base/text.ts', 'left-pad', 'lists no importer'],
  ])('is broken where %s imports %s', (path, from, fault) => {
    const found = faultsOf(path, `import { a } from '${from}';\nexport const b = a;`);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(fault);
  });

  it('has no circles', () => {
    expect(importCycles(sources)).toEqual([]);
    const circle = ['a', 'b', 'c'].map((name, index, all) =>
      readSource(`src/base/${name}.ts`, `import type { X } from './${all[(index + 1) % 3]}.ts';\nexport type Y = X;`),
    );
    expect(importCycles(circle)).toEqual(['src/base/a.ts → src/base/b.ts → src/base/c.ts → src/base/a.ts']);
  });

  it('names an importer for each package and no other', () => {
    const used = sources.flatMap(({ imports }) => imports.filter(({ file }) => file === undefined));
    const names = new Set(used.map(({ from }) => (from.startsWith('node:') ? from : from.split('/')[0])));
    expect([...rules.importers.keys()].sort()).toEqual([...names].sort());
  });
});

/** The verdict of the linter about some files, in a folder that has our configuration. */
function lintOutput(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'qmon-lint-'));
  const { vcs: _vcs, ...configuration } = JSON.parse(read('biome.json'));
  const all = { ...files, 'biome.json': JSON.stringify({ ...configuration, $schema: undefined }) };
  for (const [path, code] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), code);
  }
  try {
    const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
    const only = ['lint', '--only=style/noRestrictedImports', '--reporter=json', 'src'];
    return execFileSync(process.execPath, [biome, ...only], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the linter', () => {
  it('has the same table', () => {
    const { overrides } = JSON.parse(read('biome.json'));
    expect(overrides, 'npm run rooms').toEqual(overridesFor(levels));
  });

  it('refuses imports against the direction, in every form that it reads', () => {
    const wrong = FORMS.map((form, index) => [`src/source/wrong-${index}.ts`, form('../model/types.ts')]);
    const deep = [['src/targets/grafana/panels/wrong.ts', FORMS[0]!('../../../lint/rule.ts')]];
    const right = FORMS.map((form, index) => [`src/source/right-${index}.ts`, form('../base/text.ts')]);
    const output = lintOutput(Object.fromEntries([...wrong, ...deep, ...right]));
    const { diagnostics } = JSON.parse(output) as { diagnostics: { location: { path: string } }[] };
    const refused = diagnostics.map(({ location }) => location.path.replace(/^.*?(?=src\/)/, ''));
    expect(refused.sort()).toEqual([...wrong, ...deep].map(([path]) => path).sort());
  });
});
