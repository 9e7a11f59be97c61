import type { RuleBook } from '../model/rule.ts';
import type { Model } from '../model/types.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { alertTemplate } from './alert-template.ts';
import { ambiguousService } from './ambiguous-service.ts';
import { duplicateAlert } from './duplicate-alert.ts';
import { duplicateRecording } from './duplicate-recording.ts';
import { emptySelector } from './empty-selector.ts';
import { externalLabel } from './external-label.ts';
import { forInterval } from './for-interval.ts';
import { intervalTooLong } from './interval-too-long.ts';
import { labelCollision } from './label-collision.ts';
import { latencyBucket } from './latency-bucket.ts';
import { otherGroup } from './other-group.ts';
import { policyDuration } from './policy-duration.ts';
import { policyExpression } from './policy-expression.ts';
import { policyName } from './policy-name.ts';
import { policyOwner } from './policy-owner.ts';
import { policyTexts } from './policy-texts.ts';
import { promqlVersion } from './promql-version.ts';
import { recordingName } from './recording-name.ts';
import { regexMatcher } from './regex-matcher.ts';
import { requiredOwner } from './required-owner.ts';
import { requiredRunbook } from './required-runbook.ts';
import { reservedLabel } from './reserved-label.ts';
import type { LintRule } from './rule.ts';
import { ruleSetPages } from './rule-set-pages.ts';
import { ruleSetSeverity } from './rule-set-severity.ts';
import { ruleSetVersion } from './rule-set-version.ts';
import { severityOrder } from './severity-order.ts';
import { staleInterval } from './stale-interval.ts';
import { targetVersion } from './target-version.ts';
import { unknownAlert } from './unknown-alert.ts';
import { unknownRecording } from './unknown-recording.ts';
import { windowRetention } from './window-retention.ts';

/** Every check over the whole model. Adding one is a file and a line here. */
export const lintRules: readonly LintRule[] = [
  alertTemplate,
  ambiguousService,
  duplicateAlert,
  duplicateRecording,
  emptySelector,
  externalLabel,
  forInterval,
  intervalTooLong,
  labelCollision,
  latencyBucket,
  otherGroup,
  policyDuration,
  policyExpression,
  policyName,
  policyOwner,
  policyTexts,
  promqlVersion,
  recordingName,
  regexMatcher,
  requiredOwner,
  requiredRunbook,
  reservedLabel,
  ruleSetPages,
  ruleSetSeverity,
  ruleSetVersion,
  severityOrder,
  staleInterval,
  targetVersion,
  unknownAlert,
  unknownRecording,
  windowRetention,
];

/** Holds the model against every rule that can judge it although documents of some kinds are missing in it. */
export function lint(model: Model, rules: RuleBook, incomplete: ReadonlySet<string> = new Set()): Diagnostic[] {
  const able = lintRules.filter((rule) => !rule.needs.some((kind) => incomplete.has(kind)));
  return able.flatMap((rule) => rule.check(model, rules));
}
