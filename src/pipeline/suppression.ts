import type { AnyCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { SourceFile } from '../source/span.ts';
import { notSuppressible, snoozeOver, unusedComment } from './suppression-codes.ts';
import { type Suppression, suppressionsIn } from './suppression-comment.ts';

/** What the comments of a run silence. It remembers which of them had something to silence. */
export class Suppressions {
  private readonly byFile = new Map<string, readonly Suppression[]>();
  private readonly faults: Diagnostic[] = [];
  private readonly codes: ReadonlyMap<string, AnyCode>;
  private readonly today: string;
  private readonly met = new Set<Suppression>();
  private readonly refused = new Map<Suppression, Diagnostic>();

  /** `today`: `2027-01-31`; a snooze is over from its day on. */
  constructor(files: readonly SourceFile[], codes: readonly AnyCode[], today: string) {
    this.codes = new Map(codes.map((each) => [each.code, each]));
    this.today = today;
    for (const file of files) {
      const { suppressions, faults } = suppressionsIn(file, codes);
      if (suppressions.length > 0) this.byFile.set(file.path, suppressions);
      this.faults.push(...faults);
    }
  }

  /** The findings that no comment silences. */
  kept(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
    if (this.byFile.size === 0) return diagnostics;
    return diagnostics.filter((each) => !this.isSilenced(each));
  }

  private isSilenced(diagnostic: Diagnostic): boolean {
    const { code, span, severity } = diagnostic;
    const beside = this.byFile.get(span?.file.path ?? '')?.filter((each) => each.code === code && covers(each, span!));
    if (!beside || beside.length === 0) return false;
    for (const each of beside) this.met.add(each);
    if (severity === 'error' && this.codes.get(code)?.suppressible !== true) {
      for (const each of beside) this.refused.set(each, diagnostic);
      return false;
    }
    return beside.some((each) => !this.isOver(each));
  }

  private isOver({ until }: Suppression): boolean {
    return until !== undefined && this.today >= until;
  }

  /**
   * What is wrong with the comments in some files. `complete`: all that can be found was looked for, so that a comment
   * which silenced nothing is of no use; what promtool and amtool say is judged later, and those codes are left out.
   */
  found(isOurs: (path: string) => boolean, complete: boolean, judgedLater: (code: string) => boolean): Diagnostic[] {
    const own = [...this.byFile].filter(([path]) => isOurs(path)).flatMap(([, suppressions]) => suppressions);
    return [
      ...this.faults.filter(({ span }) => span && isOurs(span.file.path)),
      ...own.flatMap((each) => this.remarkOn(each, complete && !judgedLater(each.code))),
    ];
  }

  private remarkOn(suppression: Suppression, complete: boolean): Diagnostic[] {
    const { comment, code: name, until } = suppression;
    const refused = this.refused.get(suppression);
    if (refused) {
      const related = refused.span ? [{ span: refused.span, message: 'the error' }] : [];
      return [notSuppressible.at(comment.span, { name }, { related })];
    }
    if (until !== undefined && this.isOver(suppression)) return [snoozeOver.at(comment.span, { name, until })];
    return complete && !this.met.has(suppression) ? [unusedComment.at(comment.span, { name })] : [];
  }
}

function covers({ comment }: Suppression, { start }: { readonly start: number }): boolean {
  return start >= comment.beside.start && start <= comment.beside.end;
}
