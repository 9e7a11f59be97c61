import { describeDuration } from '../../base/quantity.ts';
import { PATHS } from '../../model/names.ts';
import type { Alert } from '../../model/rule.ts';
import type { Model, Severity } from '../../model/types.ts';
import { escapeMarkdown, markdownLink } from '../../output/markdown.ts';
import { roleOf } from '../../routing/recipients.ts';
import { GENERATED } from '../target.ts';
import { bySeverity, type Library, relativeLink } from './library.ts';
import { decidedElsewhere, describeChannel, ownersOf, recipientsOf } from './recipients.ts';
import { alertTable, type Table } from './reference.ts';
import { saying } from './step.ts';
import { phaseTiming, responseTime } from './wording.ts';

/** What templates/runbook/incident.hbs shows of a severity. */
export function incidentView(library: Library, severity: Severity, path: string) {
  const { model } = library;
  const alerts = bySeverity(
    model,
    library.rules.alerts.filter((alert) => alert.severity === severity.name),
  );
  return {
    generated: GENERATED,
    source: `Severity ${severity.name}`,
    title: `Incident procedure: ${severity.name}`,
    description: severity.description,
    respond: responseTime(severity),
    examples: severity.examples,
    escalation: severity.escalation,
    told: toldLines(model, severity, alerts),
    phases: severity.procedure.map((phase) => ({
      title: phase.phase,
      timing: phaseTiming(phase),
      steps: phase.steps.map((step) => saying(escapeMarkdown(step))),
    })),
    postmortem: severity.postmortemWithinMs === undefined ? undefined : describeDuration(severity.postmortemWithinMs),
    alerts: alerts.length === 0 ? undefined : withRunbooks(model, alerts, path),
    index: relativeLink(path, PATHS.runbookIndex),
  };
}

/** Each recipient of a severity; a team's role with what it means for every owner of such alerts. */
function toldLines(model: Model, severity: Severity, alerts: readonly Alert[]): readonly string[] {
  const elsewhere = decidedElsewhere(model);
  if (elsewhere !== undefined) return [elsewhere];
  const owners = ownersOf(model, alerts);
  return recipientsOf(model, severity).map((recipient) => {
    const role = roleOf(recipient);
    if (role === undefined) return escapeMarkdown(describeChannel(model, recipient));
    const teams = owners.flatMap((owner) => {
      const channel = model.teams.get(owner)?.roles[role];
      return channel === undefined ? [] : `${model.teams.get(owner)!.title}: ${describeChannel(model, channel)}`;
    });
    return escapeMarkdown(`the owner's ${role}${teams.length === 0 ? '' : ` – ${teams.join('; ')}`}`);
  });
}

function withRunbooks(model: Model, alerts: readonly Alert[], path: string): Table {
  const distinct = new Map<string, readonly string[]>();
  for (const alert of alerts) {
    const { headings: _, rows } = alertTable(model, [alert]);
    const [name = '', , service = '', meaning = ''] = rows[0] ?? [];
    const row = [runbookLink(alert, path) ?? name, service, meaning];
    distinct.set(row.join('\0'), row);
  }
  return { headings: ['Alert', 'Service', 'What it means'], rows: [...distinct.values()] };
}

/** An alert's name that leads to its runbook; nothing where it has none. */
export function runbookLink(alert: Alert, fromPath: string): string | undefined {
  if (alert.runbook === undefined) return undefined;
  return markdownLink(alert.alert, relativeLink(fromPath, PATHS.runbook(alert.runbook)));
}
