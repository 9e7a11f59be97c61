import { type AnyCode, type DiagnosticCode, defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { Span } from '../source/span.ts';

/** Characters `start`…`end` of an expression: UTF-16 code units, the end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * What kind of fault it is; each kind has its diagnostic code. `type`: operands that do not fit; `name`: an unknown
 * function; `version`: the target does not understand it.
 */
export type FaultKind = 'empty' | 'syntax' | 'duration' | 'regex' | 'variable' | 'type' | 'name' | 'version';

/** Something wrong in the text of one PromQL expression; offsets count from the beginning of that text. */
export interface Fault extends Range {
  readonly kind: FaultKind;
  readonly message: string;
  readonly help?: string;
  readonly related?: readonly RelatedRange[];
}

/** A fault over these characters. */
export function faultAt({ start, end }: Range, kind: FaultKind, message: string, help?: string): Fault {
  return { kind, start, end, message, ...(help !== undefined && { help }) };
}

export interface RelatedRange extends Range {
  readonly message: string;
}

interface FaultText {
  readonly message: string;
  readonly help?: string | undefined;
}

const said = {
  severity: 'error' as const,
  message: (parameters: FaultText) => parameters.message,
  help: (parameters: FaultText) => parameters.help,
};

const EMPTY = defineCode<FaultText>({
  ...said,
  code: 'promql/empty',
  title: 'a PromQL expression is empty',
  explain:
    'The text holds only white space or comments. Prometheus reads no expression in it, so the rule or panel would never have a value. Write an expression, or remove the field.',
});

const SYNTAX = defineCode<FaultText>({
  ...said,
  code: 'promql/syntax',
  title: 'a PromQL expression is malformed',
  explain:
    'Prometheus cannot read the expression: a string or bracket is never closed, an operator lacks an operand, a matcher lacks its quotes, and so on. The message says where it stops making sense.\n\n```promql\nsum(rate(http_requests_total{code=~"5.."}[5m]) > 1     # one ) is missing\nhttp_requests_total{job=api}                           # values are quoted: job="api"\n```',
});

const DURATION = defineCode<FaultText>({
  ...said,
  code: 'promql/duration',
  title: 'a PromQL duration is malformed',
  explain:
    'A duration is written as whole numbers with units from large to small, each unit once: `5m`, `1h30m`, `5m30s500ms`. The units are y, w, d, h, m, s and ms. A range and the step of a subquery are greater than zero. A number without unit is read as seconds from Prometheus 2.54 on and refused before; it is nearly always a forgotten unit, so write the unit.',
});

const REGEX = defineCode<FaultText>({
  ...said,
  code: 'promql/regex',
  title: 'a matcher holds an invalid regular expression',
  explain:
    'The value of a `=~` or `!~` matcher is a regular expression in RE2 syntax, anchored at both ends. RE2 has no lookahead, no lookbehind and no backreferences. In a double-quoted string a backslash is written twice: `"5\\\\d\\\\d"`.',
});

const VARIABLE = defineCode<FaultText>({
  ...said,
  code: 'promql/unknown-variable',
  title: 'an expression uses a variable that is not defined here',
  explain:
    'A `$name` in an expression stands for something that qmon fills in. Only the names listed in the message have a meaning at this place. Inside quotes nothing is filled in.',
});

const TYPE = defineCode<FaultText>({
  ...said,
  code: 'promql/type',
  title: 'parts of an expression do not fit together',
  explain:
    'Prometheus reads the expression and refuses it: a function is given something else than it takes, too much or too little; an operator stands between parts that it does not join; a selector selects everything; the whole is a text or a range of samples, where one value for each series is needed.\n\n```promql\nrate(http_requests_total)            # rate looks back: rate(http_requests_total[5m])\nsum(http_requests_total[5m])         # a range has no sum: sum(rate(http_requests_total[5m]))\nup{job="api"} and 1                  # 1 is no series: vector(1)\n```\n\nSource: https://prometheus.io/docs/prometheus/latest/querying/basics/ (Expression language data types).',
});

const NAME = defineCode<FaultText>({
  ...said,
  code: 'promql/unknown-function',
  title: 'an expression calls a function that Prometheus does not have',
  explain:
    'No version of Prometheus from 2.42 on has a function of that name. Names are written in lower case. The help names the nearest one that exists.\n\nSource: https://prometheus.io/docs/prometheus/latest/querying/functions/.',
});

const VERSION = defineCode<FaultText>({
  ...said,
  code: 'promql/unsupported',
  title: 'the Prometheus of the Project does not understand an expression',
  explain:
    'The expression is written for a newer or an older Prometheus than `targets.prometheus.version` of the Project says, or for one that was started with a feature flag that `targets.prometheus.features` does not list. That Prometheus refuses the whole rule file, and a panel shows an error. The message names the version or the flag that understands it.\n\nSources: https://github.com/prometheus/prometheus/blob/main/CHANGELOG.md, https://prometheus.io/docs/prometheus/latest/feature_flags/.',
});

const CODE_OF_KIND: Readonly<Record<FaultKind, DiagnosticCode<FaultText>>> = {
  empty: EMPTY,
  syntax: SYNTAX,
  duration: DURATION,
  regex: REGEX,
  variable: VARIABLE,
  type: TYPE,
  name: NAME,
  version: VERSION,
};

/** The codes that the PromQL checks report. */
export const codes: readonly AnyCode[] = Object.values(CODE_OF_KIND);

/** The diagnostic for a fault; `span` finds the author's characters behind characters of the expression. */
export function faultDiagnostic(fault: Fault, span: (start: number, end: number) => Span | undefined): Diagnostic {
  const related = (fault.related ?? []).flatMap(({ start, end, message }) => {
    const place = span(start, end);
    return place ? [{ span: place, message }] : [];
  });
  const { message, help } = fault;
  return CODE_OF_KIND[fault.kind].at(span(fault.start, fault.end), { message, help }, { related });
}
