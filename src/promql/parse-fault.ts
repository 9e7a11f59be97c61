import type { FaultKind, Range, RelatedRange } from './fault.ts';

/** `type`: operands that do not fit; `name`: an unknown function; `version`: the target does not understand it. */
export type ParseFaultKind = FaultKind | 'type' | 'name' | 'version';

/** Something wrong in one expression; offsets count UTF-16 code units from its beginning. */
export interface Fault extends Range {
  readonly kind: ParseFaultKind;
  readonly message: string;
  readonly help?: string;
  readonly related?: readonly RelatedRange[];
}

/** A fault over these characters. */
export function faultAt({ start, end }: Range, kind: ParseFaultKind, message: string, help?: string): Fault {
  return { kind, start, end, message, ...(help !== undefined && { help }) };
}
