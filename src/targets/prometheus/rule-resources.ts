import { LARGEST_RULE_RESOURCE_BYTES, type PrometheusRuleResource } from '../../formats/prometheus.ts';
import { PATHS } from '../../model/names.ts';
import type { Project } from '../../model/types.ts';
import type { Artifact } from '../../output/artifact.ts';
import { writeYaml } from '../../output/block-yaml.ts';
import { defineCode } from '../../source/code.ts';
import type { Diagnostic } from '../../source/diagnostic.ts';
import { originSpan } from '../../source/document.ts';
import { describeBytes, formsOf, resourceMetadata } from '../resource.ts';
import type { RuleDocument } from './rule-files.ts';

const TOO_LARGE = defineCode<{ part: string | undefined; bytes: number }>({
  code: 'rule/resource-too-large',
  severity: 'error',
  title: 'more rules than a PrometheusRule may hold',
  explain: `The Prometheus operator hands rules to Prometheus in ConfigMaps, and refuses a PrometheusRule whose rules are larger
than ${describeBytes(LARGEST_RULE_RESOURCE_BYTES)}: none of them would be evaluated. The rules of a service stand in one resource.`,
  message: ({ part, bytes }) =>
    `the rules of ${part === undefined ? 'the project' : `\`${part}\``} are ${describeBytes(bytes)}, and a PrometheusRule holds ${describeBytes(LARGEST_RULE_RESOURCE_BYTES)}`,
  help: () => 'share the rules out among several services, or write `format: files`',
});

export const codes = [TOO_LARGE];

/** Whether the operator takes each resource. */
export function checkSizes(documents: readonly RuleDocument[]): readonly Diagnostic[] {
  return documents.flatMap(({ part, document, origins }) => {
    const bytes = Buffer.byteLength(writeYaml(document));
    if (bytes <= LARGEST_RULE_RESOURCE_BYTES) return [];
    const origin = origins.get('');
    return [TOO_LARGE.at(origin && originSpan(origin), { part, bytes })];
  });
}

/** The rules as the Prometheus operator reads them. Where they are written as files too, promtool has judged them there. */
export function ruleResource(project: Project, { stem, part, header, document, origins: own }: RuleDocument): Artifact {
  const resource: PrometheusRuleResource = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: resourceMetadata(project, part, project.prometheus.operator.labels),
    spec: document,
  };
  const origins = new Map([...own].map(([pointer, origin]) => [pointer === '' ? '' : `/spec${pointer}`, origin]));
  const artifact = {
    path: PATHS.ruleResource(stem),
    text: writeYaml(resource, { header }),
    target: 'prometheus',
    origins,
  };
  if (formsOf(project).files) return { ...artifact, verifier: 'none' };
  return { ...artifact, verifier: 'promtool-rules', judged: { text: writeYaml(document), pointer: '/spec' } };
}
