import type { Path } from '../source/document.ts';
import common from './common.schema.json' with { type: 'json' };

interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
}

/** A text in a document, with what the schema says about its place. */
export interface TextField {
  readonly path: Path;
  readonly text: string;
  readonly format: string | undefined;
  /** Whether only a number is accepted there. */
  readonly isNumber: boolean;
}

const definitions = common.definitions as unknown as Readonly<Record<string, Schema>>;

/** A schema with all that it refers to. */
function parts(schema: Schema): Schema[] {
  const name = schema.$ref?.replace(/^.*#\/definitions\//, '');
  const target = name === undefined ? undefined : definitions[name];
  return [schema, ...[...(target ? [target] : []), ...(schema.allOf ?? [])].flatMap(parts)];
}

function childrenOf(schemas: readonly Schema[], key: string | number): Schema[] {
  return schemas.flatMap(({ properties, additionalProperties, items }) => {
    if (typeof key === 'number') return items ? parts(items) : [];
    const named = properties && Object.hasOwn(properties, key) ? properties[key] : undefined;
    const other = typeof additionalProperties === 'object' ? additionalProperties : undefined;
    const child = named ?? other;
    return child ? parts(child) : [];
  });
}

function isNumber(schemas: readonly Schema[]): boolean {
  const types = schemas.flatMap(({ type }) => type ?? []);
  return types.length > 0 && types.every((type) => type === 'number' || type === 'integer');
}

/** Every text in a value, with the format that the schema gives its place. */
export function textFields(value: unknown, schema: object): TextField[] {
  const visit = (each: unknown, schemas: readonly Schema[], path: Path): TextField[] => {
    if (typeof each === 'string') {
      const format = schemas.find((schema) => schema.format !== undefined)?.format;
      return [{ path, text: each, format, isNumber: isNumber(schemas) }];
    }
    if (typeof each !== 'object' || each === null) return [];
    const keys: readonly (string | number)[] = Array.isArray(each) ? [...each.keys()] : Object.keys(each);
    return keys.flatMap((key) => {
      const child = (each as Record<string | number, unknown>)[key];
      return visit(child, childrenOf(schemas, key), [...path, key]);
    });
  };
  return visit(value, parts(schema as Schema), []);
}
