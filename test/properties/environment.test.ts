import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../../src/pipeline/compile.ts';
import { renderText } from '../../src/report/text.ts';
import { specFiles } from '../case-folder.ts';
import { quantumSuite } from './corpus.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const badCase = specFiles(join(root, 'test/cases/schema/bad-format/specs'), 'specs');

/** Compiles the workspaces in a file and prints everything that comes out. */
const PROGRAM = `
import { readFileSync } from 'node:fs';
import { compile } from './src/pipeline/compile.ts';
import { renderText } from './src/report/text.ts';
const workspaces = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const results = workspaces.map((files) => {
  const [compilations, loose] = compile(files);
  const findings = [...loose, ...compilations.flatMap(({ diagnostics }) => diagnostics)];
  const artifacts = compilations.flatMap(({ artifacts = [] }) => artifacts.map(({ path, text }) => [path, text]));
  return { artifacts, findings: renderText(findings, { color: false }) };
});
process.stdout.write(JSON.stringify(results));
`;

const workspaces = [quantumSuite(), badCase];

function expected() {
  return workspaces.map((files) => {
    const [compilations, loose] = compile(files);
    const findings = [...loose, ...compilations.flatMap(({ diagnostics }) => diagnostics)];
    const artifacts = compilations.flatMap(({ artifacts = [] }) => artifacts.map(({ path, text }) => [path, text]));
    return { artifacts, findings: renderText(findings, { color: false }) };
  });
}

let folder: string;
let program: string;
let input: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'qmon-environment-'));
  program = join(folder, 'program.mjs');
  input = join(folder, 'workspaces.json');
  writeFileSync(input, JSON.stringify(workspaces));
  await build({
    stdin: { contents: PROGRAM, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: program,
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function compiledIn(cwd: string, environment: NodeJS.ProcessEnv): Promise<unknown> {
  const options = { cwd, env: { PATH: process.env.PATH, ...environment }, maxBuffer: 2 ** 26 };
  const { stdout } = await promisify(execFile)(process.execPath, [program, input], options);
  return JSON.parse(stdout);
}

describe('the same specs give the same bytes', () => {
  it('whatever the time zone, the language and the folder', async () => {
    const elsewhere = join(folder, 'a b', 'ü');
    mkdirSync(elsewhere, { recursive: true });
    writeFileSync(join(elsewhere, 'qmon.yaml'), 'kind: Project\n');
    const results = await Promise.all([
      compiledIn(root, { TZ: 'UTC', LANG: 'C' }),
      compiledIn(elsewhere, { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }),
      compiledIn(folder, { TZ: 'America/St_Johns', LANG: 'ar_EG.UTF-8', LC_ALL: 'ar_EG.UTF-8', FORCE_COLOR: '3' }),
    ]);
    const own = expected();
    expect(own[0]!.artifacts.length).toBeGreaterThan(20);
    expect(own[1]!.findings).not.toBe('');
    for (const result of results) expect(result).toEqual(own);
  });
});
