import type { Target } from '../target.ts';
import { configFile } from './config.ts';
import { ruleFiles } from './rule-files.ts';

export const prometheusTarget: Target = {
  name: 'prometheus',
  summary: 'rule files per service, and prometheus.yml',
  codes: [],
  check: () => [],
  emit: (model, { rules }) => [configFile(model), ...ruleFiles(model, rules)],
};
