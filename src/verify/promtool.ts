import { notUnderstood, splitYamlErrors, type ToolFinding, withoutRepetition } from './finding.ts';

/**
 * The arguments that have rule files checked for a Prometheus with these feature flags. The linter is asked too; it
 * leaves the exit code at 0, and so does a flag that promtool does not know.
 * Source: https://prometheus.io/docs/prometheus/latest/command-line/promtool/#promtool-check-rules
 */
export function checkRulesArgs(files: readonly string[], features: readonly string[] = []): readonly string[] {
  return ['check', 'rules', '--lint=all', ...features.map((flag) => `--enable-feature=${flag}`), ...files];
}

/**
 * The arguments that have server configurations checked: their own content only, because the files that they name
 * (secrets, certificates, rules of others) are on the machine where Prometheus runs.
 * Source: https://prometheus.io/docs/prometheus/latest/command-line/promtool/#promtool-check-config
 */
export function checkConfigArgs(files: readonly string[]): readonly string[] {
  return ['check', 'config', '--syntax-only', ...files];
}

/**
 * What `promtool check rules` found. Its exit code is 0 with findings of the linter, so the text decides.
 * Holds for 2.42 to 3.5, measured; see the fixtures in `test/verify`.
 */
export function parseCheckRules(stdout: string, stderr: string, exitCode: number): ToolFinding[] {
  return parseCheck(stdout, stderr, exitCode);
}

/** What `promtool check config` found: the same shapes, with the first fault on the line that says FAILED. */
export function parseCheckConfig(stdout: string, stderr: string, exitCode: number): ToolFinding[] {
  return parseCheck(stdout, stderr, exitCode);
}

function parseCheck(stdout: string, stderr: string, exitCode: number): ToolFinding[] {
  const { all, failed } = checkedFiles(stdout);
  const [, ...blocks] = stderr.split(/^ {2}FAILED:/m);
  const findings = blocks.flatMap((block, index) => parseBlock(block, failed[index] ?? all[0] ?? '', all));
  if (findings.length === 0 && exitCode !== 0) return [notUnderstood('promtool', failed[0] ?? '', stderr, stdout)];
  return [...withoutRepetition(findings)];
}

/** The files in the order of checking, the first right after warnings about flags; one whose announcement is not followed by a success has a block on standard error. */
function checkedFiles(stdout: string): { all: readonly string[]; failed: readonly string[] } {
  const sections = stdout.split(/^(?: {2}WARNING: .*?)?Checking /m).slice(1);
  const nameOf = (section: string): string => section.split('\n', 1)[0]!;
  const failed = sections.filter((section) => !/^ +SUCCESS: /m.test(section));
  return { all: sections.map(nameOf), failed: failed.map(nameOf) };
}

function parseBlock(block: string, file: string, files: readonly string[]): readonly ToolFinding[] {
  if (/^\s*lint error /.test(block)) return parseDuplicates(block, file);
  return entriesOf(block, files).flatMap((entry) => {
    const text = entry.replace(/\n+$/, '');
    const prefix = prefixOf(text, files);
    const own = prefix ?? file;
    const rest = text.slice(prefix === undefined ? 0 : prefix.length + 2);
    const message = rest.replace(`parsing YAML file ${own}: `, '');
    return splitYamlErrors(parseEntry({ tool: 'promtool', file: own, message, text: message }));
  });
}

/** A line that starts with a file's name begins a fault, others continue it. */
function entriesOf(block: string, files: readonly string[]): readonly string[] {
  const entries: string[] = [];
  for (const line of block.replace(/^ /, '').split('\n')) {
    if (entries.length === 0 || prefixOf(line, files) !== undefined) entries.push(line);
    else entries.push(`${entries.pop()}\n${line}`);
  }
  return entries.filter((entry) => entry.trim() !== '');
}

function prefixOf(line: string, files: readonly string[]): string | undefined {
  return files.find((file) => line.startsWith(`${file}: `));
}

const quoted = String.raw`"((?:[^"\\]|\\.)*)"`;
const inRule = new RegExp(String.raw`^group ${quoted}, rule (\d+), ${quoted}: ([\s\S]*)$`);

/** `6:15: group "g", rule 1, "a": could not parse expression: 1:17: parse error: …`, each part of it optional. */
function parseEntry(finding: ToolFinding): ToolFinding {
  const [positions = '', line, column] = /^(\d+):(\d+): (?:\d+:\d+: )?/.exec(finding.message) ?? [];
  const text = finding.message.slice(positions.length);
  const placed = { ...finding, message: text, text, ...position(line, column) };
  const match = inRule.exec(placed.message);
  if (!match) return placed;
  const [, group = '', number, name = '', message = ''] = match;
  const rule = { ...placed, group: unquote(group), ruleNumber: Number(number) - 1, ruleName: unquote(name) };
  return { ...rule, ...parseFault(message) };
}

/** `0:0` says that promtool does not know. */
function position(line: string | undefined, column: string | undefined): Pick<ToolFinding, 'line' | 'column'> {
  return line === undefined || line === '0' ? {} : { line: Number(line), column: Number(column) };
}

/** Which part of a rule a message is about. */
const fields: readonly { pattern: RegExp; field(match: RegExpExecArray): readonly string[] }[] = [
  { pattern: new RegExp(`^(label|annotation) ${quoted}: `), field: ([, kind, name]) => [`${kind}s`, unquote(name!)] },
  { pattern: /^invalid (label|annotation) name: (.*)$/, field: ([, kind, name]) => [`${kind}s`, name!] },
  { pattern: /^invalid field '(\w+)' in recording rule/, field: ([, name]) => [name!] },
  { pattern: /^field '(\w+)' must be set/, field: ([, name]) => [name!] },
  { pattern: /^invalid recording rule name/, field: () => ['record'] },
  { pattern: /^could not parse expression/, field: () => ['expr'] },
];

function parseFault(text: string): Pick<ToolFinding, 'message' | 'field' | 'expressionLine' | 'expressionColumn'> {
  const about = fields.map(({ pattern, field }) => ({ match: pattern.exec(text), field })).find(({ match }) => match);
  const field = about && { field: about.field(about.match!) };
  const expression = /^could not parse expression: (?:(\d+):(\d+): )?([\s\S]*)$/.exec(text);
  if (!expression) return { message: text, ...field };
  const [, line, column, message = ''] = expression;
  const at = line !== undefined && { expressionLine: Number(line), expressionColumn: Number(column) };
  return { message: message.replace(/^(?:invalid position: ?)?/, ''), ...field, ...at };
}

/** The text between the quotes that Go's `%q` writes. */
function unquote(text: string): string {
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return text;
  }
}

/** `Metric: X`, `Label(s):`, then one `\tname: value` a line: once for each name and label set that several rules have. */
function parseDuplicates(block: string, file: string): readonly ToolFinding[] {
  const [, ...entries] = block.split(/^Metric: /m);
  return entries.map((entry) => {
    const ruleName = entry.split('\n', 1)[0]!;
    const labels = Object.fromEntries(
      [...entry.matchAll(/^\t([^:]+): (.*)$/gm)].map(([, name, value]) => [name!, value!]),
    );
    const message = 'several rules have this name and the same labels; their series mix';
    const text = `duplicate rule ${ruleName}${JSON.stringify(labels)}`;
    return { tool: 'promtool', file, ruleName, labels, message, text, lint: true };
  });
}
