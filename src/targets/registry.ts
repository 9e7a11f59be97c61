import { alertmanagerTarget } from './alertmanager/alertmanager.ts';
import { grafanaTarget } from './grafana/grafana.ts';
import { prometheusTarget } from './prometheus/prometheus.ts';
import { runbookTarget } from './runbook/runbook.ts';
import type { Target } from './target.ts';

/** Every system that qmon writes for, in the order in which people read about them. Adding one is a folder and a line here. */
export const targets: readonly Target[] = [prometheusTarget, alertmanagerTarget, grafanaTarget, runbookTarget];
