const SPECIAL = /[.+^${}()|[\]\\]/g;

/** One segment of a pattern: `*` is any text, `?` one character; everything else is itself. */
function segmentExpression(segment: string): string {
  return segment.replace(SPECIAL, '\\$&').replaceAll('*', '[^/]*').replaceAll('?', '[^/]');
}

/**
 * Whether a path with `/` matches a pattern: `*` is any text within a segment, `?` one character, and `**` any number of
 * whole segments, none included. Case counts.
 */
export function globMatcher(pattern: string): (path: string) => boolean {
  const segments = pattern.split('/');
  const source = segments.map((segment, index) => {
    const last = index === segments.length - 1;
    if (segment === '**') return last ? '.*' : '(?:[^/]+/)*';
    return segmentExpression(segment) + (last ? '' : '/');
  });
  const expression = new RegExp(`^${source.join('')}$`, 's');
  return (path) => expression.test(path);
}

/** The folder that holds everything that a pattern can match: its segments before the first wildcard, without the last one. */
export function globRoot(pattern: string): string {
  const segments = pattern.split('/').slice(0, -1);
  const wild = segments.findIndex((segment) => /[*?]/.test(segment));
  return (wild === -1 ? segments : segments.slice(0, wild)).join('/');
}

/** Whether a folder may hold, at any depth, a path that matches a pattern: the others need not be looked into. */
export function globFolders(pattern: string): (folder: string) => boolean {
  const segments = pattern.split('/');
  const anyDepth = segments.indexOf('**');
  const fixed = anyDepth === -1 ? segments.slice(0, -1) : segments.slice(0, anyDepth);
  return (folder) => {
    const parts = folder.split('/');
    if (anyDepth === -1 && parts.length > fixed.length) return false;
    const shared = Math.min(parts.length, fixed.length);
    return globMatcher(fixed.slice(0, shared).join('/'))(parts.slice(0, shared).join('/'));
  };
}
