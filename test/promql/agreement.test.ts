import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExpression } from '../../src/promql/parser.ts';
import { describeWithTools } from '../tools.ts';
import { expressions } from './grammar.ts';
import { KNOWN_DIFFERENCES, knownReason } from './known-differences.ts';
import { edited, mistyped } from './mutation.ts';
import { type Promtool, promtools, refusals } from './promtool.ts';
import { VALID, VALID_BEHIND_FLAGS, VALID_SINCE_3 } from './valid-expressions.ts';

const REAL = [...VALID, ...VALID_SINCE_3, ...VALID_BEHIND_FLAGS];
const FLAG = 'promql-experimental-functions';
/** promtool has the flag from 3.4 on. Source: prometheus/prometheus, CHANGELOG.md, 3.4. */
const FLAG_SINCE = 3004;

interface Judge extends Promtool {
  readonly flags: readonly string[];
}

const judges: readonly Judge[] = promtools().flatMap((tool) => {
  const [major, minor] = tool.version.split('.').map(Number);
  const plain = { ...tool, flags: [] };
  return major! * 1000 + minor! >= FLAG_SINCE ? [plain, { ...tool, flags: [FLAG] }] : [plain];
});

/** The expressions that the example workspaces compile to. */
function workspaceExpressions(): string[] {
  const out = fileURLToPath(new URL('../../out', import.meta.url));
  const files = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  const found = new Set<string>();
  const visit = (_key: string, value: unknown) => {
    if (_key === 'expr' && typeof value === 'string') found.add(value);
    return value;
  };
  for (const file of files) JSON.parse(readFileSync(`${out}/${file}`, 'utf8'), visit);
  return [...found];
}

/** Where verdicts differ for no known reason, in words; and how often they agree. */
function compare(judge: Judge, texts: readonly string[]): { unexplained: string[]; known: number; accepted: number } {
  const refused = refusals(judge, texts, judge.flags);
  const unexplained: string[] = [];
  let known = 0;
  texts.forEach((text, index) => {
    const { faults } = parseExpression(text, { version: judge.version, flags: judge.flags });
    const said = refused.get(index);
    if ((faults.length === 0) === (said === undefined)) return;
    if (knownReason(text, judge.version.split('.', 2).join('.'), faults.length === 0)) known++;
    else unexplained.push(`${text}\n  we: ${faults[0]?.message ?? 'valid'}\n  promtool: ${said ?? 'valid'}`);
  });
  return { unexplained, known, accepted: texts.length - refused.size };
}

describeWithTools(['promtool'], 'our verdict is that of promtool', () => {
  const sampled = { numRuns: 4_000, seed: 4 };
  const sources: readonly (readonly [string, () => readonly string[]])[] = [
    ['expressions that are known to be valid somewhere', () => REAL],
    ['the example workspaces', workspaceExpressions],
    ['expressions of a grammar', () => fc.sample(expressions, sampled)],
    ['expressions with a token too many, too few or wrong', () => fc.sample(mistyped(REAL), sampled)],
    ['expressions with two such mistakes', () => fc.sample(mistyped(fc.sample(mistyped(REAL), sampled)), sampled)],
    [
      'expressions of a grammar with a mistake',
      () => fc.sample(mistyped(fc.sample(expressions, { numRuns: 1_000, seed: 5 })), sampled),
    ],
    ['expressions with a character too many, too few or wrong', () => fc.sample(edited(REAL), sampled)],
  ];
  describe.each(judges)('$version $flags', (judge) => {
    test.each(sources)('%s', (_title, texts) => {
      const all = [...new Set(texts())].filter((text) => text.trim() !== '');
      const { unexplained, known, accepted } = compare(judge, all);
      expect(unexplained).toEqual([]);
      expect(accepted).toBeGreaterThan(0);
      expect(known / all.length).toBeLessThan(0.001);
    });
  });
});

describeWithTools(['promtool'], 'known differences', () => {
  const shortVersion = ({ version }: Judge) => version.split('.', 2).join('.');

  test.for(KNOWN_DIFFERENCES)('$example', ({ example, weSay, reason, versions }, { skip }) => {
    const concerned = judges.filter((judge) => versions?.includes(shortVersion(judge)) ?? true);
    if (concerned.length === 0) skip(`no promtool ${versions?.join(' or ')} at hand`);
    const differing = concerned.filter((judge) => compare(judge, [example]).known > 0);
    expect(differing).not.toEqual([]);
    expect(knownReason(example, shortVersion(differing[0]!), weSay === 'valid')).toBe(reason);
  });
});
