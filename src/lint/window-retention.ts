import { formatDuration } from '../base/quantity.ts';
import type { Model } from '../model/types.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { originSpan } from '../source/document.ts';
import type { LintRule } from './rule.ts';

const WINDOW_EXCEEDS_RETENTION = defineCode<{ window: string; retention: string }>({
  code: 'slo/window-exceeds-retention',
  severity: 'error',
  title: 'an SLO window longer than what Prometheus keeps',
  explain:
    'The rules over the whole window would silently see only the retained part of it, and the budget would never look spent.',
  message: ({ window, retention }) => `the window ${window} is longer than the retention ${retention} of Prometheus`,
  help: () => 'shorten the window, or raise `retention` in the Project and in Prometheus',
});

function check(model: Model): Diagnostic[] {
  const { retentionMs } = model.project.prometheus;
  if (retentionMs === undefined) return [];
  const retention = formatDuration(retentionMs);
  return model.slos.all
    .filter((slo) => slo.windowMs > retentionMs)
    .map((slo) => {
      const at = originSpan(slo.part('spec', 'window'));
      const kept = originSpan(model.project.part('spec', 'targets', 'prometheus', 'retention'));
      const related = [{ span: kept, message: 'the retention' }, ...(kept.via ?? [])];
      return WINDOW_EXCEEDS_RETENTION.at(at, { window: formatDuration(slo.windowMs), retention }, { related });
    });
}

/** An SLO window must fit in what Prometheus keeps. */
export const windowRetention: LintRule = { codes: [WINDOW_EXCEEDS_RETENTION], needs: [], check };
