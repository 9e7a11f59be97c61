import { plural } from '../base/text.ts';
import { RESOURCE_FOLDER } from '../model/names.ts';
import type { RuleBook } from '../model/rule.ts';
import type { Model } from '../model/types.ts';
import type { Artifact } from '../output/artifact.ts';
import type { PublishPlan } from '../output/plan.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { summarise } from './order.ts';

/** What a person wants to see of one project after `generate`. */
export interface SummaryInput {
  readonly compilation: {
    readonly project: string;
    readonly model?: Model;
    readonly rules?: RuleBook;
    readonly artifacts?: readonly Artifact[];
  };
  readonly folder: string;
  readonly plan: PublishPlan;
  readonly diagnostics: readonly Diagnostic[];
  readonly tools: readonly { readonly name: string; readonly version?: string; readonly ran: boolean }[];
}

interface CountedPart {
  readonly noun: string;
  /** Path and pointer of such a part; the artifact keeps an origin for each. */
  readonly part: RegExp;
  /** What the pattern finds too and a person does not count, as it stands in the text. */
  readonly except?: RegExp;
}

/** What is counted in the documents of a target. */
const PARTS: Readonly<Record<string, readonly CountedPart[]>> = {
  alertmanager: [
    { noun: 'route', part: /#\/route(\/routes\/\d+)*$/ },
    { noun: 'receiver', part: /#\/receivers\/\d+$/ },
    { noun: 'inhibition', part: /#\/inhibit_rules\/\d+$/ },
  ],
  grafana: [
    { noun: 'dashboard', part: /^grafana\/(dashboards|operator)\/.*#\/?$/ },
    { noun: 'panel', part: /#(\/data\/[^/]+)?(\/panels\/\d+){1,2}$/, except: /"type": ?"row"/g },
  ],
};

function countPart(artifacts: readonly Artifact[], { part, except }: CountedPart): number {
  const counts = artifacts.map(({ path, origins, text }) => {
    const found = [...origins.keys()].filter((pointer) => part.test(`${path}#${pointer}`)).length;
    return found === 0 || !except ? found : found - (text.match(except)?.length ?? 0);
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

/** What stands in a file and in a resource of Kubernetes as well is one thing. */
function countedOnce(artifacts: readonly Artifact[]): readonly Artifact[] {
  const files = artifacts.filter(({ path }) => path.split('/')[1] !== RESOURCE_FOLDER);
  return files.length > 0 ? files : artifacts;
}

function partCounts(target: string, artifacts: readonly Artifact[]): string[] {
  return (PARTS[target] ?? []).map((counted) => plural(countPart(countedOnce(artifacts), counted), counted.noun));
}

function ruleCounts(rules: RuleBook): string[] {
  const all = rules.groups.reduce((sum, group) => sum + group.rules.length, 0);
  const alerts = rules.alerts.length;
  return [plural(all - alerts, 'recording rule'), plural(alerts, 'alert'), plural(rules.groups.length, 'group')];
}

function targetLine(name: string, { artifacts = [], rules }: SummaryInput['compilation']): [string, string] {
  const own = artifacts.filter(({ target }) => target === name);
  const counts = name === 'prometheus' && rules ? ruleCounts(rules) : partCounts(name, own);
  return [name, [plural(own.length, 'file'), ...counts].join(', ')];
}

function writtenLine({ plan }: SummaryInput): string {
  if (plan.write.length + plan.remove.length === 0) return `nothing changed, ${plural(plan.keep.length, 'file')} kept`;
  return `${plan.write.length} written, ${plan.keep.length} kept, ${plan.remove.length} removed`;
}

function verifiedLine(tools: SummaryInput['tools']): string {
  const ran = tools.filter((tool) => tool.ran).map(({ name, version }) => `${name} ${version}`);
  return ran.length === 0 ? "qmon's own checks only" : `qmon, ${ran.join(', ')}`;
}

/** A short tree with counts: what came out, what was found, how long it took. */
export function renderSummary(input: SummaryInput): string {
  const { compilation, diagnostics, folder, tools } = input;
  const { model, artifacts = [] } = compilation;
  const names = [...new Set(artifacts.map(({ target }) => target))];
  const objectives = model && [plural(model.slos.all.length, 'SLO'), plural(model.kpis.all.length, 'KPI')].join(', ');
  const lines: [string, string][] = [
    ...(objectives === undefined ? [] : [['objectives', objectives] as [string, string]]),
    ...names.map((name) => targetLine(name, compilation)),
    ['verified by', verifiedLine(tools)],
    ['findings', summarise(diagnostics)],
    ['files', writtenLine(input)],
  ];
  const width = Math.max(...lines.map(([label]) => label.length));
  const tree = lines.map(([label, text], index) => {
    const branch = index === lines.length - 1 ? '└─' : '├─';
    return `${branch} ${label.padEnd(width)}  ${text}`;
  });
  return [`${folder}`, ...tree, ''].join('\n');
}

const SIGNS = { new: '+', changed: '~', edited: '~' } as const;

/** What publishing would do, a line a file: `+` new, `~` changed, `-` removed. */
export function renderPlan(folder: string, plan: PublishPlan): string {
  const written = plan.write.map(({ path, reason }) => `${SIGNS[reason]} ${folder}/${path}`);
  const removed = plan.remove.map((path) => `- ${folder}/${path}`);
  const manifest = plan.manifestChanged && written.length + removed.length === 0 ? [`~ ${folder}/manifest.json`] : [];
  return [...written, ...removed, ...manifest].map((line) => `${line}\n`).join('');
}
