import { flowYaml } from '../../output/flow-yaml.ts';
import type { PlainData } from '../../output/plain-data.ts';
import { flowScalar } from '../../output/yaml-scalar.ts';
import type { Entry } from './entry.ts';

/** A catalogue as its author would write it. */
export interface CatalogText {
  readonly name: string;
  readonly service?: string;
  /** What all names begin with; it is written once. */
  readonly prefix: string;
  readonly entries: readonly Entry[];
}

/** Columns up to which a metric stands on one line. */
const WIDEST_LINE = 120;

const HEADER = '# What is marked with `# guessed` does not stand on the page that this was made from: look it over.\n';

type Property = readonly [name: string, value: PlainData];

function propertiesOf(entry: Entry): Property[] {
  const { type, unit, buckets, labels, description, optional } = entry;
  const all: readonly (readonly [string, PlainData | undefined])[] = [
    ['type', type],
    ['unit', unit],
    ['buckets', buckets],
    ['labels', labels.length > 0 ? labels : undefined],
    ['description', description],
    ['optional', optional],
  ];
  return all.filter((property): property is Property => property[1] !== undefined);
}

/** Labels of a page may have any characters, also those that some reader of YAML takes for the end of the line. */
function comment(words: readonly string[]): string {
  return words.length === 0 ? '' : ` # ${words.join('; ').replace(/[^ -~]/g, '?')}`;
}

function onOneLine(key: string, entry: Entry): string {
  const guessed = entry.guessed.length > 0 ? [`guessed: ${entry.guessed.join(', ')}`] : [];
  const value = flowYaml(Object.fromEntries(propertiesOf(entry)));
  return `    ${flowYaml(key)}: ${value}${comment([...guessed, ...entry.remarks])}\n`;
}

function onManyLines(key: string, entry: Entry): string {
  const lines = propertiesOf(entry).map(([name, value]) => {
    const isGuessed = entry.guessed.some((each) => each === name);
    return `      ${name}: ${typeof value === 'string' ? flowScalar(value) : flowYaml(value)}${isGuessed ? ' # guessed' : ''}\n`;
  });
  return `    ${flowYaml(key)}:${comment(entry.remarks)}\n${lines.join('')}`;
}

function metric(key: string, entry: Entry): string {
  const line = onOneLine(key, entry);
  return line.length <= WIDEST_LINE + 1 ? line : onManyLines(key, entry);
}

/** The document, what was guessed marked where it stands. */
export function catalogYaml({ name, service, prefix, entries }: CatalogText): string {
  const isGuessed = entries.some(({ guessed }) => guessed.length > 0);
  return [
    isGuessed ? HEADER : '',
    `kind: MetricCatalog\nmetadata: { name: ${flowYaml(name)} }\nspec:\n`,
    service === undefined ? '' : `  service: ${flowYaml(service)}\n`,
    prefix === '' ? '' : `  prefix: ${flowYaml(prefix)}\n`,
    '  metrics:\n',
    ...entries.map((entry) => metric(entry.name.slice(prefix.length), entry)),
  ].join('');
}
