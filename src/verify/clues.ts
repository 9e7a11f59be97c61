import type { Path } from '../source/document.ts';
import { walk } from './place.ts';

/** How the words of a tool betray what they are about when they give no position. */
interface Clue {
  /** Its first group, where it has one, is the value or key to look for. */
  readonly pattern: RegExp;
  /** The keys that the way to the value passes through, one of them at least; any when left out. */
  readonly within?: readonly string[];
  /** Look for this key, or for the key that is the pattern's group, instead of a value. */
  readonly key?: string | true;
  /** The last place rather than the first: of two equal names it is the second that is wrong. */
  readonly last?: true;
}

/**
 * Source: the messages of Alertmanager's config.go and of Prometheus' rulefmt.go,
 * https://github.com/prometheus/alertmanager/blob/main/config/config.go, https://github.com/prometheus/prometheus/blob/main/model/rulefmt/rulefmt.go
 */
const clues: readonly Clue[] = [
  { pattern: /undefined receiver "(.+)" used in route/, within: ['receiver'] },
  {
    pattern: /undefined (?:mute )?time interval "(.+)" used in route/,
    within: ['mute_time_intervals', 'active_time_intervals'],
  },
  { pattern: /notification config name "(.+)" is not unique/, within: ['receivers'], last: true },
  {
    pattern: /time interval(?: name)? "(.+)" is not unique/,
    within: ['time_intervals', 'mute_time_intervals'],
    last: true,
  },
  { pattern: /groupname: "(.+)" is repeated/, within: ['groups'], last: true },
  { pattern: /duplicated label "(.+)" in group_by/, within: ['group_by'] },
  { pattern: /found multiple scrape configs with job name "(.+)"/, within: ['job_name'], last: true },
  { pattern: /in duration "(.+)"/ },
  { pattern: /^(\w+) cannot be zero/, key: true },
  { pattern: /^root route must not have any (?:mute_|active_)?(matchers)/, key: true },
  { pattern: /^(?:no routes?|root route)/, key: 'route' },
  { pattern: /`(.+)`/ },
  { pattern: /"(.+)"/ },
  { pattern: /unescaped double quote: (.+)$/ },
  { pattern: /^(\S+) is not a valid/ },
  { pattern: /PagerDuty/i, key: 'pagerduty_configs' },
  { pattern: /Slack/i, key: 'slack_configs' },
  { pattern: /SMTP|email/i, key: 'email_configs' },
  { pattern: /webhook|url_file/i, key: 'webhook_configs' },
];

/** The place in a generated document that a message without a position speaks of; undefined when it names nothing that is there. */
export function pathByClue(message: string, document: unknown): Path | undefined {
  for (const clue of clues) {
    const match = clue.pattern.exec(message);
    const path = match && find(document, clue, match[1]);
    if (path) return path;
  }
  return undefined;
}

function find(document: unknown, clue: Clue, text: string | undefined): Path | undefined {
  const key = clue.key === true ? text : clue.key;
  const places = [...walk(document)].filter(({ path, value }) =>
    key === undefined ? isText(value, path, text) && passes(path, clue.within) : path.at(-1) === key,
  );
  const exact = places.filter(({ path, value }) => key !== undefined || value === text || path.at(-1) === text);
  const best = exact.length > 0 ? exact : places;
  return (clue.last ? best.at(-1) : best[0])?.path;
}

/** The text is the value, part of it, or its key. */
function isText(value: unknown, path: Path, text: string | undefined): boolean {
  if (text === undefined) return false;
  return path.at(-1) === text || (typeof value === 'string' ? value.includes(text) : String(value) === text);
}

function passes(path: Path, within: readonly string[] | undefined): boolean {
  return within === undefined || path.some((key) => within.includes(String(key)));
}
