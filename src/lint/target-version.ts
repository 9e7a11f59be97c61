import type { Model, Version } from '../model/types.ts';
import { defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { originSpan } from '../source/document.ts';
import type { LintRule } from './rule.ts';

const TOO_OLD = defineCode<{ product: string; version: string; oldest: string }>({
  code: 'project/target-too-old',
  severity: 'error',
  title: 'a version that qmon does not write for',
  explain:
    'What qmon writes is tested with Prometheus 2.42 and Alertmanager 0.25 and newer ones. Older versions may refuse a whole file because of one field.',
  message: ({ product, version }) => `qmon does not write for ${product} \`${version}\``,
  help: ({ oldest }) => `write \`"${oldest}"\` or newer, once that runs`,
});

/** The oldest versions that the tests run against: those of Debian 12. Source: https://packages.debian.org/bookworm/prometheus */
const OLDEST = {
  prometheus: { product: 'Prometheus', version: { major: 2, minor: 42 } },
  alertmanager: { product: 'Alertmanager', version: { major: 0, minor: 25 } },
} as const;

function text({ major, minor }: Version): string {
  return `${major}.${minor}`;
}

function isOlder(one: Version, other: Version): boolean {
  return one.major === other.major ? one.minor < other.minor : one.major < other.major;
}

function check({ project }: Model): Diagnostic[] {
  return (['prometheus', 'alertmanager'] as const).flatMap((target) => {
    const { product, version: oldest } = OLDEST[target];
    const { version } = project[target];
    if (!isOlder(version, oldest)) return [];
    const at = originSpan(project.part('spec', 'targets', target, 'version'));
    return [TOO_OLD.at(at, { product, version: text(version), oldest: text(oldest) })];
  });
}

/** The declared versions must be ones that qmon writes for. */
export const targetVersion: LintRule = { codes: [TOO_OLD], needs: [], check };
