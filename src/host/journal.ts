import { pathFault } from '../output/artifact-path.ts';
import { writeJson } from '../output/json.ts';
import { HostError } from './host.ts';

/** What a publication is about to do. Once it is on the disk, the publication is decided and only goes forward. */
export interface Journal {
  /** `staged` is the name of the finished file in the stage. */
  readonly write: readonly { readonly path: string; readonly staged: string }[];
  /** Only a file that still has this content is deleted. */
  readonly remove: readonly { readonly path: string; readonly sha256: string }[];
  /** The name of the new manifest in the stage; missing when it stays as it is. */
  readonly manifest?: string;
}

const VERSION = 1;

export function writeJournal(journal: Journal): string {
  return writeJson({ version: VERSION, ...journal });
}

/** Reads a journal that an interrupted qmon left. It decides over files, so it is not trusted blindly. */
export function readJournal(path: string, text: string): Journal {
  const journal = parsed(text);
  const paths = journal && [...journal.write, ...journal.remove].map((each) => each.path);
  if (!journal || journal.version !== VERSION || !paths!.every((each) => pathFault(each) === undefined)) {
    throw new HostError(
      path,
      `the journal \`${path}\` of an interrupted publication cannot be read; delete the folder that it is in and run \`qmon generate\``,
    );
  }
  return journal;
}

function parsed(text: string): (Journal & { version: number }) | undefined {
  try {
    const value = JSON.parse(text);
    const isList = (list: unknown) => Array.isArray(list) && list.every((each) => typeof each?.path === 'string');
    return isList(value?.write) && isList(value?.remove) ? value : undefined;
  } catch {
    return undefined;
  }
}
