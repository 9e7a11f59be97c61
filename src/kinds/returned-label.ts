import { mayReturnLabel } from '../promql/labels.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { Located, Path } from '../source/document.ts';

const LABEL_NOT_RETURNED = defineCode<{ label: string; purpose: string }>({
  code: 'promql/label-not-returned',
  severity: 'error',
  title: 'an expression does not return a label that is asked of it',
  explain:
    'An aggregation returns only the labels of its `by (…)`. A label that it drops cannot say which service an alert is about, nor tell the values of a KPI apart: it is empty on every result.',
  message: ({ label, purpose }) => `the expression returns no label \`${label}\`, ${purpose}`,
  help: ({ label }) => `aggregate with \`by (${label})\`, or ask for a label that the expression returns`,
});

export const codes = [LABEL_NOT_RETURNED];

/**
 * A label that the result of an expression cannot have, because an aggregation drops it. Every series is taken to have
 * it: what its target adds stands in no catalogue. `purpose`: what the label is for, after a comma.
 */
export function checkReturnedLabel(
  document: Located,
  path: Path,
  text: string,
  label: string,
  purpose: string,
): Diagnostic[] {
  if (mayReturnLabel(text, label, () => [label])) return [];
  return [LABEL_NOT_RETURNED.at(document.at(path), { label, purpose })];
}
