import { describe, expect, it } from 'vitest';
import { guarded, unknownNames } from '../../src/cli/command.ts';
import { type Console, consoleOf, type GlobalOptions } from '../../src/cli/console.ts';
import { Stop, usage } from '../../src/cli/exit.ts';
import { absoluteSegments, below, folderArgument, isWithin } from '../../src/cli/folder.ts';
import { withProgress } from '../../src/cli/progress.ts';
import { type Host, HostError } from '../../src/host/host.ts';
import { memoryHost } from '../memory-host.ts';

/** A host whose streams are terminals. */
function terminalHost(env: Readonly<Record<string, string>> = {}) {
  return { ...memoryHost({ env }), isTty: () => true, columns: () => 20 };
}

describe('guarded', () => {
  async function ended(work: (console: Console) => Promise<number>, options: GlobalOptions = {}) {
    const host = memoryHost();
    const code = await guarded(options, work, host);
    return { code, ...host.printed };
  }

  const failing = (error: unknown) => async () => {
    throw error;
  };

  it('gives the exit code of the work', async () => {
    expect(await ended(async ({ result }) => result('done').then(() => 2))).toEqual({
      code: 2,
      stdout: 'done\n',
      stderr: '',
    });
  });

  it.each([
    [usage('wrong', 'do it right'), 64, 'qmon: wrong\nhelp: do it right\n'],
    [new Stop(69, 'missing'), 69, 'qmon: missing\n'],
    [new HostError('a', 'cannot read `a`'), 74, 'qmon: cannot read `a`\n'],
  ])('says what %s says', async (error, code, stderr) => {
    expect(await ended(failing(error))).toEqual({ code, stdout: '', stderr });
  });

  it.each([[new TypeError('x is not a function')], ['x is not a function']])('asks to report %s', async (error) => {
    const { code, stderr } = await ended(failing(error));
    expect(code).toBe(70);
    expect(stderr).toMatch(
      /^qmon: this is a bug in qmon \S+ \(Node v\S+\): x is not a function; please report it .*`--verbose` prints more\n$/,
    );
  });

  it('keeps its exit code where not even the message can be printed', async () => {
    const print = failing(new HostError('stderr', 'cannot write'));
    expect(await guarded({}, failing(usage('wrong')), { ...memoryHost(), print })).toBe(64);
  });

  it('listens for signals as long as the work goes on', async () => {
    let listening = 0;
    const host: Host = {
      ...memoryHost(),
      onSignal: () => {
        listening += 1;
        return () => {
          listening -= 1;
        };
      },
    };
    await guarded(
      {},
      async ({ inTemporaryFolder }) => {
        expect(listening).toBe(1);
        return inTemporaryFolder(async () => listening);
      },
      host,
    ).then((during) => expect(during).toBe(2));
    expect(listening).toBe(0);
  });
});

describe('names', () => {
  it('are known, or the nearest is proposed', () => {
    expect(unknownNames('target', ['a'], ['a', 'b'])).toBeUndefined();
    expect(unknownNames('target', ['grafanna', 'a', 'x'], ['grafana', 'a'])).toMatchObject({
      exitCode: 64,
      message: 'unknown target `grafanna` and `x`',
      help: 'did you mean `grafana`?',
    });
    expect(unknownNames('target', ['x'], ['grafana', 'runbook'])?.help).toBe('known: grafana and runbook');
  });
});

