import { notifyTemplate } from '../../generated/templates/notify.ts';
import { PATHS, projectSubject } from '../../model/names.ts';
import type { LabelNames, Model } from '../../model/types.ts';
import type { Artifact } from '../../output/artifact.ts';
import { writeYaml } from '../../output/block-yaml.ts';
import { codes, routingChecks } from '../../routing/checks.ts';
import { type EmitContext, GENERATED, type Target } from '../target.ts';
import { writeDocument } from './document.ts';

const NAME = 'alertmanager';
const TEMPLATE = PATHS.alertmanagerTemplate('qmon');

/** Who is told of an alert, when, and in which words: one configuration and its message templates. */
export const alertmanagerTarget: Target = {
  name: NAME,
  summary: 'alertmanager.yml with routes, receivers and inhibitions, and the message templates',
  codes,
  check: (model, { rules }) => routingChecks(model, rules),
  emit: (model, context) => [configuration(model, context), messages(model.project.labelNames)],
};

function configuration(model: Model, { rules }: EmitContext): Artifact {
  const folder = PATHS.alertmanagerConfig.replace(/[^/]*$/, '');
  const { document, origins } = writeDocument(model, rules, [TEMPLATE.slice(folder.length)]);
  const text = writeYaml(document, { header: `${GENERATED}\n${projectSubject(model.project)}.` });
  return { path: PATHS.alertmanagerConfig, text, target: NAME, verifier: 'amtool-config', origins };
}

/** The templates as they are shipped, with the labels called as this organisation calls them. */
function messages(names: LabelNames): Artifact {
  const text = notifyTemplate.replace(
    /Labels\.(severity|service|slo)\b/g,
    (_, label: 'severity' | 'service' | 'slo') => `Labels.${names[label]}`,
  );
  return { path: TEMPLATE, text, target: NAME, verifier: 'none', origins: new Map() };
}
