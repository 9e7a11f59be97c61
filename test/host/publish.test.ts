import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HostError } from '../../src/host/host.ts';
import { readOut, stageTo } from '../../src/host/out-folder.ts';
import { pendingPublication, publish, recover } from '../../src/host/publish.ts';
import type { PublishPlan } from '../../src/output/plan.ts';
import { planPublication, type SourcedArtifact } from '../../src/pipeline/plan.ts';
import { hasErrors } from '../../src/source/diagnostic.ts';
import { type MemoryHost, memoryHost } from '../memory-host.ts';
import { type FaultMode, faultyHost } from './faulty-host.ts';

const ROOT = 'out/suite';

type Texts = Readonly<Record<string, string>>;

function artifacts(texts: Texts): SourcedArtifact[] {
  return Object.entries(texts).map(([path, text]) => ({
    path,
    text,
    target: 't',
    verifier: 'none',
    origins: new Map(),
    sources: [],
  }));
}

async function planFor(host: MemoryHost, texts: Texts): Promise<PublishPlan> {
  const out = await readOut(host, ROOT, Object.keys(texts));
  const [plan, diagnostics] = planPublication({ project: 'suite', folder: ROOT, artifacts: artifacts(texts), out });
  expect(hasErrors(diagnostics), JSON.stringify(diagnostics)).toBe(false);
  return plan;
}

async function publishTexts(host: MemoryHost, texts: Texts): Promise<void> {
  await publish(host, ROOT, await planFor(host, texts));
}

/** The published files without the manifest. */
function tree(host: MemoryHost): Texts {
  const { 'manifest.json': _, ...texts } = host.texts(ROOT);
  return texts;
}

const OLD: Texts = {
  'kept.yaml': 'kept',
  'rules/changed.yaml': 'old',
  'rules/deep/stale.yaml': 'stale',
  'file-then-folder': 'flat',
  'folder-then-file/a/b': 'deep',
  'Case.yaml': 'same',
  'edited.yaml': 'ours',
};
const NEW: Texts = {
  'kept.yaml': 'kept',
  'rules/changed.yaml': 'new',
  'rules/new/added.yaml': 'added',
  'file-then-folder/x': 'deep',
  'folder-then-file': 'flat',
  'case.yaml': 'same',
  'edited.yaml': 'ours',
};
const FOREIGN: Texts = { 'rules/mine.yaml': 'mine', 'notes.md': 'notes' };
const AFTER: Texts = { ...NEW, ...FOREIGN };

/** An output folder before a publication, and the plan for it. */
interface World {
  readonly name: string;
  set(): Promise<{ host: MemoryHost; plan: PublishPlan }>;
}

async function crowd(ignoreCase: boolean): ReturnType<World['set']> {
  const host = memoryHost({ ignoreCase });
  await publishTexts(host, OLD);
  for (const [path, text] of Object.entries({ ...FOREIGN, 'edited.yaml': 'by hand' })) {
    await host.writeText(`${ROOT}/${path}`, text, { durable: true });
  }
  for (const folder of ['.', 'out', ROOT, `${ROOT}/rules`]) await host.syncFolder(folder);
  return { host, plan: await planFor(host, NEW) };
}

/** The old files are there, a file was edited by hand, and strangers live beside them. */
const crowded: World = { name: 'a folder in which everything moves', set: () => crowd(false) };

const empty: World = {
  name: 'no folder',
  async set() {
    const host = memoryHost();
    return { host, plan: await planFor(host, NEW) };
  },
};

const calm: World = {
  name: 'a folder in which files change',
  async set() {
    const host = memoryHost();
    await publishTexts(host, { 'a/b': 'old', 'a/c/d': 'old', e: 'old' });
    return { host, plan: await planFor(host, { 'a/b': 'new', 'a/c/d': 'new', e: 'new' }) };
  },
};

const caseless: World = { name: 'the same where case is ignored', set: () => crowd(true) };

const worlds: readonly World[] = [crowded, empty, calm, caseless];
const modes: readonly FaultMode[] = ['before', 'after', 'torn'];

