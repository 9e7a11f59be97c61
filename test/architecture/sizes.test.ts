import { describe, expect, it } from 'vitest';
import { readSource, type Source, sources } from './sources.ts';

const LONGEST_FILE = 350;
const LONGEST_FUNCTION = 80;

/** Longer files, each with the reason why it is not two. */
const LONG_FILES: Readonly<Record<string, string>> = {
  'src/promql/sequence.ts': 'one automaton over tokens: its states refer to each other',
};

/** Generated files are as long as their schemas are. */
const written = sources.filter(({ path }) => !path.startsWith('src/generated/'));

function linesOf({ text }: Source): number {
  return text.split('\n').length - 1;
}

function longFunctions(all: readonly Source[]): string[] {
  return all.flatMap(({ path, functions }) =>
    functions.filter(({ lines }) => lines > LONGEST_FUNCTION).map(({ name, lines }) => `${path}: ${name} has ${lines}`),
  );
}

describe('sizes', () => {
  it('no file is longer than what one reads in one go', () => {
    const long = written.filter((source) => linesOf(source) > LONGEST_FILE).map(({ path }) => path);
    expect(long).toEqual(
      Object.keys(LONG_FILES)
        .sort()
        .filter((path) => long.includes(path)),
    );
  });

  it('no exception is kept that is not needed', () => {
    const short = written.filter((source) => linesOf(source) <= LONGEST_FILE).map(({ path }) => path);
    expect(Object.keys(LONG_FILES).filter((path) => short.includes(path))).toEqual([]);
  });

  it('every function fits a screen', () => {
    expect(longFunctions(written)).toEqual([]);
    const long = `export function long() {\n${'  console.log(1);\n'.repeat(79)}}\n`;
    expect(longFunctions([readSource('src/base/long.ts', long)])).toEqual(['src/base/long.ts: long has 81']);
  });

  it('most functions are short', () => {
    const lines = written.flatMap(({ functions }) => functions.map((each) => each.lines)).sort((a, b) => a - b);
    expect(lines[Math.floor(lines.length / 2)]).toBeLessThanOrEqual(12);
    expect(lines[Math.floor(lines.length * 0.9)]).toBeLessThanOrEqual(40);
  });
});
