import { afterAll, describe, expect, it } from 'vitest';
import { read } from '../architecture/sources.ts';
import { looksLike, perform, stepsOf, Trial } from './executed.ts';

const PAGES = ['README.md', 'docs/guide.md', 'docs/tutorial.md'];

describe.each(PAGES)('%s', (page) => {
  const steps = stepsOf(read(page));
  const trial = new Trial();
  afterAll(() => trial.remove());

  it('does what it says', async () => {
    expect(steps.filter(({ type }) => type === 'run').length).toBeGreaterThan(3);
    for (const step of steps) await perform(trial, page, step);
  });
});

describe('a page that is run', () => {
  it('is read as steps', () => {
    const page = [
      '<!-- file: a.yaml -->\n```yaml\nkind: Team\n```',
      '<!-- exit: 1 -->\n```sh\nfalse\n```',
      '```text\nno …\n```',
      '<!-- not run -->\n```sh\nrm\n```',
    ].join('\n\n');
    expect(stepsOf(page)).toEqual([
      { type: 'file', path: 'a.yaml', text: 'kind: Team\n' },
      { type: 'run', line: 6, script: 'false\n', exitCode: 1, output: 'no …\n' },
    ]);
  });

  it('is compared with what is printed', () => {
    expect(looksLike('done in 0.3 s\n', 'done in … s\n')).toBe(true);
    expect(looksLike('done in 0.3 s, badly\n', 'done in … s\n')).toBe(false);
  });

  it('keeps its folder, and tells how a command ended', async () => {
    const trial = new Trial();
    await trial.run('mkdir inner && cd inner');
    expect(await trial.run('pwd; echo wrong >&2; exit 3')).toEqual({
      exitCode: 3,
      output: expect.stringMatching(/inner\nwrong\n$/),
    });
    trial.remove();
  });
});
