import { formsOf } from '../resource.ts';
import type { Target } from '../target.ts';
import { configFile } from './config.ts';
import { ruleDocuments, ruleFile } from './rule-files.ts';
import { checkSizes, codes, ruleResource } from './rule-resources.ts';

export const prometheusTarget: Target = {
  name: 'prometheus',
  summary: 'rule files per service, and prometheus.yml; or PrometheusRules for the Prometheus operator',
  codes,
  check: (model, { rules }) => (formsOf(model.project).resources ? checkSizes(ruleDocuments(model, rules)) : []),
  emit: (model, { rules }) => {
    const { files, resources } = formsOf(model.project);
    const documents = ruleDocuments(model, rules);
    return [
      ...(files ? [configFile(model), ...documents.map(ruleFile)] : []),
      ...(resources ? documents.map((document) => ruleResource(model.project, document)) : []),
    ];
  },
};
