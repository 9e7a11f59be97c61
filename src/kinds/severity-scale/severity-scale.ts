import { parseDuration } from '../../base/quantity.ts';
import type { SeverityScaleDocument } from '../../generated/severity-scale.ts';
import type { ProcedurePhase, Severity } from '../../model/types.ts';
import { defineCode } from '../../source/code.ts';
import type { Diagnostic } from '../../source/diagnostic.ts';
import type { Located } from '../../source/document.ts';
import { defined } from '../entity.ts';
import type { Reference, SpecKind } from '../kind.ts';
import { optionalDurationMs } from '../quantities.ts';
import schema from './severity-scale.schema.json' with { type: 'json' };

const LEVEL_REPEATED = defineCode<{ name: string }>({
  code: 'severity/level-repeated',
  severity: 'error',
  title: 'a severity level is declared twice',
  explain:
    'Rules and routes tell levels apart by their names, ignoring case: `P1` and `p1` would be one folder and one page.',
  message: ({ name }) => `the severity \`${name}\` is declared already`,
  help: () => 'give each level its own name',
});

const PHASE_ENDS_BEFORE_START = defineCode<{ phase: string; from: string; to: string }>({
  code: 'severity/phase-ends-before-start',
  severity: 'error',
  title: 'a phase of a procedure ends before it begins',
  explain: 'The phases of an incident procedure run from `from` to `to`, counted from the alert.',
  message: ({ phase, from, to }) => `the phase \`${phase}\` begins at ${from} and ends at ${to}`,
  help: () => 'make `to` later than `from`',
});

export const codes = [LEVEL_REPEATED, PHASE_ENDS_BEFORE_START];

type Document = Located<SeverityScaleDocument>;
type Level = SeverityScaleDocument['spec']['levels'][number];

function references({ spec }: SeverityScaleDocument): Reference[] {
  return spec.levels.flatMap((level, index) =>
    (level.notify ?? []).flatMap((name, position) =>
      name.startsWith('team.')
        ? []
        : [{ path: ['spec', 'levels', index, 'notify', position], to: 'Channel' as const, name }],
    ),
  );
}

function checkPhases(document: Document, level: Level, index: number): Diagnostic[] {
  return (level.procedure ?? []).flatMap(({ phase, from, to }, position) => {
    const ordered = from === undefined || to === undefined || parseDuration(from)! < parseDuration(to)!;
    const at = ['spec', 'levels', index, 'procedure', position, 'to'];
    return ordered ? [] : [PHASE_ENDS_BEFORE_START.at(document.at(at), { phase, from, to })];
  });
}

function check(document: Document): Diagnostic[] {
  const seen = new Map<string, number>();
  return document.value.spec.levels.flatMap((level, index) => {
    const found = checkPhases(document, level, index);
    const first = seen.get(level.name.toLowerCase());
    if (first === undefined) seen.set(level.name.toLowerCase(), index);
    else {
      const related = [{ span: document.at(['spec', 'levels', first, 'name']), message: 'declared here first' }];
      found.push(LEVEL_REPEATED.at(document.at(['spec', 'levels', index, 'name']), { name: level.name }, { related }));
    }
    return found;
  });
}

function phase(spec: NonNullable<Level['procedure']>[number]): ProcedurePhase {
  const times = { fromMs: optionalDurationMs(spec.from), toMs: optionalDurationMs(spec.to) };
  return { phase: spec.phase, steps: spec.steps, ...defined(times) };
}

function lowerLevel(document: Document, level: Level, rank: number): Severity {
  const path = ['spec', 'levels', rank];
  const within = level.respondWithin;
  return {
    name: level.name,
    origin: { document, path },
    part: (...rest) => ({ document, path: [...path, ...rest] }),
    rank,
    description: level.description ?? '',
    examples: level.examples ?? [],
    procedure: (level.procedure ?? []).map(phase),
    ...defined({
      respondWithin: within === undefined ? undefined : (parseDuration(within) ?? within),
      escalation: level.escalation,
      notify: level.notify,
      groupWaitMs: optionalDurationMs(level.groupWait),
      groupIntervalMs: optionalDurationMs(level.groupInterval),
      repeatMs: optionalDurationMs(level.repeat),
      postmortemWithinMs: optionalDurationMs(level.postmortemWithin),
    }),
  };
}

export const severityScaleKind: SpecKind<SeverityScaleDocument, Severity[]> = {
  name: 'SeverityScale',
  summary: 'how bad an alert can be, and who is told',
  schema,
  codes,
  count: 'at-most-one',
  references,
  check,
  lower: (document) => document.value.spec.levels.map((level, rank) => lowerLevel(document, level, rank)),
};
