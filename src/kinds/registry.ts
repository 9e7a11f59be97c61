import { alertPolicyKind } from './alert-policy/alert-policy.ts';
import { channelKind } from './channel/channel.ts';
import { dashboardKind } from './dashboard/dashboard.ts';
import { environmentKind } from './environment/environment.ts';
import { kpiKind } from './kpi/kpi.ts';
import { metricCatalogKind } from './metric-catalog/metric-catalog.ts';
import { notificationPolicyKind } from './notification-policy/notification-policy.ts';
import { projectKind } from './project/project.ts';
import { ruleSetKind } from './rule-set/rule-set.ts';
import { runbookKind } from './runbook/runbook.ts';
import { serviceKind } from './service/service.ts';
import { severityScaleKind } from './severity-scale/severity-scale.ts';
import { sloKind } from './slo/slo.ts';
import { teamKind } from './team/team.ts';

/** Every kind of document, in the order of the reference. Adding one is a folder and a line here. */
export const kinds = [
  projectKind,
  environmentKind,
  teamKind,
  serviceKind,
  metricCatalogKind,
  sloKind,
  kpiKind,
  severityScaleKind,
  channelKind,
  notificationPolicyKind,
  alertPolicyKind,
  ruleSetKind,
  dashboardKind,
  runbookKind,
] as const;
