import { templateKind } from '../../kinds/uses.ts';
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
  /** Of the Project. */
  readonly folder: string;
  readonly names: Names;
  readonly model?: Model;
  readonly alerts: readonly Alert[];
  readonly recordings: readonly Recording[];
  readonly routes?: RouteNode;
}

function recordingsOf({ groups }: RuleBook): Recording[] {
  return groups.flatMap(({ rules }) => rules.filter((rule) => rule.type === 'record'));
}

/** A broken document is declared twice, because it may have been meant to be shared: once is enough. */
function named(declarations: readonly Declaration[]): Declaration[] {
  return declarations.filter(({ kind, name, document }) => {
    const own = plainKind(kind);
    const isOther = (each: Declaration) => each.kind === own && each.name === name && each.document === document;
    return own === kind || !declarations.some(isOther);
  });
}

/** The kind that a document has itself: `AlertPolicy` for one that is declared as shared. */
export function plainKind(kind: string): string {
  return kind.replace(SHARED, '');
}

export function knowledgeOf({ folder, names, model, rules }: Compilation): Knowledge {
  return {
    folder,
    names: { ...names, declarations: named(names.declarations) },
    alerts: rules?.alerts ?? [],
    recordings: rules ? recordingsOf(rules) : [],
    ...(model && { model, routes: routeTree(model) }),
  };
}

/** How the kind of a shared document begins. */
const SHARED = new RegExp(`^${templateKind('')}`);

/** What a document as a whole declares. */
export function declaredBy({ declarations }: Names, document: Located): Declaration | undefined {
  return declarations.find((each) => each.document === document && each.path[0] === 'metadata');
}

/** A fact, or none where there is nothing to say. */
export function fact(label: string, ...values: readonly (string | undefined)[]): Fact[] {
  const known = values.filter((value) => value !== undefined && value !== '') as string[];
  return known.length === 0 ? [] : [{ label, values: known }];
}
