import type { AnnotationJson, DashboardLinkJson } from '../../formats/grafana.ts';
import type { RuleBook } from '../../model/rule.ts';
import type { Model, Service, Variable } from '../../model/types.ts';
import type { Origin } from '../../source/document.ts';
import type { Tile } from './view.ts';

/** A dashboard before its panels have places and numbers. */
export interface Board {
  readonly page: Page;
  readonly description: string;
  readonly tags: readonly string[];
  readonly rangeMs: number;
  /** None: it never refreshes itself. */
  readonly refreshMs?: number;
  readonly variables: readonly BoardVariable[];
  readonly annotations: readonly AnnotationJson[];
  readonly links: readonly DashboardLinkJson[];
  readonly rows: readonly BoardRow[];
  /** The one service that it is about. */
  readonly service?: Service;
  readonly origin: Origin;
}

export interface BoardVariable {
  readonly variable: Variable;
  readonly origin: Origin;
}

export interface BoardRow {
  /** None: the panels stand under no heading. */
  readonly title?: string;
  readonly tiles: readonly Tile[];
  readonly origin: Origin;
}

/** A dashboard as others link to it. */
export interface Page {
  /** Unique in the project: the author's, or one of `generatedDashboard`. */
  readonly name: string;
  readonly uid: string;
  readonly title: string;
  readonly purpose: string;
}

/** What every panel may look up. */
export interface Scene {
  readonly model: Model;
  readonly rules: RuleBook;
  /** Every dashboard that is emitted, by name. */
  readonly pages: ReadonlyMap<string, Page>;
  /** The runbooks to which alerts lead: see `runbooksBySource`. */
  readonly runbooks: ReadonlyMap<string, string>;
}
