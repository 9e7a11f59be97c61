import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/pipeline/catalogue.ts';
import { compile } from '../../src/pipeline/compile.ts';
import { renderText } from '../../src/report/text.ts';
import type { Diagnostic } from '../../src/source/diagnostic.ts';
import type { SourceFile, Span } from '../../src/source/span.ts';
import { caseWorkspaces, quantumSuite } from './corpus.ts';
import { MUTATIONS, mutated, type Step, steps } from './mutation.ts';

const known = new Set(catalogue.map(({ code }) => code));

function checkSpan(span: Span, files: readonly SourceFile[]): void {
  expect(files).toContain(span.file);
  expect(span.start).toBeGreaterThanOrEqual(0);
  expect(span.end).toBeGreaterThanOrEqual(span.start);
  expect(span.end).toBeLessThanOrEqual(span.file.text.length);
}

function checkFinding(finding: Diagnostic, files: readonly SourceFile[]): void {
  expect(known).toContain(finding.code);
  expect(finding.message).not.toBe('');
  expect(`${finding.message} ${finding.help ?? ''}`).not.toMatch(/undefined|\[object |internal error|NaN`/);
  if (finding.span) checkSpan(finding.span, files);
  for (const { span } of finding.related) checkSpan(span, files);
}

/** Compiles what is left of the files: it ends with artifacts or with an error, and never with an exception. */
function checkCompilation(files: readonly SourceFile[]): void {
  const [compilations, loose] = compile(files);
  const findings = [...loose, ...compilations.flatMap(({ diagnostics }) => diagnostics)];
  for (const finding of findings) checkFinding(finding, files);
  const failed = findings.some(({ severity }) => severity === 'error');
  const complete = compilations.length > 0 && compilations.every(({ artifacts }) => artifacts !== undefined);
  expect(failed || complete).toBe(true);
  expect(renderText(findings, { color: false }) === '').toBe(findings.length === 0);
}

const workspaces = caseWorkspaces();
const suite = quantumSuite();

describe('mutated specs', () => {
  it('end with artifacts or with an error, and every finding is inside its file', () => {
    expect(workspaces.length).toBeGreaterThan(90);
    fc.assert(
      fc.property(fc.constantFrom(...workspaces), steps, (files, all) => checkCompilation(mutated(files, all))),
      { numRuns: 1500 },
    );
  });

  it('of the example workspace, too', () => {
    fc.assert(
      fc.property(steps, (all) => checkCompilation(mutated(suite, all))),
      { numRuns: 30 },
    );
  });

  it.each(Object.keys(MUTATIONS))('%s changes some text', (mutation) => {
    const step: Step = { mutation, where: 0.4, material: 'x: y', length: 5, file: 0 };
    const file = { path: 'a.yaml', text: '  a: 1\n  b: 2\n  c: 3\n  d: 4\n  e: 5\n' };
    expect(mutated([file], [step])[0]!.text).not.toBe(file.text);
  });
});
