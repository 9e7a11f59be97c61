import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

interface AptFile {
  readonly name: string;
  readonly text: string;
}

const script = fileURLToPath(new URL('../scripts/tools.mjs', import.meta.url));
const { debianSources, findTools, relocateAlertmanager } = (await import(script)) as {
  debianSources(
    files: readonly AptFile[],
    suites: readonly string[],
    release: string,
  ): { sources: string; list: string };
  findTools(directories: readonly string[]): Readonly<Record<string, string>>;
  relocateAlertmanager(folder: string): void;
};

const folder = mkdtempSync(join(tmpdir(), 'qmon-tools-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the apt sources that tools are fetched from', () => {
  const container = `\
Types: deb
# a snapshot
URIs: http://deb.debian.org/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://deb.debian.org/debian-security
Suites: bookworm-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`;
  const foreign = `\
Types: deb
URIs: https://apt.releases.example.com
Suites: bookworm
Components: main

Types: deb
URIs: https://download.example.com/linux/debian
Suites: bookworm
Components: stable
`;

  const read = (text: string, name = 'debian.sources', release = 'bookworm') =>
    debianSources([{ name, text }], ['bookworm', 'stable'], release);

  it('are the main archive, for the wanted release only', () => {
    expect(read(container, 'debian.sources', 'trixie')).toEqual({
      sources: `\
Types: deb
Suites: trixie
Components: main
URIs: http://deb.debian.org/debian
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`,
      list: '',
    });
  });

  it('are nobody else’s', () => {
    expect(read(foreign)).toEqual({ sources: '', list: '' });
    expect(read(container.replace('Types: deb\n#', 'Enabled: no\nTypes: deb\n#'))).toEqual({ sources: '', list: '' });
    expect(read(container.replace('Types: deb\n#', 'Types: deb-src\n#'))).toEqual({ sources: '', list: '' });
  });

  it('keep a key that is written into them', () => {
    const key = 'Signed-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQ==\n -----END PGP PUBLIC KEY BLOCK-----';
    const text = `Types: deb\nURIs: http://mirror.example/debian/\nSuites: bookworm\nComponents: main\n${key}\n`;
    expect(read(text).sources).toContain(key);
  });

  it('are read in the one-line style too', () => {
    const text = `\
# deb http://ftp.example.org/debian sid main
deb [arch=amd64 signed-by=/k.gpg] http://ftp.example.org/debian/ bookworm main non-free # ours
deb http://ftp.example.org/debian bookworm-updates main
deb http://security.debian.org/debian-security bookworm-security main
deb-src http://ftp.example.org/debian bookworm main
deb https://packages.example.com/apt sdk-bookworm main
deb mirror+file:/etc/apt/mirrors/debian.list stable main
`;
    expect(read(text, 'sources.list')).toEqual({
      sources: '',
      list: `\
deb [arch=amd64 signed-by=/k.gpg] http://ftp.example.org/debian/ bookworm main
deb mirror+file:/etc/apt/mirrors/debian.list bookworm main
`,
    });
  });
});

describe('tools', () => {
  const program = (name: string, path = folder) => {
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, name), '#!/bin/sh\n');
    chmodSync(join(path, name), 0o755);
    return join(path, name);
  };

  it('are programs; the first folder that has one wins, and Debian’s name for Alertmanager counts', () => {
    const first = join(folder, 'first');
    const second = join(folder, 'second');
    writeFileSync(join(folder, 'amtool'), 'not a program');
    const promtool = program('promtool', first);
    program('promtool', second);
    const alertmanager = program('prometheus-alertmanager', second);
    expect(findTools([folder, first, second])).toEqual({ promtool, alertmanager });
  });
});

describe('an unpacked Alertmanager', () => {
  it('reads the folder beside it, wherever and by whatever name it is started', () => {
    const tree = join(folder, 'unpacked');
    const share = join(tree, 'usr', 'share', 'prometheus', 'alertmanager');
    const bin = join(tree, 'usr', 'bin');
    for (const path of [share, bin]) mkdirSync(path, { recursive: true });
    writeFileSync(join(share, 'default.tmpl'), 'a template');
    const program = '#!/bin/sh\ncat /usr/share/prometheus/alertmanager/default.tmpl\nprintf " for %s" "$@"\n';
    writeFileSync(join(bin, 'prometheus-alertmanager'), program, { mode: 0o755 });
    const link = join(folder, 'linked-alertmanager');
    symlinkSync(join(bin, 'prometheus-alertmanager'), link);
    relocateAlertmanager(tree);
    relocateAlertmanager(tree);
    expect(spawnSync(link, ['a reader'], { cwd: tmpdir(), encoding: 'utf8' }).stdout).toBe('a template for a reader');
  });
});

describe('npm run tools', () => {
  /** Runs a copy of the script, whose `.tools` is its own, with nothing on the PATH and without Debian's apt. */
  function run(name: string, environment: Readonly<Record<string, string>>, ...args: string[]) {
    const root = join(folder, name);
    mkdirSync(join(root, 'scripts'), { recursive: true });
    copyFileSync(script, join(root, 'scripts', 'tools.mjs'));
    const env = { PATH: join(folder, 'nothing'), QMON_APT_FOLDER: join(folder, 'no-apt'), ...environment };
    return spawnSync(process.execPath, [join(root, 'scripts', 'tools.mjs'), ...args], { env, encoding: 'utf8' });
  }

  function everyTool(): string {
    const path = join(folder, 'every');
    mkdirSync(path, { recursive: true });
    for (const name of ['promtool', 'amtool', 'prometheus', 'alertmanager']) {
      writeFileSync(join(path, name), '#!/bin/sh\n');
      chmodSync(join(path, name), 0o755);
    }
    return path;
  }

  it('takes what is there and says so on standard error', () => {
    const path = everyTool();
    for (const environment of [{ PATH: path }, { QMON_TOOLS_DIR: path, CI: 'true' }]) {
      const { status, stdout, stderr } = run('present', environment);
      expect(stderr).toBe(
        `tools: promtool, amtool, prometheus, alertmanager found in ${path}\ntools: other versions: none\n`,
      );
      expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    }
  });

  it('says what to install where it cannot help, and fails in CI only', () => {
    const local = run('absent', {});
    expect(local.status).toBe(0);
    expect(local.stderr).toMatch(/!!! tools: promtool, amtool, prometheus, alertmanager missing/);
    expect(local.stderr).toMatch(/apt-get install prometheus prometheus-alertmanager/);
    expect(local.stderr).toMatch(/\ntools: none found\ntools: other versions: none\n$/);
    expect(run('absent', { CI: 'true' }).status).toBe(69);
  });

  it('fails when no release could be had', () => {
    const { status, stderr } = run('releases', { PATH: everyTool() }, '--releases', 'trixie,sid');
    expect(status).toBe(69);
    expect(stderr).toMatch(/Debian trixie cannot be had/);
    expect(stderr).toMatch(/Debian sid cannot be had/);
  });

  it('refuses arguments that it does not know', () => {
    for (const args of [['--release', 'sid'], ['--releases'], ['--releases', '../x'], ['sid']]) {
      expect(run('usage', {}, ...args).status).toBe(64);
    }
  });
});
