import type { RuleBook } from '../model/rule.ts';
import type { Model } from '../model/types.ts';
import { containsHole } from '../promql/hole.ts';
import { selectorsIn } from '../promql/metrics.ts';
import { type Matcher, printMatcher } from '../promql/selector.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { type AuthoredExpression, authoredExpressions, authoredSpan } from './expressions.ts';
import type { LintRule } from './rule.ts';

interface Written {
  readonly written: string;
  readonly instead: string;
}

const ANCHORS = defineCode<Written>({
  code: 'promql/regex-anchors',
  severity: 'info',
  title: 'anchors in a matcher, which is anchored anyway',
  explain:
    'A regular expression of a matcher must match the whole value of the label: `^` in front and `$` behind it change nothing. Readers who see them take the matchers without them for substrings.\n\nSource: https://prometheus.io/docs/prometheus/latest/querying/basics/ (Time series selectors).',
  message: ({ written }) => `the anchors in \`${written}\` change nothing: matchers match the whole value`,
  help: ({ instead }) => `write \`${instead}\``,
});

const PLAIN = defineCode<Written>({
  code: 'promql/regex-plain',
  severity: 'info',
  title: 'a regular expression that is a plain text',
  explain:
    'A text without any sign of regular expressions matches itself and nothing else. `=` and `!=` say that to the reader, and Prometheus finds the series without looking at every value of the label.',
  message: ({ written }) => `\`${written}\` matches one text only`,
  help: ({ instead }) => `write \`${instead}\``,
});

const PLAIN_OPERATOR = { '=~': '=', '!~': '!=' } as const;
/** Signs that mean something in a regular expression. */
const SIGNS = /[\\^$.|?*+()[\]{}]/;

/** Without the anchors around the whole: not those of the first or last of several alternatives. */
function withoutAnchors(value: string): string {
  if (/\|/.test(value) && !/^\^\([^()]*\)\$$/.test(value)) return value;
  const body = value.startsWith('^') ? value.slice(1) : value;
  return /(?<!\\)\$$/.test(body) ? body.slice(0, -1) : body;
}

function judged(matcher: Matcher): { code: typeof ANCHORS; instead: string } | undefined {
  const { operator, value } = matcher;
  if (operator !== '=~' && operator !== '!~') return undefined;
  if (value === '' || containsHole(value.replace(/\$$/, ''))) return undefined;
  const bare = withoutAnchors(value);
  const plain = !SIGNS.test(bare);
  const instead = printMatcher({ ...matcher, value: bare, operator: plain ? PLAIN_OPERATOR[operator] : operator });
  if (bare !== value) return { code: ANCHORS, instead };
  return plain ? { code: PLAIN, instead } : undefined;
}

function inExpression(one: AuthoredExpression): Diagnostic[] {
  const { text } = one.expr;
  if (one.foreign || !text.includes('~')) return [];
  return selectorsIn(text).flatMap(({ matchers }) =>
    matchers.flatMap((matcher) => {
      const { start, end } = matcher.span!;
      const found = judged(matcher);
      const at = found && authoredSpan(one, start, end);
      return at ? [found.code.at(at, { written: text.slice(start, end), instead: found.instead })] : [];
    }),
  );
}

/** Matchers that say something simple in a roundabout way. */
export const regexMatcher: LintRule = {
  codes: [ANCHORS, PLAIN],
  needs: [],
  check: (model: Model, rules: RuleBook) => authoredExpressions(model, rules).flatMap(inExpression),
};
