/** A vector selector without range, such as `http_requests_total{code=~"5.."}`. */
export interface Selector {
  readonly metric?: string;
  readonly matchers: readonly Matcher[];
}

export interface Matcher {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  /** Unquoted. */
  readonly value: string;
}
