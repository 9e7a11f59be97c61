import type { RelatedSpan } from '../../source/span.ts';
import { importsOf } from '../packages.ts';
import type { Knowledge } from './knowledge.ts';

/** The import that brings a name, for one that begins with a namespace: where it stands, and which folder it is. */
export function importPlaces({ names, folder }: Knowledge, name: string): RelatedSpan[] {
  const project = names.declarations.find(({ kind }) => kind === 'Project')?.document;
  if (!project) return [];
  const brings = importsOf(project, folder).filter((each) => name.startsWith(`${each.as}/`));
  return brings.map(({ as, folder: imported, path }) => ({
    span: project.at(path),
    message: `imported here: \`${as}\` is \`${imported || '.'}\``,
  }));
}
