import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it, test } from 'vitest';
import { resourceName } from '../../src/model/names.ts';
import type { Model } from '../../src/model/types.ts';
import type { Artifact } from '../../src/output/artifact.ts';
import { type Compilation, compile } from '../../src/pipeline/compile.ts';
import { positionAt } from '../../src/source/span.ts';
import { parseYaml } from '../../src/source/yaml.ts';
import { locateFindings } from '../../src/verify/locate.ts';
import { judgedFiles, toolRuns } from '../../src/verify/runs.ts';
import { caseFolders, specFiles } from '../case-folder.ts';
import { describeWithTools, versionsOf } from '../tools.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const isPrometheusRule = new Ajv({ allErrors: true, strictTypes: false }).compile(
  JSON.parse(readFileSync(join(here, 'prometheus-rule.schema.json'), 'utf8')),
);

interface Resource {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: { readonly groups: readonly object[] };
  readonly data?: Readonly<Record<string, string>>;
}

function withFormat(format: Model['project']['prometheus']['format']): (model: Model) => Model {
  const named = { namespace: 'monitoring', labels: { release: 'stack' } };
  return ({ project, ...model }) => {
    const { prometheus } = project;
    const operator = { ...prometheus.operator, ...named };
    return { ...model, project: { ...project, prometheus: { ...prometheus, format, operator } } };
  };
}

/** Every case that compiles, as if it had asked for resources. */
const compiled: readonly Compilation[] = caseFolders(join(here, '../cases')).flatMap(({ folder, name }) => {
  const [compilations] = compile(specFiles(join(folder, 'specs'), name), { adjust: withFormat('operator') });
  return compilations.filter(({ artifacts }) => artifacts !== undefined);
});

function value({ path, text }: Artifact): Resource {
  return parseYaml({ path, text })[0][0]!.value as Resource;
}

