import type { Service } from '../model/types.ts';
import { type Expression, substitute } from '../promql/expression.ts';
import { printMatchers, withMatchersText } from '../promql/selector.ts';

/** An author's expression with `$selector` replaced by the service's own; without a service it is `{}`'s neutral content. */
export function withServiceSelector(expression: Expression, service: Service | undefined): Expression {
  return substitute(expression, { selector: printMatchers(service?.selector?.matchers ?? []) });
}

/** A bare selector narrowed by the service's matchers; those that it has already are not repeated. */
export function narrowed(expression: Expression, service: Service | undefined): Expression {
  return withMatchersText(expression, service?.selector?.matchers ?? []);
}
