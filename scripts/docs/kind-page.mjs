// The pages of the spec language, from the schemas: one for each kind, their index, and the formats of texts.
import { stringify } from 'yaml';

/** `MetricCatalog` → `metric-catalog`: the name of its folder and its page. */
export function pageName(kind) {
  return kind.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
}

function definition(reference, common) {
  return common.definitions[reference.replace(/^.*#\/definitions\//, '')];
}

/** A schema with what it refers to put in; its own words win. */
function resolved(schema, common) {
  const reference = schema.$ref ?? schema.allOf?.[0]?.$ref;
  if (reference === undefined) return schema;
  const { allOf: _allOf, $ref: _ref, ...own } = schema;
  return { ...resolved(definition(reference, common), common), ...own };
}

function bounds({ minimum, maximum }) {
  if (minimum === undefined && maximum === undefined) return '';
  return ` from ${minimum ?? '−∞'} to ${maximum ?? '∞'}`;
}

function code(text) {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

function textType({ const: only, enum: words, format }) {
  if (only !== undefined) return code(only);
  if (words !== undefined) return `one of ${words.map(code).join(', ')}`;
  return format === undefined ? 'text' : `[${format}](formats.md#${format})`;
}

function mapType({ propertyNames, additionalProperties }, common) {
  if (additionalProperties === undefined) return 'object';
  const key = propertyNames?.format;
  const keys = key === undefined ? 'name' : `[${key}](formats.md#${key})`;
  return `map: ${keys} → ${typeOf(additionalProperties, common)}`;
}

/** One of the types that a value may have; the properties belong to the object. */
function only(type, { properties, ...schema }) {
  return type === 'object' ? { ...schema, properties, type } : { ...schema, type };
}

/** What may stand there, in words, with links to the formats. */
function typeOf(raw, common) {
  const schema = resolved(raw, common);
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf(only(type, schema), common)).join(' or ');
  if (schema.type === 'array') {
    return `list of ${typeOf(schema.items, common)}${schema.minItems ? ', not empty' : ''}`;
  }
  if (schema.properties) return 'object';
  if (schema.type === 'object') return mapType(schema, common);
  if (schema.type === 'boolean') return '`true` or `false`';
  if (schema.type === 'integer') return `whole number${bounds(schema)}`;
  if (schema.type === 'number') return `number${bounds(schema)}`;
  return textType(schema);
}

/** As GitHub makes anchors of headings. */
function anchor(heading) {
  return heading
    .toLowerCase()
    .replace(/[^a-z0-9_ -]/g, '')
    .replaceAll(' ', '-');
}

/** The object that a value is made of, with the path of one: `spec.rules` holds several `spec.rules[]`. */
function objectIn(raw, path, common) {
  const schema = resolved(raw, common);
  if (schema.properties) return { schema, path };
  if (schema.type === 'array') return objectIn(schema.items, `${path}[]`, common);
  const values = schema.additionalProperties;
  return typeof values === 'object' ? objectIn(values, `${path}.*`, common) : undefined;
}

/** As an author writes it, on one line. */
function written(name, value) {
  const text = stringify({ [name]: value }, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true });
  return code(text.trim().replace(/^\{ ([\s\S]*) \}$/, '$1'));
}

function chosen({ minProperties, maxProperties }) {
  if (minProperties === undefined) return '';
  return maxProperties === undefined ? `, at least ${minProperties} of them` : `, exactly ${maxProperties} of them`;
}

/** The properties of an object as links to their own headings. */
function contents({ schema, path }) {
  const links = Object.keys(schema.properties).map((name) => `[${name}](#${anchor(`${path}.${name}`)})`);
  return `- has ${links.join(', ')}${chosen(schema)}\n`;
}

/** Everything about one property, and then about those in it. */
function section(name, raw, place, required, common) {
  const path = `${place}.${name}`;
  const schema = resolved(raw, common);
  const object = objectIn(raw, path, common);
  const facts = [typeOf(raw, common), required ? '**required**' : 'optional', `since ${schema['x-since']}`];
  const shown = (schema.examples ?? []).map((value) => written(name, value));
  const examples = shown.length === 0 ? '' : `- example: ${shown.join(' or ')}\n`;
  const standard = Object.hasOwn(schema, 'default') ? `- default: ${written(name, schema.default)}\n` : '';
  const about = `### ${path}\n\n${schema.description}\n\n- ${facts.join(', ')}\n${standard}${examples}`;
  return object ? [about + contents(object), ...sections(object, common)] : [about];
}

function sections({ schema, path }, common) {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties).flatMap(([name, raw]) =>
    section(name, raw, path, required.has(name), common),
  );
}