const resources = compiled.flatMap(({ artifacts = [] }) =>
  artifacts.filter(({ path }) => /^\w+\/operator\//.test(path)),
);

describe('resources of Kubernetes', () => {
  it('are PrometheusRules as the operator publishes them, and ConfigMaps', () => {
    const kinds = resources.map((artifact) => {
      const resource = value(artifact);
      if (resource.kind === 'PrometheusRule')
        expect(isPrometheusRule(resource) || isPrometheusRule.errors, artifact.path).toBe(true);
      else expect(resource.kind).toBe('ConfigMap');
      return resource.kind;
    });
    expect(kinds.filter((kind) => kind === 'PrometheusRule').length).toBeGreaterThan(20);
    expect(kinds.filter((kind) => kind === 'ConfigMap').length).toBeGreaterThan(10);
  });

  it('are held against a schema that refuses what the operator does not know', () => {
    const rule = { alert: 'A', expr: 'up', for: '5 minutes' };
    const bad = {
      apiVersion: 'v1',
      kind: 'PrometheusRule',
      metadata: { name: 'A' },
      spec: { groups: [{ rules: [rule] }] },
    };
    expect(isPrometheusRule(bad)).toBe(false);
    expect(isPrometheusRule.errors?.map(({ instancePath }) => instancePath).sort()).toEqual(
      ['/apiVersion', '/metadata/name', '/spec/groups/0', '/spec/groups/0/rules/0/for'].sort(),
    );
  });

  it('have a name that no other of the project has, and data that no other overwrites', () => {
    for (const { artifacts = [] } of compiled) {
      const own = artifacts.filter((each) => resources.includes(each)).map(value);
      const names = own.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
      expect(new Set(names).size).toBe(names.length);
      const keys = own.flatMap(({ data = {} }) => Object.keys(data));
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  it('carry what the files say', () => {
    const folder = join(here, '../cases/accepted/operator');
    const [[files]] = compile(specFiles(join(folder, 'specs'), 'specs'), { adjust: withFormat('both') });
    const text = (path: string) => files!.artifacts!.find((each) => each.path === path)!;
    expect(value(text('prometheus/operator/checkout.yml')).spec).toEqual(value(text('prometheus/rules/checkout.yml')));
    expect(value(text('grafana/operator/orders.yml')).data).toEqual({
      'web-shop.orders.json': text('grafana/dashboards/orders.json').text,
    });
  });
});

describe('the name of a resource', () => {
  test.each([
    [{ name: 'shop' }, undefined, 'shop'],
    [{ name: 'shop' }, 'checkout', 'shop.checkout'],
    [{ name: 'shop', environment: { name: 'staging' } }, 'platform/checkout', 'shop.staging.platform.checkout'],
  ])('%j %s', (project, part, name) => {
    expect(resourceName(project, part)).toBe(name);
  });

  it('is cut where it would be too long, and still differs', () => {
    const long = (last: string) =>
      resourceName({ name: 'a'.repeat(63) }, [...Array(4).fill('b'.repeat(63)), last].join('/'));
    expect(long('c')).toHaveLength(248);
    expect(long('c')).not.toBe(long('d'));
  });
});

const LARGE = (rules: number, words: number) => `kind: Project
metadata: { name: shop }
spec: { targets: { prometheus: { format: operator } } }
---
kind: Service
metadata: { name: cart }
---
kind: AlertPolicy
metadata: { name: cart }
spec:
  service: cart
  rules: [${Array.from({ length: rules }, (_, index) => `{ alert: A${index}, expr: up == ${index}, severity: critical, description: ${'x'.repeat(1000)} }`)}]
---
kind: Dashboard
metadata: { name: home }
spec: { title: Home, purpose: p, rows: [{ panels: [{ title: T, text: ${'y'.repeat(words)} }] }] }
---
kind: Channel
metadata: { name: ops }
spec: { webhook: { url: https://ops.example.org/ } }
`;

function findings(text: string): string[] {
  const [[shop]] = compile([{ path: 'shop.yaml', text }]);
  return shop!.diagnostics.map(
    ({ code, span, message }) => `${code} ${span && positionAt(span.file, span.start).line} ${message}`,
  );
}

describe('what Kubernetes would refuse (rule/resource-too-large, dashboard/resource-too-large)', () => {
  it('are rules that the operator does not hand on', () => {
    expect(findings(LARGE(450, 10))).toEqual([]);
    expect(findings(LARGE(600, 10))).toEqual([
      expect.stringMatching(
        /^rule.resource-too-large 6 the rules of `cart` are \d+ KiB, and a PrometheusRule holds 512 KiB$/,
      ),
    ]);
  });

  it('are dashboards that are larger than a ConfigMap', () => {
    expect(findings(LARGE(1, 1_000_000))).toEqual([]);
    expect(findings(LARGE(1, 1_100_000))).toEqual([
      'dashboard/resource-too-large 14 `grafana/dashboards/home.json` is 1.1 MiB, and a ConfigMap holds 1.0 MiB',
    ]);
  });
});

/** An annotation whose template only promtool reads, in a document that promtool cannot read whole. */
/** What qmon cannot know of: the name that Prometheus gives the text of an alert, which is not to be defined again. */
const REFUSED = `kind: Project
metadata: { name: shop }
spec: { targets: { prometheus: { format: operator } } }
---
kind: AlertPolicy
metadata: { name: cart }
spec:
  rules:
    - { alert: Fine, expr: up == 0, severity: critical }
    - { alert: Slow, expr: up == 1, severity: critical, summary: '{{ define "__alert_Slow" }}x{{ end }}' }
---
kind: Channel
metadata: { name: ops }
spec: { webhook: { url: https://ops.example.org/ } }
`;

describeWithTools(['promtool'], 'promtool', () => {
  test.each(versionsOf('promtool').map((tool) => [tool.version, tool] as const))(
    '%s judges the rules of a resource',
    (_, tool) => {
      const folder = mkdtempSync(join(tmpdir(), 'qmon-test-'));
      try {
        const [[shop]] = compile([{ path: 'shop.yaml', text: REFUSED }]);
        const artifacts = shop!.artifacts!.filter(({ target }) => target === 'prometheus');
        for (const { path, text } of judgedFiles(artifacts)) {
          mkdirSync(dirname(join(folder, path)), { recursive: true });
          writeFileSync(join(folder, path), text);
        }
        const [run, ...others] = toolRuns(artifacts);
        expect(others).toEqual([]);
        expect(run!.args).toContain('prometheus/operator/_project.yml');
        const [stderr, stdout, code] = output(tool.path, run!.args, folder);
        const [found, ...more] = locateFindings(run!.parse(stdout, stderr, code), artifacts);
        expect(more).toEqual([]);
        expect(found).toMatchObject({ code: 'verify/promtool' });
        expect(positionAt(found!.span!.file, found!.span!.start)).toMatchObject({ line: 10 });
        expect(REFUSED.slice(found!.span!.start, found!.span!.end)).toBe('\'{{ define "__alert_Slow" }}x{{ end }}\'');
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});

/** Standard error, standard output and exit code. */
function output(program: string, args: readonly string[], cwd: string): readonly [string, string, number] {
  try {
    return ['', execFileSync(program, args, { cwd, encoding: 'utf8', stdio: 'pipe' }), 0];
  } catch (error) {
    const { stderr, stdout, status } = error as { stderr: string; stdout: string; status: number };
    return [stderr, stdout, status];
  }
}
