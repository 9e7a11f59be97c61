import { sortedBy } from '../base/order.ts';
import { dialects } from '../dialects/registry.ts';
import { codes as readCodes } from '../kinds/read.ts';
import { kinds } from '../kinds/registry.ts';
import { codes as schemaCodes } from '../kinds/schema-faults.ts';
import { lintRules } from '../lint/registry.ts';
import { codes as linkCodes } from '../model/link.ts';
import { codes as promqlCodes } from '../promql/fault.ts';
import { codes as sloRuleCodes } from '../rules/slo.ts';
import type { AnyCode } from '../source/code.ts';
import { codes as yamlCodes } from '../source/yaml.ts';
import { targets } from '../targets/registry.ts';
import { codes as environmentCodes } from './environment.ts';
import { codes as linkingCodes } from './linking.ts';
import { codes as packageCodes } from './packages.ts';
import { codes as parameterCodes } from './parameter-codes.ts';
import { codes as planCodes } from './plan.ts';
import { codes as workspaceCodes } from './workspace.ts';

/** Every diagnostic code that qmon can give, by name: the documentation, `explain` and the parity tests read it. */
export const catalogue: readonly AnyCode[] = sortedBy(
  [
    ...yamlCodes,
    ...readCodes,
    ...schemaCodes,
    ...workspaceCodes,
    ...packageCodes,
    ...environmentCodes,
    ...parameterCodes,
    ...linkingCodes,
    ...planCodes,
    ...linkCodes,
    ...promqlCodes,
    ...kinds.flatMap((kind) => kind.codes),
    ...sloRuleCodes,
    ...lintRules.flatMap((rule) => rule.codes),
    ...targets.flatMap((target) => target.codes),
    ...dialects.flatMap((dialect) => dialect.codes),
  ],
  ({ code }) => code,
);
