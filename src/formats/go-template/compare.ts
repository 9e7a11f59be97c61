import type { FaultText } from './fault.ts';
import { type Evaluated, type Value, wordsFor } from './value.ts';

/** The functions that compare their first argument with the others. */
const COMPARES: ReadonlySet<string> = new Set(['eq', 'ne', 'lt', 'le', 'gt', 'ge']);

/** What a value counts as when it is compared; nothing where it is not certain. */
function kindOf({ type }: Value): string | undefined {
  if (type === 'alert-value' || type === 'number') return 'number';
  return type === 'string' || type === 'bool' || type === 'integer' ? type : undefined;
}

/**
 * What is wrong with a comparison: whole numbers are not compared with others, nor texts with numbers.
 * Source: Go, text/template/funcs.go, basicKind and errBadComparison
 */
export function comparisonFault(
  name: string,
  args: readonly Evaluated[],
  text: (at: Evaluated) => string,
): FaultText | undefined {
  const [one, other] = args;
  if (!COMPARES.has(name) || !one || !other) return undefined;
  const kinds = [kindOf(one.value), kindOf(other.value)];
  if (kinds.includes(undefined) || kinds[0] === kinds[1]) return undefined;
  const message = `\`${name}\` cannot compare ${wordsFor(one.value)} with ${wordsFor(other.value)}`;
  const whole = [one, other].find(({ value }) => value.type === 'integer');
  const help = kinds.includes('number') && whole ? `write \`${text(whole)}.0\`` : 'compare values of one type';
  return { message, help };
}
