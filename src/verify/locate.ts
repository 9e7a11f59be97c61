import { sortedBy } from '../base/order.ts';
import type { Artifact } from '../output/artifact.ts';
import { type DiagnosticCode, defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { type Located, type Origin, originSpan, originSpanAt, type Path } from '../source/document.ts';
import type { Span } from '../source/span.ts';
import { parseYaml } from '../source/yaml.ts';
import { pathByClue } from './clues.ts';
import type { ToolFinding } from './finding.ts';
import { expressionOffset, offsetAt, pathAt, pointerOf, valueAt, walk } from './place.ts';

interface Verdict {
  /** `rule \`QagentDown\`` or the generated file. */
  readonly subject: string;
  readonly message: string;
}

const refused = (tool: string) => `\
qmon's own checks passed, but ${tool}, which knows what the server accepts, refuses the file that came out. Nothing was
published. The place shown is the one in the specs from which the refused part was made; the words are those of ${tool}.

Mend the value shown. If it is right as it stands, the tool on this machine may be older than the server that the project
declares (\`qmon doctor\` shows its version), or qmon has made something wrong of it: then please report it.
`;

/** promtool refuses what was generated. */
export const promtoolRefuses = defineCode<Verdict>({
  code: 'verify/promtool',
  severity: 'error',
  title: 'promtool refuses a generated file',
  explain: refused('promtool'),
  message: ({ subject, message }) => `promtool refuses ${subject}: ${message}`,
});

/** promtool accepts what was generated, with a remark of its linter. */
export const promtoolRemarks = defineCode<Verdict>({
  code: 'verify/promtool-lint',
  severity: 'warning',
  title: 'the linter of promtool has a remark on a generated file',
  explain: `\
Prometheus accepts the file, but the linter of promtool (\`check rules --lint=all\`) doubts that it does what was meant:
two rules of the same name and with the same labels write into the same series. Rename one of them, or give them labels
that tell them apart.
`,
  message: ({ subject, message }) => `promtool remarks on ${subject}: ${message}`,
});

/** amtool refuses what was generated. */
export const amtoolRefuses = defineCode<Verdict>({
  code: 'verify/amtool',
  severity: 'error',
  title: 'amtool refuses a generated file',
  explain: refused('amtool'),
  message: ({ subject, message }) => `amtool refuses ${subject}: ${message}`,
});

export const codes = [promtoolRefuses, promtoolRemarks, amtoolRefuses];

/**
 * Turns what the tools found in generated files into diagnostics at the author's lines: by group and number of the rule, by
 * the position in the file, or by what the message names; inside PromQL down to the character. A finding without an origin
 * names the generated file instead. Reports `verify/promtool`, `verify/promtool-lint` and `verify/amtool`, each place and
 * message once, in the order of the findings.
 */
export function locateFindings(
  findings: readonly ToolFinding[],
  artifacts: readonly Artifact[],
): readonly Diagnostic[] {
  const documents = new Map<Artifact, Located | undefined>();
  const located = findings.map((finding) => {
    const artifact = artifactOf(finding.file, artifacts);
    if (!artifact) return diagnosticOf(finding, undefined, []);
    if (!documents.has(artifact)) documents.set(artifact, readBack(artifact));
    const [first, ...others] = placesOf(finding, artifact, documents.get(artifact));
    return diagnosticOf(finding, { artifact, span: first }, others);
  });
  return withoutRepetition(located, findings);
}

/** The artifact that a tool was given: by its path, or by the end of it when the tool names the folder too. */
function artifactOf(file: string, artifacts: readonly Artifact[]): Artifact | undefined {
  const candidates = artifacts.filter(({ path }) => file === path || file.endsWith(`/${path}`));
  return sortedBy(candidates, ({ path }) => path).reduce<Artifact | undefined>(
    (best, each) => (best && best.path.length >= each.path.length ? best : each),
    undefined,
  );
}

/** A generated file as its tool read it: qmon's own YAML has one document. */
function readBack({ path, text, judged }: Artifact): Located | undefined {
  return parseYaml({ path, text: judged?.text ?? text })[0][0];
}

/** Where the parts that a finding is about come from; the first is the one to blame. */
function placesOf(finding: ToolFinding, artifact: Artifact, document: Located | undefined): readonly Span[] {
  if (!document) return spanFor([], finding, artifact, undefined);
  const duplicates = finding.lint ? duplicatesOf(finding, document.value) : [];
  const paths = duplicates.length > 0 ? duplicates : [pathOf(finding, document)];
  return paths.flatMap((path) => spanFor(path, finding, artifact, document));
}

/** Every rule with the name and the labels of a duplicate, last first: it is the second one that is too many. */
function duplicatesOf(finding: ToolFinding, value: unknown): readonly Path[] {
  const wanted = JSON.stringify(sortedLabels(finding.labels ?? {}));
  const rules = [...walk(value)].filter(({ path, value: rule }) => {
    if (path.length !== 4 || path[2] !== 'rules') return false;
    const { record, alert, labels } = rule as Record<string, unknown>;
    return (record ?? alert) === finding.ruleName && JSON.stringify(sortedLabels(labels ?? {})) === wanted;
  });
  return rules.map(({ path }) => path).reverse();
}

function sortedLabels(labels: unknown): readonly (readonly [string, string])[] {
  const entries = Object.entries(labels as Record<string, unknown>).map(
    ([name, text]) => [name, String(text)] as const,
  );
  return sortedBy(entries, ([name]) => name);
}

/** The way to the part of the generated document that a finding is about. */
function pathOf(finding: ToolFinding, document: Located): Path {
  const rule = rulePath(finding, document.value);
  if (rule) return [...rule, ...(finding.field ?? [])];
  if (finding.line !== undefined) {
    return pathAt(document, offsetAt(document.file.text, finding.line, finding.column));
  }
  return pathByClue(finding.message, document.value) ?? [];
}

/** The rule by the name of its group and its number. */
function rulePath({ group, ruleNumber }: ToolFinding, value: unknown): Path | undefined {
  if (group === undefined || ruleNumber === undefined) return undefined;
  const groups = valueAt(value, ['groups']);
  const index = Array.isArray(groups) ? groups.findIndex((each) => valueAt(each, ['name']) === group) : -1;
  return index === -1 ? undefined : ['groups', index, 'rules', ruleNumber];
}

/** The author's words behind a part of the generated document; nothing when no origin covers it. */
function spanFor(path: Path, finding: ToolFinding, artifact: Artifact, document: Located | undefined): readonly Span[] {
  const nearest = nearestOrigin(path, artifact);
  if (!nearest) return [];
  const { origin, path: covered } = nearest;
  const text = covered.at(-1) === 'expr' && document ? valueAt(document.value, covered) : undefined;
  const { expressionLine, expressionColumn } = finding;
  if (typeof text !== 'string' || expressionLine === undefined || expressionColumn === undefined) {
    return [originSpan(origin)];
  }
  const { start, length } = wordAt(text, expressionOffset(text, expressionLine, expressionColumn));
  return [originSpanAt(origin, start, length)];
}

/** The word that begins at an offset of an expression, or its last one where something is missing at the end. */
function wordAt(text: string, offset: number): { readonly start: number; readonly length: number } {
  const rest = text.slice(offset).trimEnd();
  const word = rest === '' ? /(?:[\w:]+|\S)\s*$/.exec(text) : /^(?:[\w:]+|.)/su.exec(rest);
  if (!word) return { start: 0, length: 1 };
  return { start: rest === '' ? word.index : offset, length: word[0].trimEnd().length };
}

/** The origin of the innermost part that has one. */
function nearestOrigin(path: Path, artifact: Artifact): { origin: Origin; path: Path } | undefined {
  for (let length = path.length; length >= 0; length--) {
    const covered = path.slice(0, length);
    const origin = artifact.origins.get(`${artifact.judged?.pointer ?? ''}${pointerOf(covered)}`);
    if (origin) return { origin, path: covered };
  }
  const whole = artifact.origins.get('');
  return whole && { origin: whole, path: [] };
}

function diagnosticOf(
  finding: ToolFinding,
  place: { readonly artifact: Artifact; readonly span: Span | undefined } | undefined,
  others: readonly Span[],
): Diagnostic {
  const parameters = { subject: subjectOf(finding, place?.artifact, place?.span), message: finding.message };
  const elsewhere = others.filter((span) => !isSame(span, place?.span));
  const related = elsewhere.map((span) => ({ span, message: 'the other one is made from here' }));
  return codeOf(finding).at(place?.span, parameters, { related, cause: { tool: finding.tool, text: finding.text } });
}

function isSame(left: Span, right: Span | undefined): boolean {
  return left.file === right?.file && left.start === right.start && left.end === right.end;
}

/** The rule where there is one; the generated file where the author's place is not known, or where there is no rule. */
function subjectOf(finding: ToolFinding, artifact: Artifact | undefined, span: Span | undefined): string {
  const file = artifact ? `\`${artifact.path}\`` : 'what was generated';
  const part = partOf(finding);
  if (part === undefined) return file;
  return span ? part : `${part} in ${file}`;
}

function partOf({ ruleName, group, ruleNumber }: ToolFinding): string | undefined {
  if (ruleName) return `rule \`${ruleName}\``;
  return ruleNumber === undefined ? undefined : `rule ${ruleNumber + 1} of group \`${group}\``;
}

function codeOf({ tool, lint }: ToolFinding): DiagnosticCode<Verdict> {
  if (tool === 'amtool') return amtoolRefuses;
  return lint ? promtoolRemarks : promtoolRefuses;
}

/** An author's words that went into several rules are refused in each: said once, of the first rule. */
function withoutRepetition(
  diagnostics: readonly Diagnostic[],
  findings: readonly ToolFinding[],
): readonly Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ code, message, span }, index) => {
    const place = span && [span.file.path, span.start, span.end];
    const key = JSON.stringify([code, place ? findings[index]!.message : message, place]);
    return !seen.has(key) && seen.add(key);
  });
}
