/** Characters `start`…`end` of a template: UTF-16 code units, the end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * What a fault does: `parse` – Prometheus refuses the whole rule file; `run` – it takes the file, and where an alert
 * comes to the place its text is `<error expanding template: …>`; `output` – the text comes out with `%!d(float64=…)`
 * in it.
 */
export type FaultKind = 'parse' | 'run' | 'output';

/** Something wrong in one template. */
export interface TemplateFault extends Range {
  readonly kind: FaultKind;
  readonly message: string;
  readonly help?: string;
  /** Another stretch that the fault is about, such as the action that is never closed. */
  readonly related?: Range & { readonly message: string };
}

/** What to say of a fault beside its place. */
export interface FaultText {
  readonly message: string;
  readonly help?: string | undefined;
  readonly related?: TemplateFault['related'];
}

/** A fault at a stretch of the template. */
export function faultAt({ start, end }: Range, kind: FaultKind, { message, help, related }: FaultText): TemplateFault {
  return { kind, start, end, message, ...(help !== undefined && { help }), ...(related && { related }) };
}