describe('the console', () => {
  it.each([
    [{}, {}, true],
    [{ color: false }, { FORCE_COLOR: '1' }, false],
    [{}, { NO_COLOR: '1' }, false],
    [{}, { NO_COLOR: '' }, true],
    [{}, { TERM: 'dumb' }, false],
    [{}, { TERM: 'dumb', FORCE_COLOR: '' }, false],
    [{}, { TERM: 'dumb', FORCE_COLOR: '1' }, true],
    [{}, { FORCE_COLOR: 'false' }, false],
  ])('on a terminal, with %o and %o, has colour: %s', (options, env, color) => {
    expect(consoleOf(options, terminalHost(env)).color('stdout')).toBe(color);
  });

  it('removes a temporary folder whatever happens', async () => {
    const host = memoryHost();
    const { inTemporaryFolder } = consoleOf({}, host);
    const work = inTemporaryFolder(async (folder) => {
      await host.writeText(`${folder}/a`, 'a');
      expect(host.texts(folder)).toEqual({ a: 'a' });
      throw new Error(folder);
    });
    const folder = await work.catch((error: Error) => error.message);
    expect(await host.kindOf(String(folder))).toBeUndefined();
  });
});

describe('progress', () => {
  const late = () => new Promise<string>((resolve) => setTimeout(() => resolve('done'), 20));
  const shownBy = async (host: ReturnType<typeof memoryHost>, work: () => Promise<string>, patienceMs: number) => {
    expect(await withProgress(host, 'verifying with promtool', work, patienceMs)).toBe('done');
    return host.printed;
  };

  it('is one line on a terminal, cut to its width, and cleared', async () => {
    const line = 'verifying with pro …\r\u001b[K';
    expect(await shownBy(terminalHost(), late, 1)).toEqual({ stdout: '', stderr: line });
    expect(await shownBy(terminalHost(), async () => 'done', 0)).toEqual({ stdout: '', stderr: line });
  });

  it('is whole on a terminal that does not know its width', async () => {
    const { stderr } = await shownBy({ ...terminalHost(), columns: () => 0 }, late, 0);
    expect(stderr).toBe('verifying with promtool …\r\u001b[K');
  });

  it('is nothing when the work is done in time', async () => {
    expect(await shownBy(terminalHost(), late, 10_000)).toEqual({ stdout: '', stderr: '' });
  });

  it('is nothing without a terminal, on a dumb one, and for those who want it quiet', async () => {
    expect(await shownBy(memoryHost(), late, 0)).toEqual({ stdout: '', stderr: '' });
    expect(await shownBy(terminalHost({ TERM: 'dumb' }), late, 0)).toEqual({ stdout: '', stderr: '' });
    const host = terminalHost();
    await consoleOf({ quiet: true }, host).during('working', late, 0);
    expect(host.printed.stderr).toBe('');
  });

  it('is cleared when the work fails', async () => {
    const host = terminalHost();
    const work = withProgress(host, 'working', () => Promise.reject(new Error('broken')), 0);
    await expect(work).rejects.toThrow('broken');
    expect(host.printed.stderr).toBe('working …\r\u001b[K');
  });
});

describe('folders', () => {
  it.each([
    ['specs', 'specs'],
    ['./specs//shop/', 'specs/shop'],
    ['.//specs', 'specs'],
    ['./', '.'],
    ['..', '..'],
    ['../a/./b', '../a/b'],
    ['a/../b', 'a/../b'],
    ['/', '/'],
    ['//a//b/', '/a/b'],
    [' a ', ' a '],
  ])('%s is shown as %s', (text, shown) => {
    expect(folderArgument(text, 'specs')).toBe(shown);
  });

  it.each(['', ' '])('an empty one (%j) is wrong usage', (text) => {
    expect(() => folderArgument(text, 'output')).toThrow('the output folder is empty');
  });

  it('hold paths', () => {
    expect(['.', '/', 'a', '/a'].map((folder) => below(folder, 'b'))).toEqual(['b', '/b', 'a/b', '/a/b']);
    expect(absoluteSegments('../a/./b', '/x/y')).toEqual(['x', 'a', 'b']);
    expect(absoluteSegments('../../../a', '/x')).toEqual(['a']);
    const within = (path: string, folder: string) => isWithin(path, folder, '/x');
    expect([within('a/b', 'a'), within('a', './a'), within('/x/a', 'a'), within('', '.')]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([within('ab', 'a'), within('.', 'a'), within('../a', 'a')]).toEqual([false, false, false]);
  });
});
