import type { Model, Service } from '../model/types.ts';
import type { Expression } from '../promql/expression.ts';
import { tokenize } from '../promql/lexer.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { originSpanAt } from '../source/document.ts';
import type { LintRule } from './rule.ts';

/** A document asks for the matchers of a service, and there are none. */
export const EMPTY_SELECTOR = defineCode<{ kind: string; service: string | undefined }>({
  code: 'promql/empty-selector',
  severity: 'error',
  title: '$selector stands for nothing',
  explain:
    "`$selector` stands for the matchers of the document's service. Where the document names no service, or the service has no `selector`, the expression would silently read the series of all services.",
  message: ({ kind, service }) =>
    service === undefined
      ? `\`$selector\` stands for nothing: the ${kind} names no service`
      : `\`$selector\` stands for nothing: the service \`${service}\` has no \`selector\``,
  help: ({ service }) =>
    service === undefined ? 'name a `service`, or write the matchers here' : 'give the Service a `selector`',
});

interface Reader {
  readonly kind: string;
  readonly service: string | undefined;
  readonly expression: Expression;
}

/** Every expression in which `$selector` has a meaning. */
function readers(model: Model): Reader[] {
  const slos = model.slos.all.flatMap(({ service, indicator }) => {
    if (indicator.type === 'latency') return [];
    const queries = indicator.type === 'threshold' ? [indicator.query] : [indicator.counted, indicator.total];
    return queries.map((query) => ({
      kind: 'SLO',
      service,
      expression: 'expression' in query ? query.expression : query,
    }));
  });
  const kpis = model.kpis.all.map(({ service, query }) => ({ kind: 'KPI', service, expression: query }));
  const rules = model.alertPolicies.all.flatMap(({ service, rules }) =>
    rules.map(({ expr }) => ({ kind: 'AlertPolicy', service, expression: expr })),
  );
  const plain = model.ruleSets.all.flatMap(({ service, files }) =>
    files
      .flatMap(({ groups }) => groups.flatMap((group) => group.rules))
      .map(({ expr }) => ({ kind: 'RuleSet', service, expression: expr })),
  );
  return [...slos, ...kpis, ...rules, ...plain];
}

function check(model: Model): Diagnostic[] {
  const selects = (service: Service | undefined) => (service?.selector?.matchers.length ?? 0) > 0;
  return readers(model).flatMap(({ kind, service, expression }) => {
    const [piece] = expression.pieces;
    if (!piece || !expression.text.includes('selector')) return [];
    if (service !== undefined && selects(model.services.get(service))) return [];
    const holes = tokenize(expression.text).tokens.filter((each) => each.kind === 'hole' && each.value === 'selector');
    const origin = { document: piece.document, path: piece.path, pieces: expression.pieces };
    return holes.map(({ start, end }) =>
      EMPTY_SELECTOR.at(originSpanAt(origin, start, end - start), { kind, service }),
    );
  });
}

/** `$selector` without matchers to stand for. */
export const emptySelector: LintRule = { codes: [EMPTY_SELECTOR], needs: ['Service'], check };
