import type { Service } from '../model/types.ts';
import { type Expression, edited, substitute } from '../promql/expression.ts';
import { fitted } from '../promql/layout.ts';
import { type Matcher, parseSelector, printMatcher, printSelector, type Selector } from '../promql/selector.ts';

function matchersOf(service: Service | undefined): readonly Matcher[] {
  return service?.selector?.matchers ?? [];
}

/** The service's matchers, without those about labels that a selector decides itself. */
export function inherited(selector: Selector, service: Service | undefined): readonly Matcher[] {
  const own = new Set(selector.matchers.map(({ label }) => label));
  return matchersOf(service).filter(({ label }) => !own.has(label));
}

/** An author's expression, laid out, with `$selector` replaced by the service's matchers and further holes by their values. */
export function filledIn(
  expression: Expression,
  service: Service | undefined,
  values: Readonly<Record<string, string>> = {},
): Expression {
  return fitted(substitute(expression, { selector: printSelector({ matchers: matchersOf(service) }), ...values }));
}

/** A bare selector narrowed by the service's matchers; the author's characters keep their positions. */
export function narrowed(expression: Expression, service: Service | undefined): Expression {
  const selector = parseSelector(expression.text);
  const extra = selector ? inherited(selector, service).map(printMatcher).join(',') : '';
  if (extra === '' || !selector) return expression;
  const end = expression.text.lastIndexOf('}');
  if (end < 0)
    return edited(expression, [
      { start: expression.text.length, end: expression.text.length, replacement: `{${extra}}` },
    ]);
  const separator = selector.matchers.length === 0 || /,\s*$/.test(expression.text.slice(0, end)) ? '' : ',';
  return edited(expression, [{ start: end, end, replacement: separator + extra }]);
}
