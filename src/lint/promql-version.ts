import { languageOf } from '../model/language.ts';
import type { RuleBook } from '../model/rule.ts';
import type { Model } from '../model/types.ts';
import type { Expression } from '../promql/expression.ts';
import { type Fault, faultDiagnostic } from '../promql/fault.ts';
import { parseExpression } from '../promql/parser.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { type Origin, originSpanAt } from '../source/document.ts';
import type { LintRule } from './rule.ts';

/** An expression that a Prometheus is asked, and what it belongs to. */
interface Asked {
  readonly expression: Expression;
  readonly origin: Origin;
}

function* asked({ dashboards }: Model, { groups }: RuleBook): Iterable<Asked> {
  for (const { rules } of groups) for (const { expr, origin } of rules) yield { expression: expr, origin };
  for (const { rows } of dashboards.all) {
    for (const panel of rows.flatMap(({ panels }) => panels)) {
      if (panel.shows !== 'query') continue;
      for (const { query } of panel.queries) yield { expression: query, origin: panel.origin };
    }
  }
}

/** What a text asks of a Prometheus that the project's does not know; the same text is read once. */
function versionFaults({ project }: Model): (text: string) => readonly Fault[] {
  const language = languageOf(project.prometheus);
  const known = new Map<string, readonly Fault[]>();
  return (text) => {
    let faults = known.get(text);
    if (!faults) {
      faults = parseExpression(text, { ...language, holes: 'grafana' }).faults.filter(({ kind }) => kind === 'version');
      known.set(text, faults);
    }
    return faults;
  };
}

function diagnostic({ expression, origin }: Asked, fault: Fault): Diagnostic {
  const owner = expression.pieces[0] ?? origin;
  const place = { document: owner.document, path: owner.path, pieces: expression.pieces };
  return faultDiagnostic(fault, (start, end) => originSpanAt(place, start, end - start));
}

/** An author's characters end up in many rules: what is said of them is said once. */
function distinct(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return found.filter(({ span, message }) => {
    const key = `${span?.file.path}:${span?.start}:${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

function check(model: Model, rules: RuleBook): readonly Diagnostic[] {
  const faultsOf = versionFaults(model);
  const found: Diagnostic[] = [];
  for (const each of asked(model, rules)) {
    // What qmon alone wrote is what every version reads, and is most of all rules.
    if (each.expression.pieces.length === 0) continue;
    for (const fault of faultsOf(each.expression.text)) found.push(diagnostic(each, fault));
  }
  return distinct(found);
}

/** Every expression must be one that the project's Prometheus reads (`promql/unsupported`). */
export const promqlVersion: LintRule = { codes: [], needs: [], check };
