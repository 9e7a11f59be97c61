/** What is wrong with a regular expression, and at which character. */
export interface RegexFault {
  readonly at: number;
  readonly message: string;
  readonly help: string;
}

/** Groups of other dialects that RE2 refuses. Source: https://github.com/google/re2/wiki/Syntax */
const FOREIGN_GROUPS: readonly (readonly [opening: string, name: string])[] = [
  ['(?<=', 'lookbehind'],
  ['(?<!', 'negative lookbehind'],
  ['(?=', 'lookahead'],
  ['(?!', 'negative lookahead'],
  ['(?>', 'atomic group'],
  ['(?#', 'comment group'],
  ['(?|', 'branch reset group'],
];

/** How a group that RE2 knows opens: plain, with flags, named. */
const GROUP = /\((?:\?(?:P?<\w+>|[imsU]*(?:-[imsU]+)?(:|(\)))))?/y;
const REPETITION = /(?:[*+?]|\{(0|[1-9]\d*)(,(0|[1-9]\d*)?)?\})\??/y;
/** A character class up to its end: a `]` that comes first is a member, and so is `[:alpha:]`. */
const CLASS = /\[\^?(?:\]|(?!\]))(?:\[:\^?\w+:\]|\\[\s\S]|[^\]\\])*\]/y;
const ESCAPE =
  /\\(?:[0-7]{2,3}|0|x[\da-fA-F]{2}|x\{[\da-fA-F]+\}|[pP](?:\{\^?\w+\}|[A-Z])|[AbBzdDsSwWafnrtv]|[^A-Za-z0-9\u0080-\uffff])/y;
const MAX_REPETITIONS = 1000;

/**
 * The first fault of a regular expression in RE2 syntax as far as its shape shows it: brackets, repetitions, escapes
 * and constructs that RE2 lacks. Accepts everything that Prometheus accepts.
 * Source: https://github.com/google/re2/wiki/Syntax
 */
export function regexFault(pattern: string): RegexFault | undefined {
  return new RegexReader(pattern).read();
}

/** A character that means itself, in a class because a backslash would have to be written twice. */
function escaped(character: string): string {
  return `\`[${character}]\``;
}

type Before = 'nothing' | 'atom' | 'repetition';

class RegexReader {
  private readonly pattern: string;
  private readonly groups: number[] = [];
  private at = 0;
  /** What a repetition at this place would repeat. */
  private before: Before = 'nothing';

  constructor(pattern: string) {
    this.pattern = pattern;
  }

  read(): RegexFault | undefined {
    while (this.at < this.pattern.length) {
      const fault = this.step(this.pattern[this.at]!);
      if (fault) return fault;
    }
    const open = this.groups.at(-1);
    if (open === undefined) return undefined;
    const help = `add \`)\`, or write ${escaped('(')} for the character itself`;
    return { at: open, message: 'the group opened by `(` is never closed', help };
  }

  private step(character: string): RegexFault | undefined {
    if (character === '\\') return this.escape();
    if (character === '(') return this.group();
    if (character === ')') return this.close();
    if (character === '[') return this.characterClass();
    const repetition = '*+?{'.includes(character) ? this.match(REPETITION) : undefined;
    if (repetition) return this.repetition(repetition);
    this.before = character === '|' ? 'nothing' : 'atom';
    this.at++;
    return undefined;
  }

  private match(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.at;
    return expression.exec(this.pattern) ?? undefined;
  }

  private escape(): RegexFault | undefined {
    const { at, pattern } = this;
    this.before = 'atom';
    if (pattern.startsWith('\\Q', at)) {
      const end = pattern.indexOf('\\E', at);
      this.at = end === -1 ? pattern.length : end + 2;
      return undefined;
    }
    const match = this.match(ESCAPE);
    if (match) {
      this.at += match[0].length;
      return undefined;
    }
    const letter = pattern.slice(at + 1, at + 2);
    if (letter === '') return { at, message: 'it ends with a single backslash', help: 'remove it' };
    if (/[1-9]/.test(letter)) {
      return {
        at,
        message: `the backreference \`\\${letter}\` does not exist in RE2`,
        help: 'write the text out again',
      };
    }
    const help = `write \`${letter}\` alone, or a backslash twice for a backslash`;
    return { at, message: `the escape \`\\${letter}\` does not exist in RE2`, help };
  }

  private group(): RegexFault | undefined {
    const { at, pattern } = this;
    const foreign = FOREIGN_GROUPS.find(([opening]) => pattern.startsWith(opening, at));
    if (foreign) {
      const help = 'say it with a second matcher instead, such as `label!~"…"`';
      return { at, message: `the ${foreign[1]} \`${foreign[0]}…)\` does not exist in RE2`, help };
    }
    const match = this.match(GROUP)!;
    const [whole, , flagsOnly] = match;
    if (whole === '(' && pattern[at + 1] === '?') {
      return { at, message: 'the group `(?…` does not exist in RE2', help: 'write `(…)` or `(?:…)`' };
    }
    this.at += whole.length;
    if (flagsOnly) {
      if (this.before === 'repetition') this.before = 'atom';
      return undefined;
    }
    this.groups.push(at);
    this.before = 'nothing';
    return undefined;
  }

  private close(): RegexFault | undefined {
    if (this.groups.pop() === undefined) {
      const help = `remove it, or write ${escaped(')')} for the character itself`;
      return { at: this.at, message: 'the `)` closes no group', help };
    }
    this.before = 'atom';
    this.at++;
    return undefined;
  }

  private characterClass(): RegexFault | undefined {
    const match = this.match(CLASS);
    if (!match) {
      const help = `add \`]\`, or write ${escaped('[')} for the character itself`;
      return { at: this.at, message: 'the character class opened by `[` is never closed', help };
    }
    this.before = 'atom';
    this.at += match[0].length;
    return undefined;
  }

  private repetition([whole, least, comma, most]: RegExpExecArray): RegexFault | undefined {
    const { at, before } = this;
    if (before === 'nothing') {
      const help = `write \`.${whole}\` for any text, or ${escaped(whole.charAt(0))} for the character itself`;
      return { at, message: `the \`${whole}\` has nothing to repeat`, help };
    }
    if (before === 'repetition')
      return { at, message: `the \`${whole}\` repeats a repetition`, help: 'remove one of the two' };
    const [low, high] = [Number(least ?? 0), most ? Number(most) : comma ? MAX_REPETITIONS : Number(least ?? 0)];
    if (low > MAX_REPETITIONS || high > MAX_REPETITIONS || high < low) {
      const help = `write at most ${MAX_REPETITIONS}, the smaller number first`;
      return { at, message: `\`${whole}\` is no possible count of repetitions`, help };
    }
    this.before = 'repetition';
    this.at += whole.length;
    return undefined;
  }
}
