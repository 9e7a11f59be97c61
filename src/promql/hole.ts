/** A hole in an expression that something fills in later. */
export interface ScannedHole {
  readonly end: number;
  readonly name: string;
}

/**
 * `$window`, `${job}`, `${job:regex}`, `${row.field}`, `[[job]]` and `[[job:regex]]`. The bounds keep scanning linear
 * where a brace is never closed.
 * Source: https://grafana.com/docs/grafana/latest/dashboards/variables/variable-syntax/
 */
const HOLE =
  /\$([A-Za-z_]\w*)|\$\{([A-Za-z_]\w*)(?:\.[^:}\s]{1,99})?(?::[^}\s]{0,99})?\}|\[\[([A-Za-z_]\w*)(?::\w{1,99})?\]\]/;
const HOLE_HERE = new RegExp(HOLE.source, 'y');

/** The hole that begins at `start`, if one does. */
export function scanHole(text: string, start: number): ScannedHole | undefined {
  HOLE_HERE.lastIndex = start;
  const match = HOLE_HERE.exec(text);
  return match ? { end: start + match[0].length, name: match[1] ?? match[2] ?? match[3]! } : undefined;
}

/** Whether a text holds anything that Grafana would fill in; unlike tokens, this looks into strings. */
export function containsHole(text: string): boolean {
  return HOLE.test(text);
}
