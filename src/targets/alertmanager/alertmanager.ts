import { PATHS, projectSubject } from '../../model/names.ts';
import type { Model, Project } from '../../model/types.ts';
import type { Artifact } from '../../output/artifact.ts';
import { writeYaml } from '../../output/block-yaml.ts';
import { codes, routingChecks } from '../../routing/checks.ts';
import { type EmitContext, GENERATED, type Target } from '../target.ts';
import { writeDocument } from './document.ts';
import { messageTemplates, templatePath } from './messages.ts';

const NAME = 'alertmanager';

/** Who is told of an alert, when, and in which words: one configuration and its message templates. */
export const alertmanagerTarget: Target = {
  name: NAME,
  summary: 'alertmanager.yml with routes, receivers and inhibitions, and the message templates',
  codes,
  check: (model, { rules }) => routingChecks(model, rules),
  emit: (model, context) =>
    model.project.alertmanager.routing.type === 'external'
      ? []
      : [configuration(model, context), messages(model.project)],
};

function configuration(model: Model, { rules }: EmitContext): Artifact {
  const folder = PATHS.alertmanagerConfig.replace(/[^/]*$/, '');
  const { document, origins } = writeDocument(model, rules, [templatePath(model.project).slice(folder.length)]);
  const text = writeYaml(document, { header: `${GENERATED}\n${subject(model.project)}` });
  return { path: PATHS.alertmanagerConfig, text, target: NAME, verifier: 'amtool-config', origins };
}

function subject(project: Project): string {
  const { routing } = project.alertmanager;
  const whose = projectSubject(project);
  return routing.type === 'shared'
    ? `${whose}: its part of the configuration of the Alertmanager ${routing.name}.`
    : `${whose}.`;
}

function messages(project: Project): Artifact {
  return {
    path: templatePath(project),
    text: messageTemplates(project),
    target: NAME,
    verifier: 'none',
    origins: new Map(),
  };
}
