/** One thing that promtool or amtool found wrong with a generated file, in the terms of that file. */
export interface ToolFinding {
  readonly tool: 'promtool' | 'amtool';
  /** The path as the tool was given it; empty when the tool did not say. */
  readonly file: string;
  /** Line in the generated file, from 1. */
  readonly line?: number;
  /** Column in the generated file, from 1, in Unicode characters. */
  readonly column?: number;
  /** The name of the rule group. */
  readonly group?: string;
  /** Which rule of its group, from 0. */
  readonly ruleNumber?: number;
  /** The alert or the recorded series. */
  readonly ruleName?: string;
  /** Which part of the rule: `['expr']`, `['annotations', 'summary']`. */
  readonly field?: readonly string[];
  /** Line inside the PromQL text, from 1. */
  readonly expressionLine?: number;
  /** Column inside the line of the PromQL text, from 1, in bytes of UTF-8. */
  readonly expressionColumn?: number;
  /** For a duplicate: the labels that the rules share. */
  readonly labels?: Readonly<Record<string, string>>;
  /** What is wrong, without position, rule and file. */
  readonly message: string;
  /** The tool's own words, without the position in the generated file. */
  readonly text: string;
  /** A remark of the linter: the tool accepts the file nevertheless. */
  readonly lint?: boolean;
}

/** The faults that a Go YAML reader lists after `yaml: unmarshal errors:`, or its one syntax error; otherwise the finding as it is. */
export function splitYamlErrors(finding: ToolFinding): readonly ToolFinding[] {
  const [first = '', ...rest] = finding.message.split('\n');
  if (/^yaml: unmarshal errors:/.test(first)) {
    const faults = rest.map((line) => yamlFault(finding, line.trim())).filter((each) => each.message !== '');
    if (faults.length > 0) return faults;
  }
  return /^yaml: line \d+: /.test(first) ? [yamlFault(finding, finding.message.slice('yaml: '.length))] : [finding];
}

/** `line 6: field fro not found in type rulefmt.RuleNode`: the Go type says nothing to an author. */
function yamlFault(finding: ToolFinding, text: string): ToolFinding {
  const [, line, fault] = /^line (\d+): ([\s\S]*)$/.exec(text) ?? [];
  const message = (fault ?? text).replace(/^field (\S+) not found in type \S+$/, 'unknown field `$1`');
  return { ...finding, message, text: fault ?? text, ...(line !== undefined && { line: Number(line) }) };
}

/** The findings, those that say the same twice only once. */
export function withoutRepetition(findings: readonly ToolFinding[]): readonly ToolFinding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const key = JSON.stringify(finding);
    return !seen.has(key) && seen.add(key);
  });
}

/** What a tool that failed said when none of it could be understood: a verdict is never lost. */
export function notUnderstood(tool: ToolFinding['tool'], file: string, ...outputs: readonly string[]): ToolFinding {
  const text = outputs.map((output) => output.trim()).find((output) => output !== '') ?? 'it failed without a word';
  return { tool, file, message: text, text };
}
