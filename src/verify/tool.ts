/** The programs that judge what qmon emits, or that read it in the end. */
export type ToolName = 'promtool' | 'amtool' | 'prometheus' | 'alertmanager';

export interface Tool {
  readonly name: ToolName;
  /** What its program may be called, the usual name first. */
  readonly programs: readonly string[];
  readonly product: 'Prometheus' | 'Alertmanager';
  /** The oldest version that the tests of qmon run against: Debian 12. Source: https://packages.debian.org/bookworm/prometheus */
  readonly minimum: string;
  /** Its package in Debian. */
  readonly debianPackage: string;
  /** What qmon does with it. */
  readonly purpose: string;
  /** What follows when it is not there. */
  readonly without: string;
}

/** The tools that qmon knows, in the order in which they are shown. */
export const tools: readonly Tool[] = [
  {
    name: 'promtool',
    programs: ['promtool'],
    product: 'Prometheus',
    minimum: '2.42.0',
    debianPackage: 'prometheus (from Debian 13 on: promtool)',
    purpose: 'checks generated rules and `prometheus.yml`, runs alert proofs',
    without: 'rules and `prometheus.yml` are checked by qmon only, and alerts cannot be proven',
  },
  {
    name: 'amtool',
    programs: ['amtool'],
    product: 'Alertmanager',
    minimum: '0.25.0',
    debianPackage: 'prometheus-alertmanager',
    purpose: 'checks the generated Alertmanager configuration',
    without: 'the Alertmanager configuration is checked by qmon only',
  },
  {
    name: 'prometheus',
    programs: ['prometheus'],
    product: 'Prometheus',
    minimum: '2.42.0',
    debianPackage: 'prometheus',
    purpose: 'runs the demo and the end-to-end tests',
    without: 'the demo and the end-to-end tests cannot run; nothing else needs it',
  },
  {
    name: 'alertmanager',
    programs: ['alertmanager', 'prometheus-alertmanager'],
    product: 'Alertmanager',
    minimum: '0.25.0',
    debianPackage: 'prometheus-alertmanager',
    purpose: 'runs the demo and the end-to-end tests',
    without: 'the demo and the end-to-end tests cannot run; nothing else needs it',
  },
];

/** The arguments that make any of the tools print its version. */
export const versionArgs: readonly string[] = ['--version'];

/** `2.42.0` from `promtool, version 2.42.0+ds (branch: …)`, on whichever stream it was printed; undefined when there is none. */
export function parseVersion(output: string): string | undefined {
  return /^[\w.-]+, version v?(\d+\.\d+(?:\.\d+)?)/m.exec(output)?.[1];
}

/** Whether a version is the minimum or newer. */
export function isAtLeast(version: string, minimum: string): boolean {
  const actual = version.split('.').map(Number);
  const wanted = minimum.split('.').map(Number);
  for (const [index, part] of wanted.entries()) {
    const difference = (actual[index] ?? 0) - part;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** `missing`: not found; `broken`: found, but it does not say its version; `too-old`: older than `minimum`. */
export type ToolStatus = 'ready' | 'too-old' | 'broken' | 'missing';

/** A tool and what was found of it on this machine. */
export interface ToolState extends Tool {
  readonly status: ToolStatus;
  readonly path?: string;
  readonly version?: string;
}

/** Judges what was found: `output` is everything that the program printed when it was asked for its version. */
export function assessTool(tool: Tool, found?: { readonly path: string; readonly output: string }): ToolState {
  if (!found) return { ...tool, status: 'missing' };
  const version = parseVersion(found.output);
  if (version === undefined) return { ...tool, status: 'broken', path: found.path };
  const status = isAtLeast(version, tool.minimum) ? 'ready' : 'too-old';
  return { ...tool, status, path: found.path, version };
}