/** How many changes a publication makes, and the files before and after it, the manifest included. */
async function survey(world: World): Promise<{ changes: number; before: Texts; after: Texts }> {
  const { host, plan } = await world.set();
  const before = host.texts(ROOT);
  const counter = faultyHost(host, Number.POSITIVE_INFINITY, 'before', false);
  await publish(counter.host, ROOT, plan);
  return { changes: counter.count(), before, after: host.texts(ROOT) };
}

/** Another process on the same disk, after the first one died. */
function nextProcess(host: MemoryHost): MemoryHost {
  return { ...host, pid: host.pid + 1, isRunning: () => false };
}

function* product(
  count: number,
  kinds: readonly FaultMode[],
  switches: readonly boolean[],
): Generator<[number, FaultMode, boolean]> {
  for (let index = 0; index < count; index++) {
    for (const kind of kinds) for (const on of switches) yield [index, kind, on];
  }
}

describe('publish', () => {
  it.each([crowded, caseless])(
    'writes, removes and keeps, and leaves nothing of its own behind: $name',
    async (world) => {
      const { host, plan } = await world.set();
      const keptAt = host.writtenAt(`${ROOT}/kept.yaml`);
      await publish(host, ROOT, plan);
      expect(tree(host)).toEqual(AFTER);
      expect(host.writtenAt(`${ROOT}/kept.yaml`)).toBe(keptAt);
      const folders = (await host.list(ROOT)).filter(({ kind }) => kind === 'folder').map(({ path }) => path);
      expect(folders).toEqual(['file-then-folder', 'rules', 'rules/new']);
    },
  );

  it('does not touch anything the second time', async () => {
    const { host, plan } = await crowded.set();
    await publish(host, ROOT, plan);
    const again = faultyHost(host, 0, 'before', true);
    await publishTexts(again.host, NEW);
    expect(again.count()).toBe(0);
  });

  it('leaves the manifest alone when only an edited file is put back', async () => {
    const host = memoryHost();
    await publishTexts(host, OLD);
    const writtenAt = host.writtenAt(`${ROOT}/manifest.json`);
    await host.writeText(`${ROOT}/edited.yaml`, 'by hand');
    await publishTexts(host, OLD);
    expect(tree(host)).toEqual(OLD);
    expect(host.writtenAt(`${ROOT}/manifest.json`)).toBe(writtenAt);
  });

  it('removes everything when nothing is generated any more', async () => {
    const host = memoryHost();
    await publishTexts(host, OLD);
    await publishTexts(host, {});
    expect((await host.list(ROOT)).map(({ path }) => path)).toEqual(['manifest.json']);
  });

  it('is on the disk when it returns', async () => {
    const { host, plan } = await crowded.set();
    await publish(host, ROOT, plan);
    const texts = host.texts(ROOT);
    host.losePower();
    expect(await pendingPublication(host, ROOT)).toBe(false);
    await recover(nextProcess(host), ROOT);
    expect(host.texts(ROOT)).toEqual(texts);
  });

  it.each(worlds)('leaves all or nothing when it dies at any change: $name', async (world) => {
    const { changes, before, after } = await survey(world);
    const outcomes = new Set<string>();
    for (const [change, mode, powerFails] of product(changes, modes, [false, true])) {
      const where = `${mode} at ${change}${powerFails ? ', power fails' : ''}`;
      const { host, plan } = await world.set();
      await expect(publish(faultyHost(host, change, mode, true).host, ROOT, plan), where).rejects.toThrow(HostError);
      if (powerFails) host.losePower();
      const next = nextProcess(host);
      const decided = await pendingPublication(next, ROOT);
      const outcome = await recover(next, ROOT);
      expect(outcome === 'completed', where).toBe(decided);
      expect(decided ? [after] : [before, after], where).toContainEqual(host.texts(ROOT));
      outcomes.add(`${outcome} ${host.texts(ROOT)['manifest.json'] === after['manifest.json'] ? 'new' : 'old'}`);
    }
    expect(outcomes).toContain('completed new');
    expect(outcomes).toContain('discarded old');
  });

  it('survives that its recovery dies, too', async () => {
    const surveys = new Map<World, Awaited<ReturnType<typeof survey>>>();
    for (const world of worlds) surveys.set(world, await survey(world));
    const death = fc.record({
      at: fc.double({ min: 0, max: 0.999, noNaN: true }),
      mode: fc.constantFrom(...modes),
      powerFails: fc.boolean(),
    });
    const property = fc.asyncProperty(fc.constantFrom(...worlds), death, death, async (world, first, second) => {
      const { changes, before, after } = surveys.get(world)!;
      const { host, plan } = await world.set();
      await publish(faultyHost(host, Math.floor(first.at * changes), first.mode, true).host, ROOT, plan).catch(
        () => {},
      );
      if (first.powerFails) host.losePower();
      await recover(faultyHost(nextProcess(host), Math.floor(second.at * changes), second.mode, true).host, ROOT).catch(
        () => {},
      );
      if (second.powerFails) host.losePower();
      await recover(nextProcess(host), ROOT);
      expect([before, after]).toContainEqual(host.texts(ROOT));
    });
    await fc.assert(property, { numRuns: 500 });
  });

  it.each(worlds)('lives through the failure of any single change: $name', async (world) => {
    const { changes, before, after } = await survey(world);
    for (const [change, mode] of product(changes, modes, [false])) {
      const where = `${mode} at ${change}`;
      const { host, plan } = await world.set();
      const failure: unknown = await publish(faultyHost(host, change, mode, false).host, ROOT, plan).catch(
        (error) => error,
      );
      const decided = await pendingPublication(host, ROOT);
      if (failure !== undefined) expect(failure, where).toBeInstanceOf(HostError);
      if (String(failure).includes('half done')) expect(decided, where).toBe(true);
      await recover(host, ROOT);
      expect(decided ? [after] : [before, after], where).toContainEqual(host.texts(ROOT));
    }
  });

  it('refuses to start on top of an interrupted publication', async () => {
    const { host, plan } = await crowded.set();
    await host.makeFolders(`${ROOT}/.qmon`);
    await host.writeText(`${ROOT}/.qmon/journal.json`, '{"version":1,"write":[],"remove":[]}');
    await expect(publish(host, ROOT, plan)).rejects.toThrow(
      'a publication in `out/suite` was interrupted; run `qmon generate` again',
    );
    expect(await recover(host, ROOT)).toBe('completed');
    expect(tree(host)).toEqual({ ...OLD, ...FOREIGN, 'edited.yaml': 'by hand' });
  });

  it.each([
    '',
    '{}',
    '{"version":2,"write":[],"remove":[]}',
    '{"version":1,"write":[{"path":"../x","staged":"0"}],"remove":[]}',
  ])('does not follow the broken journal %j', async (text) => {
    const { host } = await crowded.set();
    await host.makeFolders(`${ROOT}/.qmon`);
    await host.writeText(`${ROOT}/.qmon/journal.json`, text);
    await expect(recover(host, ROOT)).rejects.toThrow(
      'cannot be read; delete the folder that it is in and run `qmon generate`',
    );
  });

  it('does not delete what somebody put where a stale file was', async () => {
    const { host, plan } = await crowded.set();
    const renames = {
      ...host,
      rename: async (from: string, to: string) => {
        if (to.endsWith('manifest.json')) throw new HostError(to, 'dead');
        await host.rename(from, to);
      },
    };
    await publish(renames, ROOT, plan).catch(() => {});
    await host.makeFolders(`${ROOT}/rules/deep`);
    await host.writeText(`${ROOT}/rules/deep/stale.yaml`, 'precious');
    expect(await recover(nextProcess(host), ROOT)).toBe('completed');
    expect(tree(host)).toEqual({ ...AFTER, 'rules/deep/stale.yaml': 'precious' });
  });

  it('does not follow a link that was put in the way', async () => {
    const { host, plan } = await crowded.set();
    await host.makeFolders('elsewhere/new');
    host.link(`${ROOT}/rules/new`, '../../../elsewhere/new');
    await expect(publish(host, ROOT, plan)).rejects.toThrow(
      '`out/suite/rules/new` is no folder, and qmon did not make it; the publication is half done',
    );
    expect(host.texts('elsewhere')).toEqual({});
  });
});

