/** What stands at a path of an output folder. Links are not followed. */
export type OutEntry =
  | { readonly kind: 'file' /** Missing where nobody asked for the content. */; readonly sha256?: string }
  | { readonly kind: 'folder' }
  | { readonly kind: 'link' }
  | { readonly kind: 'other' };

/** The present state of one output folder. */
export interface OutState {
  /** The text of its manifest; missing when there is none. */
  readonly manifest?: string;
  /** Everything in it but the manifest and `.qmon`, by path below the folder, with `/`. */
  readonly entries: ReadonlyMap<string, OutEntry>;
}

export type WriteReason = 'new' | 'changed' | 'edited';

export interface PlannedWrite {
  readonly path: string;
  readonly text: string;
  /** `edited`: what stands there is ours, but somebody changed it by hand. */
  readonly reason: WriteReason;
}

/** What is to be done so that an output folder holds what was compiled. All paths are below that folder, with `/`. */
export interface PublishPlan {
  readonly write: readonly PlannedWrite[];
  /** Ours and up to date: not touched. */
  readonly keep: readonly string[];
  /** Ours, no longer generated and still there. */
  readonly remove: readonly string[];
  /** The text of the manifest afterwards. */
  readonly manifest: string;
  /** Whether the manifest differs from what is there. */
  readonly manifestChanged: boolean;
}

/** Whether the output folder already holds what was compiled. */
export function isUpToDate(plan: PublishPlan): boolean {
  return plan.write.length === 0 && plan.remove.length === 0 && !plan.manifestChanged;
}
