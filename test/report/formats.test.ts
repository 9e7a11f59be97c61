import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { allCodes } from '../../src/cli/codes.ts';
import { program } from '../../src/cli/main.ts';
import { reportFormats } from '../../src/report/formats.ts';
import { inOrder } from '../../src/report/order.ts';
import type { Report } from '../../src/report/report.ts';
import type { Diagnostic, Severity } from '../../src/source/diagnostic.ts';
import type { SourceFile } from '../../src/source/span.ts';
import { checkstyleSchema, type Element, junitSchema, readXml, xmlFaults } from './schemas/xml.ts';

const shop: SourceFile = {
  path: 'specs/my shop/50% off.yaml',
  text: `kind: AlertPolicy
metadata: { name: checkout }
spec:
  rules:
    - alert: Down
      severity: critical
    - alert: Slow
      severity: critical
`,
};

function at(file: SourceFile, text: string, nth = 0) {
  let start = -1;
  for (let count = 0; count <= nth; count++) start = file.text.indexOf(text, start + 1);
  return { file, start, end: start + text.length };
}

function finding(severity: Severity, more: Partial<Diagnostic> = {}): Diagnostic {
  return { code: 'reference/unused', severity, message: 'nobody refers to `a`', related: [], ...more };
}

const nasty = '50% of `<a&"b>`,\r\nx: y ]]> ::error::\u0000\ud800';

const several: readonly Diagnostic[] = [
  finding('warning', { span: at(shop, 'checkout'), environments: ['prod', 'staging'], help: 'remove it' }),
  finding('error', {
    code: 'verify/promtool',
    message: nasty,
    span: at(shop, 'alert: Down\n      severity: critical'),
    related: [{ span: at(shop, 'Slow'), message: 'the other one' }],
    cause: { tool: 'promtool', text: nasty },
    help: nasty,
  }),
  finding('info', { code: 'slo/tier-cannot-fire' }),
  finding('error', { code: 'runbook/missing', span: at(shop, 'critical') }),
  finding('error', { code: 'runbook/missing', span: at(shop, 'critical', 1) }),
];

function report(findings: readonly Diagnostic[] = several): Report {
  return {
    version: '1.2.3',
    folder: 'specs',
    workspaces: [{ project: 'shop', folder: 'specs' }],
    findings: inOrder(findings),
    projects: [{ name: 'shop', diagnostics: findings, tools: [] }],
    files: [...new Set([...findings.flatMap(({ span }) => span?.file.path ?? []), 'specs/sound.yaml'])],
    codes: allCodes,
    color: false,
    fails: ({ severity }) => severity === 'error',
  };
}

function rendered(name: string, findings?: readonly Diagnostic[]): string {
  return reportFormats.find((each) => each.name === name)!.render(report(findings));
}

function schema(name: string) {
  const text = readFileSync(fileURLToPath(new URL(`schemas/${name}`, import.meta.url)), 'utf8');
  const { $schema: _, id: __, ...rest } = JSON.parse(text);
  return new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true }).compile(rest);
}

const isSarif = schema('sarif-2.1.0.json');
const isCodeQuality = schema('gitlab-code-quality.json');

const anyFinding = fc.record({
  severity: fc.constantFrom<Severity>('error', 'warning', 'info'),
  code: fc.constantFrom('reference/unused', 'verify/promtool', 'not/known'),
  message: fc.string({ unit: 'binary', minLength: 1 }).map((text) => `is ${text}`),
  start: fc.nat(shop.text.length),
  length: fc.nat(40),
  help: fc.option(fc.string({ unit: 'binary' }), { nil: undefined }),
  placed: fc.boolean(),
});

const anyFindings = fc.array(
  anyFinding.map(({ start, length, placed, help, severity, ...rest }) =>
    finding(severity, {
      ...rest,
      ...(help !== undefined && { help }),
      ...(placed && { span: { file: shop, start, end: Math.min(start + length, shop.text.length) } }),
    }),
  ),
  { maxLength: 30 },
);

/** Every format against its schema, whatever the findings say. */
function always(name: string, faults: (text: string) => unknown): void {
  expect(faults(rendered(name))).toEqual([]);
  expect(faults(rendered(name, []))).toEqual([]);
  fc.assert(
    fc.property(anyFindings, (findings) => {
      expect(faults(rendered(name, findings))).toEqual([]);
    }),
  );
}

describe('report formats', () => {
  it('are those that the help of `validate` lists', () => {
    vi.stubGlobal('QMON_VERSION', '0');
    const validate = program({ exitCode: 0 }).commands.find((each) => each.name() === 'validate')!;
    const { description } = validate.options.find(({ long }) => long === '--format')!;
    expect(description).toContain(`: ${reportFormats.map(({ name }) => name).join(', ')};`);
  });

  it('have a test each, below', () => {
    const names = ['text', 'json', 'github', 'sarif', 'junit', 'gitlab', 'checkstyle'];
    expect(reportFormats.map(({ name }) => name)).toEqual(names);
  });
});

