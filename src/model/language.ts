import type { ParseOptions } from '../promql/parser.ts';
import type { PrometheusTarget } from './targets.ts';

/** The PromQL that the Prometheus of a project understands. */
export function languageOf({ version, features }: PrometheusTarget): Pick<ParseOptions, 'version' | 'flags'> {
  return { version: `${version.major}.${version.minor}`, flags: features };
}
