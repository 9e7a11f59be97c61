import { closest } from '../base/text.ts';
import type { AnyCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { SourceFile } from '../source/span.ts';
import { commentsOf, type YamlComment } from '../source/yaml-comments.ts';
import { malformedComment, unknownCode } from './suppression-codes.ts';

/** A comment that silences findings of a code at a line. */
export interface Suppression {
  readonly comment: YamlComment;
  readonly code: string;
  /** `2027-01-31`, the day on which the finding comes back; missing: never. */
  readonly until?: string;
}

/** Pages in Markdown have headings where YAML has comments. */
const YAML_FILE = /\.(?:ya?ml|json|rules)$/;
const OURS = /#\s*qmon\b/;
const COMMENT = /^#\s*qmon(?<gap>\s+|\s*[:-]\s*)(?<word>[^\s:]+)\s*(?<rest>.*)$/;

const USAGES = {
  disable: '# qmon disable CODE reason',
  snooze: '# qmon snooze 2027-01-31 CODE reason',
} as const;

type Word = keyof typeof USAGES;
const WORDS = Object.keys(USAGES) as Word[];

type Read = Suppression | Diagnostic | undefined;

/** The suppressions in a file, and the comments that were meant as such. Any other comment that begins with `qmon` is prose. */
export function suppressionsIn(
  file: SourceFile,
  codes: readonly AnyCode[],
): { readonly suppressions: readonly Suppression[]; readonly faults: readonly Diagnostic[] } {
  const comments = YAML_FILE.test(file.path) ? commentsOf(file, OURS) : [];
  const read = comments.map((comment) => readComment(comment, codes));
  return {
    suppressions: read.filter((each) => each !== undefined && 'comment' in each),
    faults: read.filter((each) => each !== undefined && 'severity' in each),
  };
}

function readComment(comment: YamlComment, codes: readonly AnyCode[]): Read {
  const { gap = '', word: written = '', rest = '' } = COMMENT.exec(comment.text)?.groups ?? {};
  const word = WORDS.find((each) => each === written) ?? closest(written, WORDS);
  if (!isWord(word)) return undefined;
  const malformed = (problem: string) => malformedComment.at(comment.span, { problem, usage: USAGES[word] });
  if (word !== written) return malformed(`\`${written}\` is not a word that qmon knows`);
  if (gap.trim() !== '') return malformed(`\`${gap.trim()}\` does not belong after \`qmon\``);
  const [first = '', ...others] = rest.split(/\s+/).filter((each) => each !== '');
  const until = word === 'snooze' ? first : undefined;
  const [code = '', ...reason] = until === undefined ? [first, ...others] : others;
  if (until === '') return malformed('the date is missing');
  if (until !== undefined && !isDate(until)) return malformed(`\`${until}\` is not a date`);
  if (code === '') return malformed('the code of the finding is missing');
  if (!codes.some((each) => each.code === code)) {
    const known = codes.map((each) => each.code);
    return unknownCode.at(comment.span, { name: code, known }, { severity: 'warning' });
  }
  if (reason.length === 0) return malformed('the reason is missing');
  return { comment, code, ...(until !== undefined && { until }) };
}

function isWord(word: string | undefined): word is Word {
  return WORDS.some((each) => each === word);
}

/** Whether a text is a day of the calendar, year first. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
