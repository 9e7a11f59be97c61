import type { Dialect } from './dialect.ts';
import { metricsDialect } from './metrics/metrics.ts';

/** Every language from which specs can be made. Adding one is a folder and a line here. */
export const dialects: readonly Dialect[] = [metricsDialect];
