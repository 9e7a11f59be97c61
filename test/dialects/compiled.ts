import type { Metric } from '../../src/model/types.ts';
import { compile } from '../../src/pipeline/compile.ts';

/** The workspace around a catalogue. */
const PROJECT = `kind: Project
metadata: { name: shop }
---
kind: Channel
metadata: { name: on-call }
spec: { webhook: { url: https://example.org/alerts } }
`;

/** The metrics of a catalogue as the compiler reads it, and what it finds wrong; advice about names is not the importer's. */
export function compiledCatalog(text: string): { problems: readonly string[]; metrics: readonly Metric[] } {
  const service = /^ {2}service: (?:.+\/)?(.+)$/m.exec(text)?.[1];
  const shop = service === undefined ? '' : `---\nkind: Service\nmetadata: { name: ${service} }\n`;
  const [compilations, found] = compile([
    { path: 'qmon.yaml', text: PROJECT + shop },
    { path: 'metrics.yaml', text: text.replace(/^( {2}service: )(?:.+\/)/m, '$1') },
  ]);
  const [compilation] = compilations;
  const diagnostics = [...found, ...(compilation?.diagnostics ?? [])];
  const problems = diagnostics.filter(({ span }) => span?.file.path === 'metrics.yaml' || span === undefined);
  const isAdvice = (code: string) =>
    ['metric/counter-without-total', 'metric/histogram-without-buckets'].includes(code);
  return {
    problems: problems.filter(({ code }) => !isAdvice(code)).map(({ code, message }) => `${code}: ${message}`),
    metrics: compilation?.model?.catalogs.all.flatMap(({ metrics }) => metrics) ?? [],
  };
}
