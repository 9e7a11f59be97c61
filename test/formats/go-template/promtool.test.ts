import fc from 'fast-check';
import { expect, test } from 'vitest';
import { usesOf } from '../../../src/formats/go-template/flow.ts';
import { readTemplate } from '../../../src/formats/go-template/read.ts';
import { describeWithTools, type ToolAt, versionsOf } from '../../tools.ts';
import { expansions, templateRefusals } from './promtool.ts';
import { runnable } from './runnable.ts';
import { generated, mistyped, REAL } from './templates.ts';

function versionOf({ version }: ToolAt): { major: number; minor: number } {
  const [major, minor] = version.split('.').map(Number);
  return { major: major!, minor: minor! };
}

/**
 * Where promtool's verdict depends on how it was built: `else with` came with Go 1.23, and Debian builds 2.53 with a
 * newer Go than the project's own binaries of that version.
 */
function dependsOnBuild(text: string): boolean {
  return /else\s+with/.test(text);
}

describeWithTools(['promtool'], 'promtool', () => {
  const samples = { numRuns: 5_000, seed: 1 };
  const texts = [...REAL, ...fc.sample(mistyped(REAL), samples), ...fc.sample(generated, samples)];

  test.each(versionsOf('promtool'))('$version takes the same templates', (tool) => {
    const refused = templateRefusals(tool.path, texts);
    const ours = texts.map((text) => readTemplate(text, { version: versionOf(tool) }).faults.length > 0);
    const different = texts.filter((text, index) => ours[index] !== refused.has(index) && !dependsOnBuild(text));
    expect(different).toEqual([]);
    expect(refused.size).toBeGreaterThan(texts.length / 4);
    expect(texts.length - refused.size).toBeGreaterThan(texts.length / 4);
  });

  test.each(versionsOf('promtool'))('$version fails where we say that an alert would', (tool) => {
    const straight = fc.sample(runnable, { numRuns: 2_000, seed: 1 }).filter((text) => !/\b(?:and|or)\b/.test(text));
    const came = expansions(tool.path, straight);
    const found = straight.map((text) => usesOf(readTemplate(text, { version: versionOf(tool) }).template).faults);
    const fails = (index: number) => came.get(index)!.includes('<error expanding template');
    const wrong = straight.filter((_, index) => found[index]!.some(({ kind }) => kind === 'run') && !fails(index));
    expect(wrong).toEqual([]);
    const garbled = straight.filter((_, index) => fails(index) || came.get(index)!.includes('%!'));
    const foreseen = garbled.filter((text) => found[straight.indexOf(text)]!.length > 0);
    expect(foreseen.length / garbled.length).toBeGreaterThan(0.9);
  });
});
