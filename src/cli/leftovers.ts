import { readOut } from '../host/out-folder.ts';
import { MANIFEST_PATH } from '../output/artifact-path.ts';
import { readManifest } from '../output/manifest.ts';
import type { Compilation } from '../pipeline/compile.ts';
import { planPublication } from '../pipeline/plan.ts';
import type { Console } from './console.ts';
import { below } from './folder.ts';
import type { Planned } from './session.ts';

/** The name under which the output of a folder was published; nothing where it is not ours. */
async function published({ host }: Console, folder: string): Promise<string | undefined> {
  const path = `${folder}/${MANIFEST_PATH}`;
  if ((await host.kindOf(path)) !== 'file') return undefined;
  const read = readManifest(await host.readText(path));
  return 'manifest' in read ? read.manifest.project : undefined;
}

async function subfolders({ host }: Console, folder: string): Promise<string[]> {
  if (!(await host.isFolder(folder))) return [];
  const entries = await host.list(folder, () => false);
  return entries.filter(({ kind }) => kind === 'folder').map(({ path }) => path);
}

/**
 * The places where projects may have output that nothing is published to any more: environments that are gone, or the
 * time before there were any.
 */
export async function formerPlaces(
  console: Console,
  compilations: readonly Compilation[],
  out: string,
): Promise<readonly string[]> {
  const current = new Set(compilations.map(({ name }) => name));
  const names: string[] = [];
  for (const project of new Set(compilations.map((each) => each.project))) {
    const nested = await subfolders(console, below(out, project));
    names.push(project, ...nested.map((each) => `${project}/${each}`));
  }
  return names.filter((name) => !current.has(name));
}

/** A place with output of a project that publishes elsewhere now. */
interface Leftover {
  readonly name: string;
  readonly compilation: Compilation;
}

/** Where projects have output that nothing is published to any more. */
export async function leftovers(
  console: Console,
  compilations: readonly Compilation[],
  out: string,
): Promise<Leftover[]> {
  const found: Leftover[] = [];
  for (const name of await formerPlaces(console, compilations, out)) {
    if ((await published(console, below(out, name))) !== name) continue;
    const compilation = compilations.find(({ project }) => project === name.split('/')[0]);
    found.push({ name, compilation: compilation! });
  }
  return found;
}

async function removal(console: Console, { compilation, name }: Leftover, out: string): Promise<Planned> {
  const folder = below(out, name);
  const state = await readOut(console.host, folder, []);
  const [plan, diagnostics] = planPublication({ project: name, folder, artifacts: [], out: state });
  return {
    compilation: { ...compilation, name, artifacts: [] },
    folder,
    plan,
    out: state,
    diagnostics,
    leftover: true,
  };
}

/** What is to be removed because the projects publish elsewhere now. Rules of an environment that is gone must not stay deployed. */
export async function planLeftovers(
  console: Console,
  compilations: readonly Compilation[],
  out: string,
): Promise<Planned[]> {
  const found = await leftovers(console, compilations, out);
  return Promise.all(found.map((each) => removal(console, each, out)));
}
