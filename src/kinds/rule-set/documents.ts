import { uniqueTexts } from '../../base/order.ts';
import { enumerate, plural } from '../../base/text.ts';
import { defineCode } from '../../source/code.ts';
import type { Checked, Diagnostic } from '../../source/diagnostic.ts';
import type { Located } from '../../source/document.ts';
import type { SourceFile } from '../../source/span.ts';
import { parseYaml } from '../../source/yaml.ts';
import { type Field, inside, isMapping, items, mapping } from './fields.ts';

const NO_RULES = defineCode({
  code: 'rule-set/no-rules',
  severity: 'error',
  title: 'a file that is no rule file',
  explain: `The files of a RuleSet are rule files as Prometheus reads them, with \`groups\`, or resources of Kubernetes: \`PrometheusRule\`
of the Prometheus operator, and lists that hold some. Templates, of Helm for example, must be rendered first.`,
  message: () => 'there are no rules here: neither `groups` nor a `PrometheusRule`',
  help: () => 'write a narrower pattern into `files`, or take the file in where it belongs',
});

const SKIPPED = defineCode<{ kinds: readonly string[]; count: number }>({
  code: 'rule-set/skipped',
  severity: 'info',
  title: 'resources of Kubernetes that hold no rules',
  explain:
    'Manifests often keep rules and other resources in one file. Of those qmon takes every `PrometheusRule` and leaves the others alone. Rules in a ConfigMap are not looked for.',
  message: ({ kinds, count }) =>
    `${plural(count, 'resource')} without rules ${count === 1 ? 'is' : 'are'} left out: ${enumerate(kinds.map((kind) => `\`${kind}\``))}`,
});

export const codes = [NO_RULES, SKIPPED];

/** Where one document says its groups. */
export interface RuleDocument {
  /** The value that has `groups`. */
  readonly owner: Field;
  /** What the document calls itself, where it does. */
  readonly name?: string;
}

interface Resource {
  readonly kind: string;
  readonly document: Located;
}

/** The documents of a file that hold rules, with everything that is wrong around their groups. */
export function ruleDocuments(file: SourceFile): Checked<readonly RuleDocument[]> {
  const [documents, diagnostics] = parseYaml(file, 'texts');
  const faults: Diagnostic[] = [...diagnostics];
  const skipped: Resource[] = [];
  const found = documents.flatMap((document) =>
    holders({ document, path: [], value: document.value, faults }, skipped),
  );
  if (documents.length === 0 && faults.length === 0) faults.push(NO_RULES.at({ file, start: 0, end: 0 }, {}));
  const [first] = skipped;
  if (first) {
    const kinds = uniqueTexts(skipped.map(({ kind }) => kind));
    faults.push(SKIPPED.at(first.document.at([], 'key'), { kinds, count: skipped.length }));
  }
  return [found, faults];
}

function holders(field: Field, skipped: Resource[]): RuleDocument[] {
  const { value, document, path, faults } = field;
  const kind = isMapping(value) && typeof value.kind === 'string' ? value.kind : undefined;
  if (isMapping(value) && kind !== undefined && 'apiVersion' in value) {
    if (kind === 'PrometheusRule') return [manifest(field)];
    if (kind.endsWith('List')) return items(inside(field, 'items')).flatMap((item) => holders(item, skipped));
    skipped.push({ kind, document });
    return [];
  }
  if (isMapping(value) && 'groups' in value) {
    mapping(field, 'a rule file', ['groups']);
    return [{ owner: field }];
  }
  faults.push(NO_RULES.at(document.at(path), {}));
  return [];
}

/** Source: https://prometheus-operator.dev/docs/api-reference/api/ (PrometheusRule) */
function manifest(field: Field): RuleDocument {
  const { metadata } = field.value as { metadata?: unknown };
  const name = isMapping(metadata) && typeof metadata.name === 'string' ? metadata.name : undefined;
  const spec = inside(field, 'spec');
  mapping(spec, '`spec`', ['groups']);
  return { owner: spec, ...(name !== undefined && { name }) };
}
