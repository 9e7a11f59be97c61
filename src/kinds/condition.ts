import type { Comparison, Condition } from '../model/types.ts';
import type { Unit } from '../model/unit.ts';
import { type Amount, amountIn, parseAmount } from './amount.ts';

interface Read {
  readonly operator: Comparison;
  readonly amount: Amount;
  readonly text: string;
}

/** The operator and the amount of a condition; without an operator it is none: whether 90 % is a floor or a ceiling cannot be guessed. */
export function readCondition(text: string): Read | undefined {
  const match = /^\s*(<=|>=|==|!=|<|>)\s*(\S.*?)\s*$/.exec(text);
  const amount = match && parseAmount(match[2]!);
  return amount ? { operator: match[1] as Comparison, amount, text: text.trim() } : undefined;
}

/** Reads how a value should be: `> 90%` (0.9), `< 200ms` (0.2 seconds), `<= $0.05`, `< $10/month`, `> 1000`, `< 10GiB`. */
export function parseCondition(text: string): Condition | undefined {
  const read = readCondition(text);
  return read && { operator: read.operator, value: read.amount.value, text: read.text };
}

/** The same for values in a unit: `< 200ms` is 200 where the values are milliseconds; nothing where it does not fit. */
export function conditionIn(text: string, unit: Unit): Condition | undefined {
  const read = readCondition(text);
  const value = read && amountIn(read.amount, unit);
  return read && value && { operator: read.operator, value, text: read.text };
}
