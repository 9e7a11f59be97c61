// Finds promtool, amtool, prometheus and alertmanager for the tests and the demo; on Debian it fetches what is missing.
// usage: node scripts/tools.mjs [--releases trixie,sid]
// Nothing is installed: packages are downloaded by apt with lists of its own and unpacked below `.tools/` (ignored by git).
import { spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The tools by the names that their programs go by; Debian calls Alertmanager `prometheus-alertmanager`. */
export const programs = {
  promtool: ['promtool'],
  amtool: ['amtool'],
  prometheus: ['prometheus'],
  alertmanager: ['alertmanager', 'prometheus-alertmanager'],
};

/** Debian's packages; promtool is one of its own from trixie on and part of `prometheus` before. */
const packages = [
  { name: 'promtool', optional: true },
  { name: 'prometheus', optional: false },
  { name: 'prometheus-alertmanager', optional: false },
];

const project = fileURLToPath(new URL('..', import.meta.url));
const exitUnavailable = 69;

const progress = (text) => process.stderr.write(`tools: ${text}\n`);
const loud = (text) => process.stderr.write(`\n!!! tools: ${text}\n\n`);

/** Where tools are looked for, in this order: PATH, QMON_TOOLS_DIR, the folder of unpacked ones. */
export function toolDirectories(root = project, environment = process.env) {
  const path = (environment.PATH ?? '').split(delimiter);
  return [...path, environment.QMON_TOOLS_DIR ?? '', join(root, '.tools', 'bin')].filter((each) => each !== '');
}

/** The path of each tool that is found in the directories. */
export function findTools(directories = toolDirectories()) {
  const found = {};
  for (const [tool, names] of Object.entries(programs)) {
    const candidates = directories.flatMap((directory) => names.map((name) => join(directory, name)));
    const path = candidates.find(isProgram);
    if (path) found[tool] = path;
  }
  return found;
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The package sources of a machine that are Debian's main archive for one of the suites; `{ sources, list }` are texts for apt. */
export function debianSources(files, suites, release) {
  const stanzas = files.filter((file) => file.name.endsWith('.sources')).flatMap((file) => readStanzas(file.text));
  const lines = files.filter((file) => file.name.endsWith('.list')).flatMap((file) => readLines(file.text));
  const ours = (source) => isMainArchive(source) && source.suites.some((suite) => suites.includes(suite));
  return {
    sources: stanzas
      .filter(ours)
      .map((each) => each.print(release))
      .join('\n'),
    list: lines
      .filter(ours)
      .map((each) => each.print(release))
      .join(''),
  };
}

/** deb822 (sources.list(5)): blocks of `Field: value`, continued by lines that start with a blank. */
function readStanzas(text) {
  const blocks = text.replace(/^#.*\n?/gm, '').split(/\n\s*\n/);
  return blocks.map(readStanza).filter((each) => each !== undefined);
}

function readStanza(block) {
  const fields = new Map();
  for (const [, name, value] of block.matchAll(/^([A-Za-z-]+):[ \t]*(.*(?:\n[ \t].*)*)/gm)) {
    fields.set(name.toLowerCase(), { name, value });
  }
  const words = (name) => fields.get(name)?.value.split(/\s+/).filter(Boolean) ?? [];
  if (!words('types').includes('deb') || words('enabled').includes('no')) return undefined;
  const kept = [...fields].filter(([key]) => !['types', 'suites', 'components', 'enabled'].includes(key));
  const print = (release) =>
    [
      'Types: deb',
      `Suites: ${release}`,
      'Components: main',
      ...kept.map(([, { name, value }]) => `${name}:${value.startsWith('\n') ? '' : ' '}${value}`),
      '',
    ].join('\n');
  return {
    uris: words('uris'),
    suites: words('suites'),
    components: words('components'),
    signedBy: words('signed-by').join(' '),
    print,
  };
}

/** One-line style (sources.list(5)): `deb [options] uri suite component…`. */
function readLines(text) {
  const pattern = /^[ \t]*deb[ \t]+(\[[^\]]*\][ \t]+)?(\S+)[ \t]+(\S+)[ \t]+(.*)$/gm;
  return [...text.matchAll(pattern)].map(([, options = '', uri, suite, components]) => ({
    uris: [uri],
    suites: [suite],
    components: components.replace(/#.*/, '').split(/\s+/),
    signedBy: options,
    print: (release) => `deb ${options.trim()} ${uri} ${release} main\n`.replace('  ', ' '),
  }));
}

/** Debian's main archive, not its security one and nobody else's: by the folder in the address or by the key. */
function isMainArchive({ uris, components, signedBy }) {
  if (!components.includes('main') || uris.some((uri) => /security/.test(uri))) return false;
  const byAddress = uris.some((uri) => /\/debian(\/\d{8}T\d{6}Z)?\/?$|\/mirrors\/debian\.list$/.test(uri));
  return byAddress || signedBy.includes('debian-archive-keyring');
}

/** The texts of the machine's own sources; QMON_APT_FOLDER stands in for their folder in the tests. */
function machineSources(folder = process.env.QMON_APT_FOLDER ?? '/etc/apt') {
  const parts = join(folder, 'sources.list.d');
  const names = existsSync(parts) ? readdirSync(parts).map((name) => join(parts, name)) : [];
  const files = [join(folder, 'sources.list'), ...names].filter((name) => existsSync(name));
  return files.map((name) => ({ name, text: readFileSync(name, 'utf8') }));
}

/** The machine's own Debian release: what its sources may call it. Undefined elsewhere. */
function machineRelease() {
  if (!existsSync('/etc/debian_version') || !existsSync('/etc/os-release')) return undefined;
  const release = readFileSync('/etc/os-release', 'utf8');
  const field = (name) => new RegExp(`^${name}="?([^"\n]*)"?$`, 'm').exec(release)?.[1];
  if (field('ID') !== 'debian') return undefined;
  const codename = field('VERSION_CODENAME');
  return [codename ?? 'sid', 'oldstable', 'stable', 'testing', 'unstable', 'sid'];
}

function run(command, args, options = {}) {
  const result = spawnSync(command, args, { encoding: 'utf8', ...options });
  if (result.status === 0) return result.stdout;
  throw new Error(`${command} ${args.at(-1)}: ${(result.stderr || result.error?.message || 'failed').trim()}`);
}

/** Options that keep apt away from the machine's lists, caches, pins and installed packages; so it needs no rights either. */
function aptOptions(state) {
  const settings = {
    'Dir::Etc::sourcelist': '/dev/null',
    'Dir::Etc::sourceparts': join(state, 'sources'),
    'Dir::Etc::preferences': '/dev/null',
    'Dir::Etc::preferencesparts': '/dev/null',
    'Dir::State::Lists': join(state, 'lists'),
    'Dir::State::status': join(state, 'status'),
    'Dir::Cache': join(state, 'cache'),
    'APT::Default-Release': '',
    'APT::Sandbox::User': 'root',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '2',
  };
  return ['-qq', ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])];
}

/** Downloads and unpacks the packages of a Debian release into `target`, which appears only when it is complete. */
function fetchRelease(release, suites, target) {
  if (!suites) throw new Error('this machine is not Debian');
  const sources = debianSources(machineSources(), suites, release);
  if (!sources.sources && !sources.list) throw new Error("the machine's apt sources name no Debian archive");
  mkdirSync(dirname(target), { recursive: true });
  const work = mkdtempSync(join(dirname(target), '.fetch-'));
  try {
    const state = join(work, 'apt');
    for (const folder of ['sources', 'lists/partial', 'cache/archives/partial', 'debs'])
      mkdirSync(join(state, folder), { recursive: true });
    writeFileSync(join(state, 'status'), '');
    writeFileSync(join(state, 'sources', 'debian.sources'), sources.sources);
    writeFileSync(join(state, 'sources', 'debian.list'), sources.list);
    progress(`reading the package lists of Debian ${release}`);
    run('apt-get', [...aptOptions(state), 'update']);
    for (const each of packages) fetchPackage(each, release, state, join(work, 'tree'));
    if (!existsSync(target)) renameSync(join(work, 'tree'), target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function fetchPackage({ name, optional }, release, state, tree) {
  const debs = join(state, 'debs');
  try {
    run('apt-get', [...aptOptions(state), 'download', name], { cwd: debs });
  } catch (error) {
    if (optional) return;
    throw error;
  }
  const deb = join(
    debs,
    readdirSync(debs).find((file) => file.startsWith(`${name}_`)),
  );
  const version = run('dpkg-deb', ['-f', deb, 'Version']).trim();
  progress(`unpacking ${name} ${version} (${release}, ${run('dpkg-deb', ['-f', deb, 'Architecture']).trim()})`);
  const upstream = version.replace(/^\d+:/, '').match(/^\d+\.\d+/)?.[0] ?? version;
  const folder = join(tree, `${name}_${upstream}`);
  mkdirSync(folder, { recursive: true });
  run('dpkg', ['-x', deb, folder]);
}

/** Where Debian's Alertmanager looks for its own message templates; without them it does not start. */
const installedFolder = '/usr/share/prometheus/alertmanager';

/** A folder of as many characters: the one that whoever starts the program has opened as file 9. */
const openFolder = '/proc/self/fd/9'.padEnd(installedFolder.length, '/');

const starter = `#!/bin/sh
# Opens the folder that the program beside this file reads instead of ${installedFolder}.
here=$(dirname "$(readlink -f "$0")")
exec 9<"$here/../share/prometheus/alertmanager"
exec "$here/prometheus-alertmanager.unpacked" "$@"
`;

/** Lets an Alertmanager run from where it was unpacked: a starter takes the place of the program, which reads another folder. */
export function relocateAlertmanager(folder) {
  const program = join(folder, 'usr', 'bin', 'prometheus-alertmanager');
  const unpacked = `${program}.unpacked`;
  if (!isProgram(program) || existsSync(unpacked)) return;
  const bytes = readFileSync(program);
  for (let at = bytes.indexOf(installedFolder); at !== -1; at = bytes.indexOf(installedFolder, at)) {
    at += bytes.write(openFolder, at, 'latin1');
  }
  writeFileSync(unpacked, bytes, { mode: 0o755 });
  writeFileSync(`${program}.starter`, starter, { mode: 0o755 });
  renameSync(`${program}.starter`, program);
}

/** Links the programs of an unpacked release; `named(tool, version)` names the link. Returns the links' names. */
function linkTools(tree, bin, named) {
  mkdirSync(bin, { recursive: true });
  const links = [];
  for (const folder of readdirSync(tree)) {
    const version = folder.slice(folder.lastIndexOf('_') + 1);
    relocateAlertmanager(join(tree, folder));
    for (const [tool, names] of Object.entries(programs)) {
      const program = names.map((name) => join(tree, folder, 'usr', 'bin', name)).find(isProgram);
      if (!program || links.includes(named(tool, version))) continue;
      replaceLink(relative(bin, program), join(bin, named(tool, version)));
      links.push(named(tool, version));
    }
  }
  return links;
}

function replaceLink(destination, link) {
  const fresh = `${link}.${process.pid}`;
  symlinkSync(destination, fresh);
  renameSync(fresh, link);
}

const absent = (found) => Object.keys(programs).filter((tool) => !found[tool]);

/** Fetches the tools of the machine's own Debian release when any is missing. */
function ensureTools(root) {
  const missing = absent(findTools(toolDirectories(root)));
  if (missing.length === 0) return;
  progress(`${missing.join(', ')} not found on the PATH`);
  const suites = machineRelease();
  if (!suites) return;
  const tree = join(root, '.tools', 'own');
  try {
    if (!existsSync(tree)) fetchRelease(suites[0], suites, tree);
    linkTools(tree, join(root, '.tools', 'bin'), (tool) => tool);
  } catch (error) {
    progress(error.message);
  }
}

/** Fetches other Debian releases side by side; returns how many could be had. */
function ensureReleases(releases, root) {
  const suites = machineRelease();
  let had = 0;
  for (const release of releases) {
    const tree = join(root, '.tools', 'releases', release);
    try {
      if (!existsSync(tree)) fetchRelease(release, suites, tree);
      linkTools(tree, join(root, '.tools', 'releases', 'bin'), (tool, version) => `${tool}-${version}`);
      had++;
    } catch (error) {
      loud(`the tools of Debian ${release} cannot be had: ${error.message}`);
    }
  }
  return had;
}

function explainMissing(missing) {
  loud(
    [
      `${missing.join(', ')} missing: what needs them is skipped. Install them, then run this again:`,
      '  Debian, Ubuntu   apt-get install prometheus prometheus-alertmanager   (from Debian 13 on also: promtool)',
      '  macOS            brew install prometheus alertmanager',
      '  elsewhere        Prometheus 2.42 or newer and Alertmanager 0.25 or newer from https://prometheus.io/download/',
      '  and put them on the PATH, or name their folder in QMON_TOOLS_DIR.',
    ].join('\n'),
  );
}

function requestedReleases(args) {
  const index = args.indexOf('--releases');
  if (args.length === 0) return [];
  if (args.length !== 2 || index !== 0 || !/^[a-z]+(,[a-z]+)*$/.test(args[1])) {
    process.stderr.write('usage: node scripts/tools.mjs [--releases trixie,sid]\n');
    process.exit(64);
  }
  return args[1].split(',');
}

function main(args, root) {
  const releases = requestedReleases(args);
  ensureTools(root);
  const had = ensureReleases(releases, root);
  const found = findTools(toolDirectories(root));
  const missing = absent(found);
  if (missing.length > 0) explainMissing(missing);
  const folders = [...new Set(Object.values(found).map((path) => relative(root, dirname(path))))];
  const shown = folders.map((folder) => (folder.startsWith('..') ? join(root, folder) : folder));
  progress(`${Object.keys(found).join(', ') || 'none'} found${shown.length > 0 ? ` in ${shown.join(', ')}` : ''}`);
  const bin = join(root, '.tools', 'releases', 'bin');
  const others = existsSync(bin) ? readdirSync(bin).sort() : [];
  progress(`other versions: ${others.join(', ') || 'none'}`);
  if (releases.length > 0 && had === 0) return exitUnavailable;
  return missing.length > 0 && process.env.CI ? exitUnavailable : 0;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = main(process.argv.slice(2), project);
}
