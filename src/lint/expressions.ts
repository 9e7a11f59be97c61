import type { Alert, Group, Recording, RuleBook } from '../model/rule.ts';
import type { Model, RuleSource } from '../model/types.ts';
import type { Expression } from '../promql/expression.ts';
import { type Origin, originSpanAt } from '../source/document.ts';
import type { Span } from '../source/span.ts';

/** An expression of an author with holes filled in: of a rule, or of a panel. */
export interface AuthoredExpression {
  readonly source: RuleSource;
  /** As people call what it stands in: the name of the rule, or of the dashboard. */
  readonly subject: string;
  /** Somebody else's, taken in as it is. */
  readonly foreign: boolean;
  readonly ruleSet?: string;
  readonly rule?: Recording | Alert;
  readonly group?: Group;
  readonly expr: Expression;
  readonly origin: Origin;
}

/** The kind of document that a rule comes from; files of others belong to a RuleSet. */
function sourceOf(group: Group, { origin }: Recording | Alert): RuleSource {
  return group.file ? 'RuleSet' : (origin.document.value as { readonly kind: RuleSource }).kind;
}

function ofRules({ groups }: RuleBook): AuthoredExpression[] {
  return groups.flatMap((group) =>
    group.rules.map((rule) => ({
      source: sourceOf(group, rule),
      subject: rule.type === 'alert' ? rule.alert : rule.record,
      foreign: rule.foreign === true && rule.expr.pieces.every(({ document }) => document === rule.origin.document),
      ...(group.file && { ruleSet: group.file.ruleSet }),
      rule,
      group,
      expr: rule.expr,
      origin: { ...rule.origin, pieces: rule.expr.pieces },
    })),
  );
}

function ofDashboards({ dashboards }: Model): AuthoredExpression[] {
  return dashboards.all.flatMap(({ name, rows }) =>
    rows
      .flatMap(({ panels }) => panels.flatMap((panel) => (panel.shows === 'query' ? panel : [])))
      .flatMap(({ origin, queries }) =>
        queries.map(({ query }) => ({
          source: 'Dashboard' as const,
          subject: name,
          foreign: false,
          expr: query,
          origin: { ...origin, pieces: query.pieces },
        })),
      ),
  );
}

/** Every expression of rules and panels. Those of SLOs and KPIs hold the author's characters between ours. */
export function authoredExpressions(model: Model, rules: RuleBook): readonly AuthoredExpression[] {
  return [...ofRules(rules), ...ofDashboards(model)];
}

/** The author's characters `start`…`end` of an expression; nothing where they are qmon's own. */
export function authoredSpan({ expr, origin }: AuthoredExpression, start: number, end: number): Span | undefined {
  const own = expr.pieces.some((piece) => start >= piece.at && start < piece.at + piece.length);
  return own ? originSpanAt(origin, start, end - start) : undefined;
}

/** The series that rules of the workspace record. */
export function recordedNames({ groups }: RuleBook): ReadonlySet<string> {
  const rules = groups.flatMap((group) => group.rules);
  return new Set(rules.flatMap((rule) => (rule.type === 'record' ? [rule.record] : [])));
}
