import type { AlertmanagerDocument, AlertmanagerReceiver, AlertmanagerRoute, InhibitRule } from './alertmanager.ts';
import type { Part } from './part.ts';

/**
 * The parts of an Alertmanager configuration: a route is known by its chain of matchers, a receiver by its name, an
 * inhibition by its matchers and what must be equal, a setting by its own name.
 */
export function alertmanagerParts(document: AlertmanagerDocument): readonly Part[] {
  const numbered = ordinals();
  return [
    ...settingParts(document),
    ...routeParts(document.route, [], '/route', numbered),
    ...document.receivers.map(receiverPart),
    ...(document.inhibit_rules ?? []).map((rule, index) => inhibitionPart(rule, index, numbered)),
  ];
}

/** The route at the root has no matchers; people know it as the default. */
const ROOT = 'default';

type Numbered = (identity: string) => string;

/** Siblings with equal matchers, or equal inhibitions, get their ordinal: `severity="P1" #2`. */
function ordinals(): Numbered {
  const seen = new Map<string, number>();
  return (identity) => {
    const count = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, count);
    return count === 1 ? identity : `${identity} #${count}`;
  };
}

function settingParts({ global = {}, templates }: AlertmanagerDocument): Part[] {
  const settings = Object.entries(global).map(([name, value]): Part => {
    return { kind: 'setting', identity: name, fields: { [name]: value }, pointer: `/global/${name}` };
  });
  return templates === undefined
    ? settings
    : [...settings, { kind: 'setting', identity: 'templates', fields: { templates }, pointer: '/templates' }];
}

/** `{a="b"}`, as an author reads it in Alertmanager's own pages. */
function braces(matchers: readonly unknown[] = []): string {
  return `{${matchers.map(String).join(', ')}}`;
}

function routeParts(
  route: AlertmanagerRoute,
  above: readonly string[],
  pointer: string,
  numbered: Numbered,
): readonly Part[] {
  const { matchers, routes = [], ...fields } = route;
  const chain = matchers === undefined && above.length === 0 ? [] : [...above, braces(matchers)];
  const identity = numbered(chain.length === 0 ? ROOT : chain.join(' / '));
  return [
    { kind: 'route', identity, fields, pointer },
    ...routes.flatMap((child, index) => routeParts(child, chain, `${pointer}/routes/${index}`, numbered)),
  ];
}

function receiverPart({ name, ...fields }: AlertmanagerReceiver, index: number): Part {
  return { kind: 'receiver', identity: name, fields, pointer: `/receivers/${index}` };
}

function inhibitionPart(rule: InhibitRule, index: number, numbered: Numbered): Part {
  const { source_matchers, target_matchers, ...fields } = rule;
  const identity = numbered(`${braces(source_matchers)} silences ${braces(target_matchers)}`);
  return { kind: 'inhibition', identity, fields, pointer: `/inhibit_rules/${index}` };
}
