import { usage } from './exit.ts';

function segments(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '' && segment !== '.');
}

/**
 * A folder as a person wrote it, in the one form in which qmon shows it: `./specs//shop/` is `specs/shop`. An empty
 * one, as a variable of a script that is not set gives it, is wrong usage: it must not become the root of the disk.
 */
export function folderArgument(text: string, what: string): string {
  if (text.trim() === '') throw usage(`the ${what} folder is empty`, 'name a folder; `.` is the present one');
  const path = segments(text).join('/');
  if (text.startsWith('/')) return `/${path}`;
  return path === '' ? '.' : path;
}

/** A path below a folder. */
export function below(folder: string, path: string): string {
  if (folder === '.') return path;
  return folder.endsWith('/') ? folder + path : `${folder}/${path}`;
}

/** The segments of a path from the root on, without `..`. */
export function absoluteSegments(path: string, cwd: string): string[] {
  const all = segments(path.startsWith('/') ? path : `${cwd}/${path}`);
  return all.reduce<string[]>((above, segment) => (segment === '..' ? above.slice(0, -1) : above.concat(segment)), []);
}

/** Whether a path is a folder, or lies in it. */
export function isWithin(path: string, folder: string, cwd: string): boolean {
  const [inner, outer] = [absoluteSegments(path, cwd), absoluteSegments(folder, cwd)];
  return outer.every((segment, index) => segment === inner[index]);
}

/** A path as it is written in a folder: `../platform/a.yaml`. */
export function relativeTo(folder: string, path: string, cwd: string): string {
  const [from, to] = [absoluteSegments(folder, cwd), absoluteSegments(path, cwd)];
  const differs = from.findIndex((segment, index) => segment !== to[index]);
  const shared = differs === -1 ? from.length : differs;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
}
