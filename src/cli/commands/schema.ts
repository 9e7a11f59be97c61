import { jsonSchema, schemaNames } from '../../kinds/json-schema.ts';
import { writeJson } from '../../output/json.ts';
import type { PlainData } from '../../output/plain-data.ts';
import { unknownNames } from '../command.ts';
import type { Console } from '../console.ts';
import { EXIT } from '../exit.ts';

/** `qmon schema [kind]`: prints the JSON Schema for editors. */
export async function run(console: Console, kind: string | undefined): Promise<number> {
  const unknown = kind === undefined ? undefined : unknownNames('kind', [kind], schemaNames);
  if (unknown) throw unknown;
  await console.result(writeJson(jsonSchema(kind) as PlainData));
  return EXIT.ok;
}
