import { present } from '../base/assert.ts';
import { parseDuration, parsePercent, type Rational } from '../base/quantity.ts';
import type { Condition, Version } from '../model/types.ts';
import { parseCondition } from './condition.ts';

/** Quantities that the schema's formats have already accepted. */

export function durationMs(text: string): number {
  return present(parseDuration(text), `duration ${text}`);
}

export function optionalDurationMs(text: string | undefined): number | undefined {
  return text === undefined ? undefined : durationMs(text);
}

export function ratio(text: string): Rational {
  return present(parsePercent(text), `percentage ${text}`);
}

export function condition(text: string): Condition {
  return present(parseCondition(text), `condition ${text}`);
}

export function optionalCondition(text: string | undefined): Condition | undefined {
  return text === undefined ? undefined : condition(text);
}

export function version(text: string): Version {
  const [major = 0, minor = 0] = text.split('.').map(Number);
  return { major, minor };
}
