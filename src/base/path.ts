/**
 * A path as it is seen from a folder, both with `/`: `specs/shop` and `../platform` are `specs/platform`. What leads out
 * of the folder in which qmon was started keeps its `..`; an absolute path stays as it is. Empty is that folder itself.
 */
export function resolvePath(folder: string, path: string): string {
  if (path.startsWith('/')) return normal(path);
  return normal(folder === '' ? path : `${folder}/${path}`);
}

function normal(path: string): string {
  const root = path.startsWith('/') ? '/' : '';
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    const up = segment === '..' && kept.length > 0 && kept.at(-1) !== '..';
    if (up) kept.pop();
    else if (segment !== '..' || root === '') kept.push(segment);
  }
  return root + kept.join('/');
}

/** The way to a path from a folder, both as `resolvePath` gives them: `specs/shop` and `specs/rules/a.yml` are `../rules/a.yml`. */
export function relativePath(folder: string, path: string): string {
  if (path.startsWith('/') !== folder.startsWith('/')) return path;
  const from = folder.split('/').filter((segment) => segment !== '');
  const to = path.split('/').filter((segment) => segment !== '');
  while (from.length > 0 && to.length > 0 && from[0] === to[0]) {
    from.shift();
    to.shift();
  }
  return [...from.map(() => '..'), ...to].join('/');
}

/** Whether a path is below a folder, or is it; the empty folder holds every path that does not lead out of it. */
export function isBelow(path: string, folder: string): boolean {
  if (folder === '') return !path.startsWith('/') && path !== '..' && !path.startsWith('../');
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
