import { readAlertmanager } from '../formats/alertmanager.ts';
import { alertmanagerParts } from '../formats/alertmanager-parts.ts';
import { grafanaParts } from '../formats/grafana-resource.ts';
import { isPlain, type Part } from '../formats/part.ts';
import { prometheusParts } from '../formats/prometheus.ts';
import { RESOURCE_FOLDER } from '../model/names.ts';
import { parseYaml } from '../source/yaml.ts';
import { runbookParts } from './runbook.ts';

/** A system whose documents are compared part by part. Adding one is one line here. */
interface DocumentReader {
  readonly system: string;
  /** The folder of its documents below `out/<project>`, with `/` at its end. */
  readonly folder: string;
  /** The parts of a document; nothing when it is none of the system's own. */
  readonly parts: (path: string, text: string) => readonly Part[] | undefined;
}

/** Reads parts out of plain data, YAML or JSON. */
function structured(parts: (value: unknown) => readonly Part[] | undefined): DocumentReader['parts'] {
  return (path, text) => parts(plainData(path, text));
}

function alertmanager(value: unknown): readonly Part[] | undefined {
  const document = readAlertmanager(value);
  return document && alertmanagerParts(document);
}

const READERS: readonly DocumentReader[] = [
  { system: 'prometheus', folder: 'prometheus/', parts: structured(prometheusParts) },
  { system: 'alertmanager', folder: 'alertmanager/', parts: structured(alertmanager) },
  { system: 'grafana', folder: 'grafana/', parts: structured(grafanaParts) },
  { system: 'runbook', folder: 'runbooks/', parts: runbookParts },
];

/** Whether a file is a resource of Kubernetes, which carries what may stand in a file of its own as well. */
export function isResource(path: string): boolean {
  return path.split('/')[1] === RESOURCE_FOLDER;
}

/** The systems in the order in which a diff shows them; what belongs to none comes last. */
export const SYSTEMS: readonly string[] = [...READERS.map(({ system }) => system), 'other'];

/** A part that knows its file. */
export interface FilePart extends Part {
  readonly system: string;
  /** Relative to the root of the tree. */
  readonly file: string;
}

/** The parts of one file; a file that no reader knows is one part by itself, compared as data where it holds data. */
export function documentParts(path: string, text: string): readonly FilePart[] {
  const reader = READERS.find(({ folder }) => path.startsWith(folder));
  const system = reader?.system ?? 'other';
  const parts = reader?.parts(path, text) ?? [wholeFile(path, text)];
  return parts.map((part) => ({ ...part, system, file: path }));
}

function wholeFile(path: string, text: string): Part {
  const value = plainData(path, text);
  return { kind: 'file', identity: path, fields: isPlain(value) ? value : { content: value ?? text }, pointer: '' };
}

/** What a YAML or JSON file says; nothing for other files, several documents, or where it cannot be read. */
function plainData(path: string, text: string): unknown {
  if (path.endsWith('.json')) return parsedJson(text);
  if (!/\.ya?ml$/.test(path)) return undefined;
  const [documents, diagnostics] = parseYaml({ path, text });
  return documents.length === 1 && diagnostics.length === 0 ? documents[0]!.value : undefined;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
