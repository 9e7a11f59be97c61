import type { Declaration, Names } from '../../model/link.ts';
import type { Alert, Recording, RuleBook } from '../../model/rule.ts';
import type { Model } from '../../model/types.ts';
import type { Fact } from '../../output/explanation.ts';
import type { RouteNode } from '../../routing/route.ts';
import { routeTree } from '../../routing/tree.ts';
import type { Located } from '../../source/document.ts';
import type { Compilation } from '../compile.ts';

/** All that is known of a project, as far as its faults leave it standing. */
export interface Knowledge {
  readonly names: Names;
  readonly model?: Model;
  readonly alerts: readonly Alert[];
  readonly recordings: readonly Recording[];
  readonly routes?: RouteNode;
}

function recordingsOf({ groups }: RuleBook): Recording[] {
  return groups.flatMap(({ rules }) => rules.filter((rule) => rule.type === 'record'));
}

export function knowledgeOf({ names, model, rules }: Compilation): Knowledge {
  return {
    names,
    alerts: rules?.alerts ?? [],
    recordings: rules ? recordingsOf(rules) : [],
    ...(model && { model, routes: routeTree(model) }),
  };
}

/** What a document as a whole declares. */
export function declaredBy({ declarations }: Names, document: Located): Declaration | undefined {
  return declarations.find((each) => each.document === document && each.path[0] === 'metadata');
}

/** A fact, or none where there is nothing to say. */
export function fact(label: string, ...values: readonly (string | undefined)[]): Fact[] {
  const known = values.filter((value) => value !== undefined && value !== '') as string[];
  return known.length === 0 ? [] : [{ label, values: known }];
}
