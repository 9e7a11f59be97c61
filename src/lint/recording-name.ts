import type { RuleBook } from '../model/rule.ts';
import type { Model } from '../model/types.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { originSpan } from '../source/document.ts';
import { nameOrigin, recordsIn } from './demands.ts';
import type { LintRule } from './rule.ts';

const NAME = defineCode<{ record: string }>({
  code: 'rule/recording-name',
  severity: 'info',
  title: 'a recorded series without the name of one',
  explain:
    'By convention recorded series are called `level:metric:operations`: the labels that are left, the metric, and what was done to it, the last first, as in `job:http_requests:rate5m`. The colons tell readers that a rule makes the series and no program exposes it. Rules in files of others keep their names, and a project that has a convention of its own says so in `policy.records`.\n\nSource: https://prometheus.io/docs/practices/rules/ (Naming).',
  message: ({ record }) => `\`${record}\` is not called \`level:metric:operations\``,
  help: () => 'rename it, such as `job:http_requests:rate5m`, or say in `policy.records` how records are named here',
});

const CONVENTION = /^[A-Za-z_]\w*:\w+(?::\w+)+$/;

function check({ project }: Model, rules: RuleBook): Diagnostic[] {
  if (project.policy.records.some(({ named, ruleSets }) => named && !ruleSets)) return [];
  return recordsIn(rules)
    .filter(({ rule }) => rule.foreign !== true && !CONVENTION.test(rule.record))
    .map(({ rule }) => NAME.at(originSpan(nameOrigin(rule)), { record: rule.record }));
}

/** Names of the author's own recording rules. */
export const recordingName: LintRule = { codes: [NAME], needs: [], check };
