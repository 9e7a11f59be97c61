import { jsonSchema, schemaNames } from '../../kinds/json-schema.ts';
import { writeJson } from '../../output/json.ts';
import type { PlainData } from '../../output/plain-data.ts';
import { consoleOf, type GlobalOptions, unknownNames } from '../command.ts';
import { EXIT } from '../exit.ts';

/** `qmon schema [kind]`: prints the JSON Schema for editors. */
export async function run(kind: string | undefined, options: GlobalOptions): Promise<number> {
  const unknown = kind === undefined ? undefined : unknownNames('kind', [kind], schemaNames);
  if (unknown) throw unknown;
  await consoleOf(options).result(writeJson(jsonSchema(kind) as PlainData));
  return EXIT.ok;
}
