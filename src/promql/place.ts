/** Words after a selector. Source: https://prometheus.io/docs/prometheus/latest/feature_flags/ (Extended range selectors) */
export const SELECTOR_WORDS: ReadonlySet<string> = new Set(['smoothed', 'anchored']);
/** Source: https://prometheus.io/docs/prometheus/latest/feature_flags/ (Binary operator fill modifiers) */
export const FILLS: ReadonlySet<string> = new Set(['fill', 'fill_left', 'fill_right']);