describe('sarif', () => {
  const run = (findings?: readonly Diagnostic[]) => JSON.parse(rendered('sarif', findings)).runs[0];

  it('is SARIF 2.1.0', () => {
    always('sarif', (text) => (isSarif(JSON.parse(text)) ? [] : isSarif.errors));
    expect(isSarif({ version: '2.1.0', runs: [{ results: [] }] }), 'the schema refuses').toBe(false);
  });

  it('has relative paths, exact places, and rules with what is known of the code', () => {
    const { results, tool, columnKind } = run();
    expect(columnKind).toBe('utf16CodeUnits');
    const found = results.find(({ ruleId }: { ruleId: string }) => ruleId === 'verify/promtool');
    expect(found).toMatchObject({
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'specs/my%20shop/50%25%20off.yaml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 5, startColumn: 7, endLine: 6, endColumn: 25 },
          },
        },
      ],
      relatedLocations: [{ id: 1, message: { text: 'the other one' } }],
    });
    const rule = tool.driver.rules[found.ruleIndex];
    const code = allCodes.find((each) => each.code === 'verify/promtool')!;
    expect(rule).toMatchObject({
      id: 'verify/promtool',
      shortDescription: { text: code.title },
      help: { markdown: code.explain.trim() },
    });
    expect(tool.driver).toMatchObject({ name: 'qmon', version: '1.2.3' });
  });

  it('says in which environments, and gives the workspace as a whole a place', () => {
    const { results } = run();
    const unused = results.find(({ ruleId }: { ruleId: string }) => ruleId === 'reference/unused');
    expect(unused.properties).toEqual({ environments: ['prod', 'staging'] });
    expect(unused.message.text).toBe('nobody refers to `a`\nfound in prod and staging\nhelp: remove it');
    const whole = results.find(({ ruleId }: { ruleId: string }) => ruleId === 'slo/tier-cannot-fire');
    expect(whole.level).toBe('note');
    expect(whole.locations[0].physicalLocation).toMatchObject({ artifactLocation: { uri: 'specs' } });
  });

  it('has the URI of an absolute path', () => {
    const file = { ...shop, path: '/srv/specs/a.yaml' };
    const [{ locations }] = run([finding('error', { span: at(file, 'checkout') })]).results;
    expect(locations[0].physicalLocation.artifactLocation).toEqual({ uri: 'file:///srv/specs/a.yaml' });
  });
});

describe('gitlab', () => {
  it('is a Code Quality report whose fingerprints are unique', () => {
    always('gitlab', (text) => {
      const issues = JSON.parse(text);
      expect(new Set(issues.map((each: { fingerprint: string }) => each.fingerprint)).size).toBe(issues.length);
      return isCodeQuality(issues) ? [] : isCodeQuality.errors;
    });
  });

  it('has the fingerprints of sarif, and says in which environments', () => {
    const issues = JSON.parse(rendered('gitlab')) as { fingerprint: string; description: string; severity: string }[];
    const { results } = JSON.parse(rendered('sarif')).runs[0];
    expect(issues.map(({ fingerprint }) => fingerprint)).toEqual(
      results.map((each: { partialFingerprints: object }) => Object.values(each.partialFingerprints)[0]),
    );
    const unused = issues.find(({ severity }) => severity === 'minor')!;
    expect(unused.description).toBe('nobody refers to `a` (in prod and staging)');
    expect(issues.map(({ severity }) => severity).sort()).toEqual([
      'critical',
      'critical',
      'critical',
      'info',
      'minor',
    ]);
  });
});

function all(element: Element, name: string): Element[] {
  const below = element.children.flatMap((each) => all(each, name));
  return element.name === name ? [element, ...below] : below;
}

