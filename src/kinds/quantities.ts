import { present } from '../base/assert.ts';
import { parseDuration, parsePercent, type Rational } from '../base/quantity.ts';
import type { Condition, Version } from '../model/types.ts';
import { parseUnit } from '../model/unit.ts';
import { type Amount, readAmount } from './amount.ts';
import { conditionIn, parseCondition } from './condition.ts';

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

/** A condition whose amount has been checked against the unit. */
export function conditionOf(text: string, unit: string): Condition {
  return present(conditionIn(text, parseUnit(unit)), `condition ${text} in ${unit}`);
}

export function condition(text: string): Condition {
  return present(parseCondition(text), `condition ${text}`);
}

export function amount(written: string | number): Amount {
  return present(readAmount(written), `amount ${written}`);
}

export function version(text: string): Version {
  const [major = 0, minor = 0] = text.split('.').map(Number);
  return { major, minor };
}