describe('the lock', () => {
  const lockFile = `${ROOT}/.qmon/lock`;

  async function locked(text: string): Promise<MemoryHost> {
    const host = memoryHost({ pid: 100 });
    await host.makeFolders(`${ROOT}/.qmon`);
    await host.writeText(lockFile, text);
    return host;
  }

  it('keeps a second qmon away while the first one lives', async () => {
    const host = await locked('7 memory\n');
    host.running.add(7);
    const message =
      'another qmon is publishing (process 7 on memory); when none is running, delete `out/suite/.qmon/lock` and try again';
    await expect(publishTexts(host, NEW)).rejects.toThrow(message);
    await expect(recover(host, ROOT)).rejects.toThrow(message);
    expect(host.texts(ROOT)).toEqual({ '.qmon/lock': '7 memory\n' });
  });

  it('keeps away from a process that it cannot look at', async () => {
    await expect(publishTexts(await locked('7 other\n'), NEW)).rejects.toThrow('process 7 on other');
  });

  it.each(['7 memory\n', '100 memory\n', '', 'rubbish'])('takes over the stale lock %j', async (text) => {
    const host = await locked(text);
    await publishTexts(host, NEW);
    expect(tree(host)).toEqual(NEW);
  });

  it('puts a lock back that came alive while it was taken over', async () => {
    const host = await locked('7 memory\n');
    const rename = host.rename;
    const racing = {
      ...host,
      rename: async (from: string, to: string) => {
        if (from === lockFile) {
          host.running.add(8);
          await host.writeText(lockFile, '8 memory\n');
        }
        await rename(from, to);
      },
    };
    await expect(publishTexts(racing, NEW)).rejects.toThrow('another qmon is publishing (process 8 on memory)');
    expect(host.texts(ROOT)).toEqual({ '.qmon/lock': '8 memory\n' });
  });

  it('lets one of two win that start at once', async () => {
    const host = memoryHost();
    const others = [101, 102, 103].map((pid) => ({ ...host, pid, isRunning: () => true }));
    const outcomes = await Promise.allSettled(others.map((each) => publishTexts(each, NEW)));
    expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(HostError);
    expect(tree(host)).toEqual(NEW);
  });
});

