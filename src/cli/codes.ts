import { sortedBy } from '../base/order.ts';
import { catalogue } from '../pipeline/catalogue.ts';
import type { AnyCode } from '../source/code.ts';
import { codes as verifyCodes } from '../verify/locate.ts';

/** Every diagnostic code by name: what the compiler finds, and what the targets' own tools find in its output. */
export const allCodes: readonly AnyCode[] = sortedBy([...catalogue, ...verifyCodes], ({ code }) => code);
