import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Artifact } from '../../src/output/artifact.ts';
import { type Compilation, compile } from '../../src/pipeline/compile.ts';
import { renderText } from '../../src/report/text.ts';
import type { SourceFile } from '../../src/source/span.ts';
import { describeWithTools, requireTool } from '../tools.ts';
import { quantumSuite } from './corpus.ts';
import { asFile, type Specs, workspaces } from './workspaces.ts';

const COUNT = 60;
const seed = Number(process.env.FC_SEED ?? 20_261_121);
const samples = fc.sample(workspaces, { numRuns: COUNT, seed });

function compiled(files: readonly SourceFile[]): Compilation {
  const [[compilation], loose] = compile(files);
  if (!compilation?.artifacts)
    throw new Error(renderText([...loose, ...(compilation?.diagnostics ?? [])], { color: false }));
  return compilation;
}

const results = samples.map((specs) => ({ specs, compilation: compile([asFile(specs)])[0][0]! }));
const accepted = results.filter(({ compilation }) => compilation.artifacts !== undefined);

/** Writes what each workspace came to into a folder of its own, and gives one file of each to the tool at once. */
function checkAll(tool: 'promtool' | 'amtool', args: readonly string[], target: string, file: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'qmon-property-'));
  const verdict = (paths: readonly string[]) => {
    try {
      execFileSync(requireTool(tool), [...args, ...paths], { stdio: 'pipe' });
      return '';
    } catch (error) {
      const { stdout, stderr } = error as { stdout: Buffer; stderr: Buffer };
      return `${stdout}${stderr}`;
    }
  };
  try {
    const paths = accepted.map(({ compilation }, index) => {
      const own = compilation.artifacts!.filter((each) => each.target === target);
      for (const { path, text } of own) {
        mkdirSync(dirname(join(folder, `${index}`, path)), { recursive: true });
        writeFileSync(join(folder, `${index}`, path), text);
      }
      return join(folder, `${index}`, file);
    });
    if (verdict(paths) === '') return;
    const failed = paths.findIndex((path) => verdict([path]) !== '');
    const specs = accepted[failed] === undefined ? '' : asFile(accepted[failed].specs).text;
    throw new Error(`FC_SEED=${seed}, workspace ${failed}:\n${verdict([paths[failed] ?? ''])}\n${specs}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe(`generated workspaces (FC_SEED=${seed})`, () => {
  it('are nearly all accepted', () => {
    const refused = results.filter(({ compilation }) => compilation.artifacts === undefined);
    const why = refused.map(({ compilation }) =>
      renderText(
        compilation.diagnostics.filter(({ severity }) => severity === 'error'),
        { color: false },
      ),
    );
    expect(accepted.length, why.join('\n')).toBeGreaterThan(COUNT * 0.7);
  });

  describeWithTools(['promtool'], 'promtool', () => {
    it('accepts the configuration and the rules of every one', () => {
      checkAll(
        'promtool',
        ['check', 'config', '--lint=all', '--lint-fatal'],
        'prometheus',
        'prometheus/prometheus.yml',
      );
    });
  });

  describeWithTools(['amtool'], 'amtool', () => {
    it('accepts the configuration of every one', () => {
      checkAll('amtool', ['check-config'], 'alertmanager', 'alertmanager/alertmanager.yml');
    });
  });
});

/** The same under YAML 1.1, which Go reads in part, and 1.2; JSON as JSON. */
function checkReadable({ path, text }: Artifact): void {
  expect(text.endsWith('\n'), path).toBe(true);
  expect(text.includes('\r'), path).toBe(false);
  if (path.endsWith('.json')) expect(() => JSON.parse(text), path).not.toThrow();
  if (!/\.ya?ml$/.test(path)) return;
  const value = parse(text, { version: '1.2' });
  expect(parse(text, { version: '1.1' }), path).toEqual(value);
  expect(value, path).toBeTypeOf('object');
}

describe('artifacts', () => {
  it('of the generated workspaces read the same under YAML 1.1 and 1.2, and as JSON', () => {
    for (const { compilation } of accepted.slice(0, 15)) compilation.artifacts!.forEach(checkReadable);
  });

  it('of the example workspace, too', () => {
    const { artifacts } = compiled(quantumSuite());
    expect(artifacts!.length).toBeGreaterThan(20);
    artifacts!.forEach(checkReadable);
  });
});

function texts({ artifacts }: Compilation): Map<string, string> {
  return new Map(artifacts!.map(({ path, text }) => [path, text]));
}

/** Every document in a file of its own, in another order. */
function scattered(specs: Specs): SourceFile[] {
  return [...specs]
    .reverse()
    .map((each, index) =>
      asFile([each], index === specs.length - 1 ? 'specs/z.yaml' : `specs/a/${index % 3}/f${index}.yaml`),
    );
}

describe('where documents stand', () => {
  it('changes nothing in what comes out', () => {
    for (const { specs, compilation } of accepted.slice(0, 20)) {
      const project = specs.findIndex(({ kind }) => kind === 'Project');
      expect(project).toBe(0);
      expect(texts(compiled(scattered(specs)))).toEqual(texts(compilation));
      expect(texts(compiled([asFile([...specs].reverse())]))).toEqual(texts(compilation));
    }
  });

  it('nor does the order of files in the example workspace', () => {
    const files = quantumSuite();
    expect(texts(compiled([...files].reverse()))).toEqual(texts(compiled(files)));
  });
});
