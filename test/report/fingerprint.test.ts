import { describe, expect, it } from 'vitest';
import { fingerprints } from '../../src/report/fingerprint.ts';
import { inOrder } from '../../src/report/order.ts';
import type { Diagnostic } from '../../src/source/diagnostic.ts';
import type { SourceFile } from '../../src/source/span.ts';

const TEXT = `kind: AlertPolicy
metadata: { name: checkout }
spec:
  rules:
    - alert: Down
      severity: critical
    - alert: Slow
      severity: critical
`;

const home = [{ project: 'shop', folder: 'specs/shop' }];

interface Options {
  readonly path?: string;
  readonly code?: string;
  readonly mark?: string;
  readonly workspaces?: readonly { project: string; folder: string }[];
}

/** The fingerprints of findings at each occurrence of a text, in order. */
function marks(text: string, options: Options = {}): string[] {
  const {
    path = 'specs/shop/a.yaml',
    code = 'runbook/missing',
    mark = 'severity: critical',
    workspaces = home,
  } = options;
  const file: SourceFile = { path, text };
  const findings = [...text.matchAll(new RegExp(mark, 'g'))].map(
    ({ index }): Diagnostic => ({
      code,
      severity: 'error',
      message: `at ${index}`,
      related: [],
      span: { file, start: index, end: index + mark.length },
    }),
  );
  const ordered = inOrder(findings);
  const known = fingerprints(ordered, workspaces);
  return ordered.map((finding) => known.get(finding)!);
}

describe('fingerprints', () => {
  const [down, slow] = marks(TEXT);

  it('tell findings apart that look alike', () => {
    expect(down).toMatch(/^[0-9a-f]{32}$/);
    expect(slow).not.toBe(down);
    expect(marks(TEXT, { code: 'service/owner-missing' })[0]).not.toBe(down);
    expect(marks(TEXT, { path: 'specs/shop/b.yaml' })[0]).not.toBe(down);
    expect(marks(TEXT.replace('checkout', 'basket'))[0]).not.toBe(down);
    expect(marks(TEXT.replaceAll('critical', 'criticals'), { mark: 'severity: criticals' })[0]).not.toBe(down);
  });

  it.each([
    ['lines above', `# a\n\n---\n${TEXT}`],
    ['another rule above', TEXT.replace('  rules:\n', '  rules:\n    - alert: Other\n      severity: info\n')],
    ['the same fault above', TEXT.replace('  rules:\n', '  rules:\n    - alert: Other\n      severity: critical\n')],
    ['another layout', TEXT.replaceAll('    - ', '            - ').replaceAll('      sev', '              sev')],
    ['other line ends', TEXT.replaceAll('\n', '\r\n')],
    ['another document before', `kind: Team\nmetadata: { name: a }\n---\n${TEXT}`],
  ])('stay with %s', (_what, text) => {
    expect(marks(text)).toEqual(expect.arrayContaining([down, slow]));
  });

  it('stay wherever qmon was started', () => {
    const elsewhere = { path: '../shop/a.yaml', workspaces: [{ project: 'shop', folder: '../shop' }] };
    expect(marks(TEXT, elsewhere)).toEqual([down, slow]);
    const here = { path: 'a.yaml', workspaces: [{ project: 'shop', folder: '' }] };
    expect(marks(TEXT, here)).toEqual([down, slow]);
  });

  it('count through what is alike in everything, in broken files and pages too', () => {
    for (const [path, text] of [
      ['specs/shop/a.yaml', 'a: [severity: critical\nseverity: critical'],
      ['specs/shop/a.md', 'severity: critical severity: critical'],
    ] as const) {
      const [first, second, ...rest] = marks(text, { path });
      expect(rest).toEqual([]);
      expect(first).not.toBe(second);
      expect(marks(`\n${text}`, { path })).toEqual([first, second]);
    }
  });
});
