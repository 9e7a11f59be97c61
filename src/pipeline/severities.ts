import type { Project } from '../model/types.ts';
import { type AnyCode, defineCode } from '../source/code.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { unknownCode } from './suppression-codes.ts';

const fixedSeverity = defineCode<{ name: string; written: string; suppressible: boolean }>({
  code: 'finding/severity-fixed',
  severity: 'error',
  title: 'a setting makes light of an error',
  explain: `\
\`findings.severities\` of the Project says how severe findings are here. Output that is wrong is not written, whatever it
says: an error stays one. Errors that only say what a project insists on can be made warnings or remarks, but not switched
off: change what is insisted on instead. Warnings and remarks can be anything.`,
  message: ({ name, written }) => `\`${name}\` is an error, and cannot be \`${written}\``,
  help: ({ suppressible }) => (suppressible ? 'write `error`, `warning` or `info`' : 'remove the line'),
});

export const codes = [fixedSeverity];

type Settings = Pick<Project, 'severities' | 'part'>;

/** What is wrong with `findings.severities` of a Project. */
export function severityFaults({ severities, part }: Settings, known: readonly AnyCode[]): Diagnostic[] {
  const byName = new Map(known.map((each) => [each.code, each]));
  return Object.entries(severities).flatMap(([name, written]) => {
    const { document, path } = part('spec', 'findings', 'severities', name);
    const code = byName.get(name);
    if (!code) return [unknownCode.at(document.at(path, 'key'), { name, known: [...byName.keys()] })];
    const suppressible = code.suppressible === true;
    const isFixed = code.severity === 'error' && written !== 'error' && (!suppressible || written === 'off');
    return isFixed ? [fixedSeverity.at(document.at(path), { name, written, suppressible })] : [];
  });
}

/** Findings as severe as the Project says, without those that it switches off. */
export function weighed(
  diagnostics: readonly Diagnostic[],
  severities: Project['severities'],
  known: readonly AnyCode[],
): readonly Diagnostic[] {
  if (Object.keys(severities).length === 0) return diagnostics;
  return diagnostics.flatMap((each) => {
    const severity = Object.hasOwn(severities, each.code) ? severities[each.code] : undefined;
    if (severity === undefined) return [each];
    if (each.severity === 'error' && !known.some(({ code, suppressible }) => code === each.code && suppressible)) {
      return [each];
    }
    return severity === 'off' ? [] : [{ ...each, severity }];
  });
}
