/** A tool as it was found, or not, on this machine. */
export interface DoctorTool {
  readonly name: string;
  readonly product: string;
  /** The oldest version that qmon is tested with. */
  readonly minimum: string;
  readonly debianPackage: string;
  /** What qmon does with it, and what follows when it is not there: clauses without a full stop. */
  readonly purpose: string;
  readonly without: string;
  readonly status: 'ready' | 'too-old' | 'broken' | 'missing';
  readonly path?: string;
  readonly version?: string;
}

/** What `qmon doctor` knows. */
export interface DoctorReport {
  /** Versions of qmon and of Node, and the platform as `linux x64`. */
  readonly qmon: string;
  readonly node: string;
  readonly platform: string;
  readonly tools: readonly DoctorTool[];
}

/** The report as a table with a line for each tool, and below it what follows. Ends with a newline. */
export function renderDoctorText(report: DoctorReport): string {
  const head = `qmon ${report.qmon}, Node ${report.node}, ${report.platform}`;
  const rows = report.tools.map((tool) => [tool.name, tool.version ?? '-', tool.status, tool.path ?? '-']);
  const consequences = report.tools.map((tool) => `${tool.name}: ${consequenceOf(tool)}`);
  const table = alignColumns([['tool', 'version', 'status', 'path'], ...rows]);
  return [head, '', ...table, '', ...consequences, ''].join('\n');
}

/** The report as one JSON document, version 1. Ends with a newline. */
export function renderDoctorJson({ qmon, node, platform, tools }: DoctorReport): string {
  const rows = tools.map(({ name, status, version, path, minimum, ...tool }) => ({
    name,
    status,
    version: version ?? null,
    path: path ?? null,
    minimum,
    consequence: consequenceOf({ name, status, minimum, ...tool, ...(version !== undefined && { version }) }),
  }));
  return `${JSON.stringify({ version: 1, qmon, node, platform, tools: rows }, undefined, 2)}\n`;
}

/** What follows for the user, with what to do where something is amiss. */
function consequenceOf(tool: DoctorTool): string {
  const { status, minimum, product, purpose, without, debianPackage } = tool;
  const install = `install ${product} ${minimum} or newer (Debian package ${debianPackage})`;
  switch (status) {
    case 'ready':
      return purpose;
    case 'missing':
      return `not found: ${without}; ${install}`;
    case 'broken':
      return `does not say its version: ${without} if it does not run; ${install}`;
    case 'too-old':
      return `${tool.version} is older than ${minimum}, the oldest that qmon is tested with: its verdict may be wrong; ${install}`;
  }
}

/** Rows with their columns padded to the widest cell and two blanks between them. */
function alignColumns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
}
