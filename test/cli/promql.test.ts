import { describe, expect, it } from 'vitest';
import { guarded } from '../../src/cli/command.ts';
import { run } from '../../src/cli/commands/promql.ts';
import { memoryHost } from '../memory-host.ts';

interface Call {
  readonly stdin?: string;
  readonly terminal?: boolean;
  readonly version?: string;
  readonly features?: readonly string[];
  readonly format?: 'text' | 'json';
}

async function promql(expressions: readonly string[], call: Call = {}) {
  const { stdin = '', terminal = false, version, features, format = 'text' } = call;
  const host = memoryHost({ stdin });
  const options = {
    format,
    ...(version !== undefined && { prometheusVersion: version }),
    ...(features && { enableFeature: features }),
  };
  const code = await guarded({}, (console) => run(console, expressions, options), {
    ...host,
    isTty: (stream) => terminal && stream === 'stdin',
  });
  return { code, ...host.printed };
}

const objects = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('promql', () => {
  it('prints the canonical form and what it gives, which is PromQL again', async () => {
    const texts = ["sum(rate(a{b='c'}[60s]))by(job)", 'sum(a)', '1+2', 'a[5m]', '"x"', 'rate(a[$__rate_interval])'];
    const { code, stdout, stderr } = await promql(texts);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const blocks = stdout.trimEnd().split('\n\n');
    expect(blocks).toEqual([
      'sum by (job) (rate(a{b="c"}[60s]))\n# an instant vector with the label job at most',
      'sum(a)\n# an instant vector without labels',
      '1 + 2\n# a number',
      'a[5m]\n# a range of samples',
      '"x"\n# a text',
      'rate(a[$__rate_interval])\n# an instant vector',
    ]);
    expect(await promql(blocks)).toEqual({ code, stdout, stderr });
  });

  it('prints every fault at its characters, beside what is valid', async () => {
    const { code, stdout } = await promql(['up', 'raet(a[5m]) + sum(b[5m])']);
    expect(code).toBe(1);
    expect(stdout).toBe(
      [
        'up\n# an instant vector\n',
        'argument 2:1:1 error  promql/unknown-function',
        '  there is no function `raet`',
        '    1 | raet(a[5m]) + sum(b[5m])\n      | ^^^^\n  help: did you mean `rate`?\n',
        'argument 2:1:19 error  promql/type',
        '  the operand of `sum` must be an instant vector, not a range of samples',
        '    1 | raet(a[5m]) + sum(b[5m])\n      |                   ^^^^^',
        '  help: put a function around it, as in `rate(…)`, or remove the range\n',
      ].join('\n'),
    );
  });

  it('reads one expression a line from standard input', async () => {
    const stdin = 'up\r\n\n  rate(up)\nsum(up)';
    const { code, stdout } = await promql([], { stdin });
    expect(code).toBe(1);
    expect(stdout).toContain('standard input:3:8 error  promql/type');
    const mixed = await promql(['a', '-', 'b'], { stdin, format: 'json' });
    expect(objects(mixed.stdout).map(({ expr }) => expr)).toEqual(['a', 'up', '  rate(up)', 'sum(up)', 'b']);
  });

  it('prints an object a line for programs, offsets in UTF-16', async () => {
    const { code, stdout } = await promql(['sum by (b, a) (x)', '{a="😀"} + rate(é)', '$x'], { format: 'json' });
    expect(code).toBe(1);
    expect(objects(stdout)).toEqual([
      {
        expr: 'sum by (b, a) (x)',
        ok: true,
        errors: [],
        type: 'vector',
        formatted: 'sum by (b, a) (x)',
        labels: ['b', 'a'],
      },
      { expr: '{a="😀"} + rate(é)', ok: false, errors: [expect.objectContaining({ start: 16, end: 17 })] },
      { expr: '$x', ok: true, errors: [], type: 'any', formatted: '$x' },
    ]);
  });

  it('judges for a version and its flags', async () => {
    const features = ['promql-experimental-functions'];
    const codes = await Promise.all([
      promql(['limitk(1, a)'], { version: '2.53' }),
      promql(['limitk(1, a)'], { version: 'v3.5.1' }),
      promql(['limitk(1, a)'], { version: '3.5', features }),
      promql(['holt_winters(a[5m], 0.5, 0.5)'], { version: '2.53' }),
      promql(['holt_winters(a[5m], 0.5, 0.5)']),
    ]);
    expect(codes.map(({ code }) => code)).toEqual([1, 1, 0, 0, 1]);
    expect(codes[1]!.stdout).toContain('--enable-feature=promql-experimental-functions');
  });

  it.each<[string, readonly string[], Call, string]>([
    ['no expression at a terminal', [], { terminal: true }, 'no expression'],
    ['none on standard input', ['-'], { stdin: '\n \n' }, 'no expression'],
    ['standard input twice', ['-', '-'], { stdin: 'up' }, 'only once'],
    ['what is no version', ['up'], { version: 'latest' }, '`latest`'],
    ['a version that is too old', ['up'], { version: '2.41' }, 'write 2.42 or newer'],
    [
      'a flag that there is not',
      ['up'],
      { features: ['promql-experimental-function'] },
      'did you mean `promql-experimental-functions`?',
    ],
  ])('refuses %s', async (_, expressions, call, said) => {
    const { code, stdout, stderr } = await promql(expressions, call);
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toContain(said);
  });
});
