import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { allCodes } from '../src/cli/codes.ts';
import { allDiagnostics } from '../src/cli/session.ts';
import { type Compilation, compile } from '../src/pipeline/compile.ts';
import { renderText } from '../src/report/text.ts';
import { caseFolders, filesBelow, specFiles } from './case-folder.ts';

/**
 * One case is one folder: `specs/` is compiled; `expected/diagnostics.txt` holds what a person reads (missing: nothing
 * is found), and `expected/out/<project>/…` the files that come out. Where `expected/out` holds a folder of a target,
 * all its files are compared, so that one too many or too few fails. `UPDATE_CASES=1` writes what is expected anew.
 */
const root = fileURLToPath(new URL('cases', import.meta.url));
/** For what is snoozed. */
const TODAY = '2026-06-01';
const update = process.env.UPDATE_CASES === '1';

function outputs(compilations: readonly Compilation[]): Map<string, string> {
  const files = compilations.flatMap(({ name, artifacts = [] }) =>
    artifacts.map(({ path, text }) => [`out/${name}/${path}`, text] as const),
  );
  return new Map(files);
}

const TARGET_FOLDERS: ReadonlySet<string | undefined> = new Set(['prometheus', 'alertmanager', 'grafana', 'runbooks']);

/** `out/shop/prometheus/rules/x.yml` → `out/shop/prometheus`, one deeper where there are environments: the unit of comparison. */
function unitOf(path: string): string {
  const segments = path.split('/');
  return segments.slice(0, TARGET_FOLDERS.has(segments[2]) ? 3 : 4).join('/');
}

function actualFiles(folder: string): Map<string, string> {
  const [compilations, diagnostics] = compile(specFiles(join(folder, 'specs'), 'specs'), {
    today: TODAY,
    codes: allCodes,
  });
  const all = allDiagnostics({ compilations, diagnostics });
  const units = new Set(filesBelow(join(folder, 'expected')).map(unitOf));
  const files = new Map([...outputs(compilations)].filter(([path]) => units.has(unitOf(path))));
  const text = renderText(all, { color: false });
  if (text !== '') files.set('diagnostics.txt', text);
  return files;
}

function expectedFiles(folder: string): Map<string, string> {
  const expected = join(folder, 'expected');
  return new Map(filesBelow(expected).map((path) => [path, readFileSync(join(expected, path), 'utf8')]));
}

function writeExpected(folder: string, files: ReadonlyMap<string, string>): void {
  rmSync(join(folder, 'expected'), { recursive: true, force: true });
  for (const [path, text] of files) {
    const file = join(folder, 'expected', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

describe('cases', () => {
  it.each(caseFolders(root))('$name', ({ folder }) => {
    const actual = actualFiles(folder);
    if (update) writeExpected(folder, actual);
    const expected = expectedFiles(folder);
    expect([...actual.keys()].sort()).toEqual([...expected.keys()].sort());
    for (const [path, text] of expected) expect(actual.get(path), path).toBe(text);
  });
});
