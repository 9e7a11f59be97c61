import { parseDecimal, parseDuration, parsePercent } from '../base/quantity.ts';
import { readPattern } from '../promql/pattern.ts';
import { parseAmount } from './amount.ts';
import { parseCondition } from './condition.ts';

/** A text format that schemas refer to: how it is checked, and how a person is told. */
export interface TextFormat {
  matches(text: string): boolean;
  /** What the value should be, as it follows "is no". */
  readonly noun: string;
  /** What to write instead. */
  readonly help: string;
}

function pattern(expression: RegExp, noun: string, help: string): TextFormat {
  return { matches: (text) => expression.test(text), noun, help };
}

const NAME = '[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?';

/** Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const KUBERNETES_NAME = '[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?';
const DNS_NAME = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*';

function isUrl(text: string): boolean {
  return /^https?:\/\/[^\s/$.?#][^\s]*$/.test(text) && !text.includes('${') && URL.canParse(text);
}

const MATCHERS = /^\{\s*([A-Za-z_]\w*\s*(=|!=|=~|!~)\s*("([^"\\\n]|\\.)*"|'([^'\\\n]|\\.)*'|`[^`]*`)\s*,?\s*)*\}$/;

/** Every `format` of the schemas. The generated validators look them up here by name. */
export const formats: Readonly<Record<string, TextFormat>> = {
  name: pattern(
    new RegExp(`^${NAME}$`),
    'name',
    'use lower-case letters, digits and hyphens, at most 63 characters, starting and ending with a letter or digit',
  ),
  reference: pattern(
    new RegExp(`^(${NAME}/)*${NAME}$`),
    'name',
    'write the name of a document, or of an imported one with its namespace: `platform/slack`',
  ),
  'secret-name': pattern(
    /^[A-Za-z0-9]([-_.A-Za-z0-9]{0,126}[A-Za-z0-9])?$/,
    'name of a secret',
    'write the name of the file that holds the secret, never the secret itself',
  ),
  'severity-name': pattern(/^[A-Za-z][A-Za-z0-9_-]*$/, 'severity name', 'write a name such as `P1_CRITICAL`'),
  status: pattern(/^[A-Za-z][A-Za-z0-9_-]*$/, 'status name', 'write a name such as `WARNING`'),
  recipient: pattern(
    new RegExp(`^(team\\.[a-z][a-z0-9-]*|(${NAME}/)*${NAME})$`),
    'channel or team role',
    'write the name of a Channel, or a role of the owning team such as `team.page`, `team.chat`, `team.mail`',
  ),
  'role-name': pattern(
    /^(?!(page|chat|mail)$)[a-z][a-z0-9-]*$/,
    'role of your own',
    'use lower-case letters, digits and hyphens; `page`, `chat` and `mail` stand beside `roles`',
  ),
  'own-routing': pattern(/^own$/, 'routing', 'write `own`, `{ shared: NAME }` or `{ external: FILE }`'),
  'kubernetes-key': pattern(
    new RegExp(`^(?=[^/]{1,63}$|[^/]{1,253}/[^/]{1,63}$)(${DNS_NAME}/)?${KUBERNETES_NAME}$`),
    'name of a label or annotation of Kubernetes',
    'use letters, digits, `-`, `_` and `.`, at most 63 characters, after a DNS name and `/` where it has a prefix',
  ),
  'kubernetes-label-value': pattern(
    new RegExp(`^(?=.{0,63}$)(${KUBERNETES_NAME})?$`),
    'value of a label of Kubernetes',
    'use letters, digits, `-`, `_` and `.`, at most 63 characters, starting and ending with a letter or digit',
  ),
  'label-name': pattern(
    /^(?!__)[A-Za-z_][A-Za-z0-9_]*$/,
    'label name',
    'use letters, digits and underscores; names that start with `__` belong to Prometheus',
  ),
  'parameter-name': pattern(
    /^[A-Za-z][A-Za-z0-9_]*$/,
    'name of a parameter',
    'use letters, digits and underscores, starting with a letter',
  ),
  'relative-path': pattern(
    /^(?![a-z][a-z0-9+.-]*:)(?!\/)[^\0\n\\]*[^\0\n\\/]\/?$/i,
    'relative path',
    "write a path with `/` as it is seen from the Project's folder, such as `../platform`",
  ),
  'metric-name': pattern(/^[A-Za-z_:][A-Za-z0-9_:]*$/, 'metric name', 'use letters, digits, underscores and colons'),
  'metric-prefix': pattern(/^[A-Za-z_][A-Za-z0-9_]*$/, 'metric prefix', 'use letters, digits and underscores'),
  'alert-name': pattern(/^[A-Za-z_][A-Za-z0-9_]*$/, 'alert name', 'write a name such as `ServiceDown`'),
  version: pattern(/^\d{1,4}\.\d{1,4}$/, 'version', 'write major and minor in quotes, such as `"2.42"`'),
  promql: pattern(/(?:)/, 'expression', 'write PromQL'),
  'go-template': pattern(/(?:)/, 'text', 'write text'),
  url: { matches: isUrl, noun: 'address', help: 'write a whole address such as `https://grafana.example.org`' },
  email: pattern(/^[^\s@<>",;:]+@[^\s@<>",;:]+$/, 'mail address', 'write one address such as `oncall@example.org`'),
  'host-port': pattern(/^[^\s:/]+:\d{1,5}$/, 'host and port', 'write `host:port`, such as `mail.example.org:587`'),
  'absolute-path': pattern(/^\/[^\0\n]*$/, 'absolute path', 'write a path that starts with `/`'),
  'file-pattern': pattern(
    /^(?!\/)[^\\\0\n]*[^\\\0\n/]$/,
    'file pattern',
    'write a path that counts from the folder of the Project, such as `vendor/*.yaml`',
  ),
  folder: pattern(
    /^(?!\/)[^\\\0\n*?]+$/,
    'folder',
    'write a path that counts from the folder of the Project, such as `docs/runbooks`',
  ),
  reason: pattern(/\S/, 'reason', 'say why, for those who look for it later'),
  matchers: pattern(MATCHERS, 'matcher list', 'write matchers in braces, such as `{job="qagent"}`'),
  pattern: {
    matches: (text) => readPattern(text) !== undefined,
    noun: 'pattern',
    help: 'write a regular expression of RE2 for the whole text, such as `[a-z-]+`; leave out flags, `\\s`, `\\A`, `[[:alpha:]]` and the like, and write braces and brackets that mean themselves as `[{]`',
  },
  unit: pattern(/^\S(.*\S)?$/, 'unit', 'write a unit such as `percent`, `seconds` or `$/month`'),
  duration: {
    matches: (text) => (parseDuration(text) ?? -1) >= 0,
    noun: 'duration',
    help: 'write a number with its unit, largest unit first: `30s`, `5m`, `1h30m`, `30d`',
  },
  'positive-duration': {
    matches: (text) => (parseDuration(text) ?? 0) > 0,
    noun: 'duration above zero',
    help: 'write a number above zero with its unit: `30s`, `5m`, `30d`',
  },
  percent: {
    matches: (text) => parsePercent(text) !== undefined,
    noun: 'percentage',
    help: 'write a number with a percent sign and at most 15 digits, such as `99.5%`',
  },
  condition: {
    matches: (text) => parseCondition(text) !== undefined,
    noun: 'condition',
    help: 'write an operator and a value with its unit, such as `"> 90%"`, `"< 200ms"` or `"<= $0.05"`',
  },
  amount: {
    matches: (text) => parseAmount(text) !== undefined,
    noun: 'amount',
    help: 'write a number with its unit, such as `1s`, `500ms`, `90%`, `10GiB` or `$5/GB`, or a bare number',
  },
  decimal: {
    matches: (text) => parseDecimal(text) !== undefined,
    noun: 'number',
    help: 'write a plain decimal number',
  },
};