describe('junit', () => {
  it('is what junit-10.xsd allows', () => {
    always('junit', (text) => xmlFaults(readXml(text), junitSchema));
    expect(xmlFaults(readXml('<?xml version="1.0" encoding="UTF-8"?>\n<testsuite/>'), junitSchema)).toHaveLength(4);
  });

  it('counts what it holds: a failed test for each finding that fails, a passed one for each other and each sound file', () => {
    const root = readXml(rendered('junit'));
    expect(root.attributes).toMatchObject({ tests: '6', failures: '3', errors: '0' });
    for (const suite of [root, ...all(root, 'testsuite')]) {
      expect(suite.attributes.tests).toBe(String(all(suite, 'testcase').length));
      expect(suite.attributes.failures).toBe(String(all(suite, 'failure').length));
    }
    const sound = all(root, 'testsuite').find(({ attributes }) => attributes.name === 'specs/sound.yaml')!;
    expect(sound.children).toMatchObject([{ name: 'testcase', children: [] }]);
    const unused = all(root, 'testcase').find(({ attributes }) => attributes.name!.startsWith('reference/unused'))!;
    expect(unused.attributes.name).toBe('reference/unused: nobody refers to `a` (in prod and staging)');
    expect(unused.children[0]).toMatchObject({ name: 'system-out', text: expect.stringContaining(':2:19 warning') });
  });

  it('keeps what XML can hold of a text, and replaces the rest', () => {
    const failure = all(readXml(rendered('junit')), 'failure').find(
      (each) => each.attributes.type === 'verify/promtool',
    )!;
    expect(failure.text).toContain('50% of `<a&"b>`,\r\nx: y ]]> ::error::\ufffd\ufffd');
  });
});

describe('checkstyle', () => {
  it('is what Checkstyle writes', () => {
    always('checkstyle', (text) => xmlFaults(readXml(text), checkstyleSchema));
    const wrong = '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3"><error line="0"/></checkstyle>';
    expect(xmlFaults(readXml(wrong), checkstyleSchema).length).toBeGreaterThan(3);
  });

  it('has a file with its findings once', () => {
    const root = readXml(rendered('checkstyle'));
    expect(root.children.map(({ attributes, children }) => [attributes.name, children.length])).toEqual([
      ['specs', 1],
      ['specs/my shop/50% off.yaml', 4],
    ]);
    const [first] = root.children[1]!.children;
    expect(first!.attributes).toEqual({
      line: '2',
      column: '19',
      severity: 'warning',
      message: 'nobody refers to `a`\nfound in prod and staging\nhelp: remove it',
      source: 'reference/unused',
    });
  });
});

/** Reads workflow commands as the runner does. Source: https://github.com/actions/runner, src/Runner.Common/ActionCommand.cs */
function commands(text: string) {
  return text
    .split('\n')
    .filter((line) => line.trimStart().startsWith('::'))
    .map((line) => {
      const [, command, listed = '', data] = /^::(\S+?)(?: (.*?))?::(.*)$/.exec(line)!;
      const decoded = (value: string) =>
        value
          .replace(/%3A/g, ':')
          .replace(/%2C/g, ',')
          .replace(/%0D/g, '\r')
          .replace(/%0A/g, '\n')
          .replace(/%25/g, '%');
      const pairs = listed === '' ? [] : listed.split(',').map((pair) => pair.split('=').map(decoded));
      return { command: command!, properties: Object.fromEntries(pairs), data: decoded(data!) };
    });
}

describe('github', () => {
  it('escapes what would end a command or a property', () => {
    const [first, second, third, warning, notice] = commands(rendered('github'));
    expect(first).toEqual({
      command: 'error',
      properties: {
        file: 'specs/my shop/50% off.yaml',
        line: '5',
        endLine: '6',
        col: '7',
        title: 'verify/promtool',
      },
      data: `${nasty}\npromtool says: ${nasty}\nhelp: ${nasty}`,
    });
    expect([second, third].map((each) => each!.properties.line)).toEqual(['6', '8']);
    expect(warning).toMatchObject({ command: 'warning', properties: { col: '19', endColumn: '27' } });
    expect(warning!.data).toContain('\nfound in prod and staging\n');
    expect(notice).toMatchObject({ command: 'notice', properties: { file: 'specs', line: '1' } });
    expect(rendered('github', [])).toBe('');
  });

  it('gives ten of each severity at most, errors first, and lists the others', () => {
    const many = (['info', 'warning', 'error'] as const).flatMap((severity) =>
      Array.from({ length: 12 }, (_, index) => finding(severity, { message: `${severity} ${index} ::error::` })),
    );
    const text = rendered('github', many);
    const kinds = commands(text).map(({ command }) => command);
    const ten = (name: string) => Array<string>(10).fill(name);
    expect(kinds).toEqual([...ten('error'), ...ten('warning'), ...ten('notice'), 'group', 'endgroup']);
    expect(text).toContain('\n::group::6 more findings\n- specs:1:1 error  reference/unused: error 8');
    expect(text.trimEnd().split('\n')).toHaveLength(30 + 2 + 6);
  });
});

describe('text and json', () => {
  it('are what they were', () => {
    expect(rendered('text')).toContain('warning  reference/unused  in prod and staging\n');
    expect(JSON.parse(rendered('json')).summary).toEqual({ errors: 3, warnings: 1, infos: 1 });
  });
});
