// Finds promtool, amtool, prometheus and alertmanager for the tests and the demo; on Debian it fetches what is missing.
// usage: node scripts/tools.mjs [--releases trixie,sid]
// Nothing is installed: packages are downloaded by apt with lists of its own and unpacked below `.tools/` (ignored by git).
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetchRelease, machineRelease, relocateAlertmanager } from './debian.mjs';

/** The tools by the names that their programs go by; Debian calls Alertmanager `prometheus-alertmanager`. */
export const programs = {
  promtool: ['promtool'],
  amtool: ['amtool'],
  prometheus: ['prometheus'],
  alertmanager: ['alertmanager', 'prometheus-alertmanager'],
};

const project = fileURLToPath(new URL('..', import.meta.url));
const exitUnavailable = 69;

const progress = (text) => process.stderr.write(`tools: ${text}\n`);
const loud = (text) => process.stderr.write(`\n!!! tools: ${text}\n\n`);

/** Where tools are looked for, in this order: QMON_TOOLS_DIR, PATH, the folder of unpacked ones. */
export function toolDirectories(root = project, environment = process.env) {
  const path = (environment.PATH ?? '').split(delimiter);
  return [environment.QMON_TOOLS_DIR ?? '', ...path, join(root, '.tools', 'bin')].filter((each) => each !== '');
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
  const tree = join(root, '.tools', 'own');
  const link = () => linkTools(tree, join(root, '.tools', 'bin'), (tool) => tool);
  if (existsSync(tree)) link();
  const missing = absent(findTools(toolDirectories(root)));
  const suites = machineRelease();
  if (missing.length === 0 || !suites) return;
  progress(`${missing.join(', ')} not found on the PATH`);
  try {
    if (!existsSync(tree)) fetchRelease(suites[0], suites, tree, progress);
    link();
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
      if (!existsSync(tree)) fetchRelease(release, suites, tree, progress);
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