/** `metadata` or `spec` of a kind, with every property in it. */
function part(name, raw, common) {
  const schema = resolved(raw, common);
  const object = { schema, path: name };
  return `## ${name}\n\n${schema.description}\n\n${contents(object)}\n${sections(object, common).join('\n')}`;
}

const COUNTS = {
  any: 'Any number of documents.',
  'at-most-one': 'At most one document in a workspace.',
  'exactly-one': 'Exactly one document in a workspace.',
};

/** The findings that only documents of the kind can have. */
function findings({ codes }) {
  if (codes.length === 0) return '';
  const lines = codes.map(({ code: name, title }) => `- [${name}](../diagnostics/${name}.md): ${title}\n`);
  return `\n## What may be wrong with it\n\n${[...lines].sort().join('')}`;
}

/** Two paths must not share a heading: links would lead to the first. */
function checkedAnchors(page, kind) {
  const anchors = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchor(heading));
  const repeated = anchors.find((each, index) => anchors.indexOf(each) !== index);
  if (repeated !== undefined) throw new Error(`the page of ${kind} has two headings #${repeated}`);
  return page;
}

/** The page of a kind. `example` is a YAML document that a test compiles. */
export function kindPage(kind, example, common) {
  const { kind: name, metadata, spec } = kind.schema.properties;
  const specRequired = kind.schema.required.includes('spec');
  const page = `# ${kind.name}

${kind.schema.description} ${COUNTS[kind.count]} Since ${name['x-since']}.

## Example

\`\`\`yaml
${example.trim()}
\`\`\`

The document begins with \`kind: ${kind.name}\`; \`apiVersion: qmon/v1\` may stand before it. \`metadata\` is required, \`spec\` is ${specRequired ? 'too' : 'not'}.
A property that is not listed here is an error. In a path, \`[]\` stands for each entry of a list and \`*\` for a name of your own.

${part('metadata', metadata, common)}
${part('spec', spec, common)}${findings(kind)}`;
  return checkedAnchors(page, kind.name);
}

/** The index of the kinds. */
export function kindIndex(kinds) {
  const rows = kinds.map(({ name, summary, schema }) => {
    return `| [${name}](${pageName(name)}.md) | ${summary} | ${schema.properties.kind['x-since']} |\n`;
  });
  return `# The spec language

Generated from the schemas: \`npm run docs\`. Each page has an example and every property with its type, default, an example, and the
version since which it is there.

| kind | | since |
|---|---|---|
${rows.join('')}
The examples of these pages make one [workspace](example) together.

- [Formats](formats.md): how durations, percentages, conditions and names are written.
- [Diagnostics](../diagnostics/README.md): everything that qmon may find, and how to mend it.
- [Command line](../cli.md): commands, options, exit codes.

The same schemas complete, explain and check specs in an editor: \`qmon schema > specs/.qmon-schema.json\` writes one for all kinds,
\`qmon schema SLO\` prints that of one. A file that begins with this line is read with the schema beside it; \`qmon init\` does both.

\`\`\`yaml
# yaml-language-server: $schema=.qmon-schema.json
\`\`\`
`;
}

/** Every schema of a text below a schema, lists and maps included. */
function textsIn(schema) {
  const { properties = {}, items, additionalProperties: values } = schema;
  const inner = [
    ...Object.values(properties),
    ...(items ? [items] : []),
    ...(typeof values === 'object' ? [values] : []),
  ];
  return [schema, ...inner.flatMap(textsIn)];
}

/** Format → examples of it: those of the properties that have it. */
function examplesByFormat(kinds, common) {
  const found = new Map();
  const schemas = [...kinds.map(({ schema }) => schema), ...Object.values(common.definitions)].flatMap(textsIn);
  for (const raw of schemas) {
    const { format, examples = [] } = resolved(raw, common);
    const texts = examples.filter((each) => typeof each === 'string');
    if (format !== undefined) found.set(format, new Set([...(found.get(format) ?? []), ...texts]));
  }
  return found;
}

const MOST_EXAMPLES = 5;

/** The page of the formats of texts. */
export function formatsPage(formats, kinds, common) {
  const examples = examplesByFormat(kinds, common);
  const sections = Object.entries(formats).map(([name, { noun, help }]) => {
    const text = `${help.charAt(0).toUpperCase()}${help.slice(1)}.`;
    const shown = [...(examples.get(name) ?? [])].slice(0, MOST_EXAMPLES).map(code);
    return `## ${name}\n\nA ${noun}. ${text}\n${shown.length === 0 ? '' : `\nFor example ${shown.join(', ')}.\n`}`;
  });
  return `# Formats

How texts in specs are written. A quantity carries its unit, and is read exactly: \`99.9%\` is 999/1000, never a rounded number.

${sections.join('\n')}`.replace(/\bA (?=[aeio])/g, 'An ');
}
