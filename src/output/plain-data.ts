/** What the writers accept: plain data, as JSON has it. A property that is `undefined` is left out. */
export type PlainData = string | number | boolean | null | readonly PlainData[] | PlainMapping;

export interface PlainMapping {
  readonly [key: string]: PlainData | undefined;
}

/** Tells the two collections apart; `Array.isArray` does not narrow a read-only array. */
export function isSequence(value: readonly PlainData[] | PlainMapping): value is readonly PlainData[] {
  return Array.isArray(value);
}

const EXPONENT_FORM = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/;

/** A finite number in digits alone, exactly as JavaScript reads it back; never in exponent form, and never -0. */
export function digits(value: number): string {
  const text = String(value === 0 ? 0 : value);
  const match = EXPONENT_FORM.exec(text);
  if (!match) return text;
  const [, sign = '', whole = '', fraction = '', power] = match;
  const exponent = Number(power);
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${whole}${fraction}`;
  return `${sign}${whole}${fraction.padEnd(exponent, '0')}`;
}
