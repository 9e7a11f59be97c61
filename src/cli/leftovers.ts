import { readOut } from '../host/out-folder.ts';
import { MANIFEST_PATH } from '../output/artifact-path.ts';
import { readManifest } from '../output/manifest.ts';
import type { Compilation } from '../pipeline/compile.ts';
import { planPublication } from '../pipeline/plan.ts';
import type { Console } from './console.ts';
import { below } from './folder.ts';
import type { Planned } from './session.ts';

/** The name under which the output of a folder was published, and the number of its files; nothing where it is not ours. */
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

/** The places where a project has output that nothing is published to any more: an environment that is gone, or the time before there were any. */
async function leftoverNames(console: Console, project: string, current: ReadonlySet<string>, out: string) {
  const nested = await subfolders(console, below(out, project));
  const names = [project, ...nested.map((each) => `${project}/${each}`)].filter((name) => !current.has(name));
  const found: string[] = [];
  for (const name of names) if ((await published(console, below(out, name))) === name) found.push(name);
  return found;
}

async function removal(console: Console, compilation: Compilation, name: string, out: string): Promise<Planned> {
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
  const current = new Set(compilations.map(({ name }) => name));
  const projects = new Map(compilations.map((each) => [each.project, each]));
  const plans: Planned[] = [];
  for (const [project, compilation] of projects) {
    for (const name of await leftoverNames(console, project, current, out)) {
      plans.push(await removal(console, compilation, name, out));
    }
  }
  return plans;
}
