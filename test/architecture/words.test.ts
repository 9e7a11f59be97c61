import { describe, expect, it } from 'vitest';
import { filesBelow, read, root } from './sources.ts';

const FOLDERS = ['bin', 'src', 'scripts', 'templates', 'test', 'bench', 'docs', 'specs'];
const FILES = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'package.json', 'biome.json'];

/** What the build makes, and texts that other programs printed. */
const NOT_OURS = /^(src\/generated\/(validators|templates)\/|test\/verify\/recorded\/)/;

const files = [...FILES, ...FOLDERS.flatMap(filesBelow)].filter((path) => !NOT_OURS.test(path));

/** Assembled, so that this file does not name what it looks for. */
const OPEN_WORK = new RegExp(
  `\\b(${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX', 'HA' + 'CK'].join('|')})\\b(?!\\(#\\d+\\))`,
);
const HOMES = ['work', 'home', 'root', 'Users'].map((name) => `/${name}/`);

function linesWith(found: (line: string) => boolean): string[] {
  return files.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((line, index) => (found(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
}

describe('words', () => {
  it('open work has an issue', () => {
    expect(linesWith((line) => OPEN_WORK.test(line))).toEqual([]);
    expect(OPEN_WORK.test(`// ${'TO' + 'DO'}: later`)).toBe(true);
    expect(OPEN_WORK.test(`// ${'TO' + 'DO'}(#12): later`)).toBe(false);
  });

  it('no path of a machine is written down', () => {
    const isOfMachine = (line: string) =>
      line.includes(root) || HOMES.some((home) => new RegExp(`(^|[\\s"'\`(=:])${home}`).test(line));
    expect(linesWith(isOfMachine)).toEqual([]);
    expect(isOfMachine(`cd ${HOMES[1]}someone`)).toBe(true);
  });
});