describe('readOut', () => {
  it('reads the content of our own files alone', async () => {
    const { host } = await crowded.set();
    host.link(`${ROOT}/link`, '../..');
    const { entries, manifest } = await readOut(host, ROOT, ['notes.md']);
    const kinds = Object.fromEntries(
      [...entries].map(([path, entry]) => [path, 'sha256' in entry ? 'read' : entry.kind]),
    );
    expect(kinds).toMatchObject({
      'kept.yaml': 'read',
      'notes.md': 'read',
      'rules/mine.yaml': 'file',
      rules: 'folder',
      link: 'link',
    });
    expect(kinds['manifest.json']).toBeUndefined();
    expect(manifest).toContain('"project": "suite"');
  });

  it('finds nothing where there is nothing', async () => {
    expect(await readOut(memoryHost(), ROOT, ['a'])).toEqual({ entries: new Map() });
  });

  it('does not take a folder for a manifest', async () => {
    const host = memoryHost({ files: { [`${ROOT}/manifest.json/x`]: '' } });
    await expect(readOut(host, ROOT, [])).rejects.toThrow('`out/suite/manifest.json` is a folder, not a file');
  });
});

describe('stageTo', () => {
  it('writes artifacts into a folder for the tools that look at them', async () => {
    const host = memoryHost();
    const folder = await host.temporaryFolder();
    await stageTo(host, folder, artifacts(NEW));
    expect(host.texts(folder)).toEqual(NEW);
  });

  it('never writes outside that folder', async () => {
    const host = memoryHost();
    await expect(stageTo(host, '/tmp', artifacts({ '../x': '' }))).rejects.toThrow('internal error');
  });
});
