// The reference page of a kind of document, from its schema.

/** `MetricCatalog` → `metric-catalog`: the name of its folder and its page. */
export function pageName(kind) {
  return kind.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
}

function cell(text) {
  return text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');
}

/** A schema with what it refers to put in; its own description wins. */
function resolved(schema, common) {
  const reference = schema.$ref ?? schema.allOf?.[0]?.$ref;
  if (reference === undefined) return schema;
  const name = reference.replace(/^.*#\/definitions\//, '');
  const { allOf: _allOf, $ref: _ref, ...own } = schema;
  return { ...resolved(common.definitions[name], common), ...own };
}

/** `What it is. Default: 5m.` → its two parts. */
function parts(description = '') {
  const [, text, value] = /^([\s\S]*?)\s*Default: ([\s\S]*)\.$/.exec(description) ?? [undefined, description, ''];
  return { text, value };
}

function bounds({ minimum, maximum }) {
  if (minimum === undefined && maximum === undefined) return '';
  return ` from ${minimum ?? '−∞'} to ${maximum ?? '∞'}`;
}

function textType({ const: only, enum: words, format }) {
  if (only !== undefined) return `\`${only}\``;
  if (words !== undefined) return words.map((word) => `\`${word}\``).join(', ');
  return format === undefined ? 'text' : `[${format}](formats.md#${format})`;
}

function mapType(schema, place, common) {
  const key = schema.propertyNames?.format;
  const keys = key === undefined ? 'name' : `[${key}](formats.md#${key})`;
  return `map: ${keys} → ${typeOf(schema.additionalProperties, place, common)}`;
}

/** What may stand there, in words, with links to the formats and to the tables of objects. */
function typeOf(raw, place, common) {
  const schema = resolved(raw, common);
  if (schema.type === 'array') {
    const count = schema.minItems ? ', not empty' : '';
    return `list of ${typeOf(schema.items, place, common)}${count}`;
  }
  if (schema.properties) return `[object](#${anchor(place)})`;
  if (schema.type === 'object') return mapType(schema, place, common);
  if (schema.type === 'boolean') return '`true` or `false`';
  if (schema.type === 'integer') return `whole number${bounds(schema)}`;
  if (schema.type === 'number') return `number${bounds(schema)}`;
  return textType(schema);
}

/** As GitHub makes anchors of headings. */
function anchor(heading) {
  return heading
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
}

/** The schema below lists and maps in which objects are described. */
function inner(raw, common) {
  const schema = resolved(raw, common);
  if (schema.type === 'array') return inner(schema.items, common);
  const values = schema.additionalProperties;
  return typeof values === 'object' && !schema.properties ? inner(values, common) : schema;
}

/** Where the description does not say which properties go together. */
function countRule({ minProperties, maxProperties, properties }) {
  if (minProperties === undefined || maxProperties !== undefined || !properties) return '';
  return `At least ${minProperties} of these.\n\n`;
}

/** A table for an object and, after it, one for each object in it. */
function tables(schema, place, common) {
  const required = new Set(schema.required ?? []);
  const entries = Object.entries(schema.properties);
  const rows = entries.map(([name, raw]) => {
    const { text, value } = parts(resolved(raw, common).description);
    const type = typeOf(raw, `${place}.${name}`, common);
    return `| \`${name}\` | ${cell(type)} | ${required.has(name) ? 'yes' : ''} | ${cell(value)} | ${cell(text)} |\n`;
  });
  const below = entries.flatMap(([name, raw]) => {
    const object = inner(raw, common);
    return object.properties ? [tables(object, `${place}.${name}`, common)] : [];
  });
  const head = `## ${place}\n\n${parts(schema.description).text}\n\n${countRule(schema)}`;
  const table = `| property | type | required | default | |\n|---|---|---|---|---|\n${rows.join('')}`;
  return [head + table, ...below].join('\n');
}

const COUNTS = {
  any: 'Any number of documents.',
  'at-most-one': 'At most one document in a workspace.',
  'exactly-one': 'Exactly one document in a workspace.',
};

/** The findings that only documents of the kind can have. */
function findings({ codes }) {
  if (codes.length === 0) return '';
  const lines = codes.map(({ code, title }) => `- [${code}](../diagnostics/${code}.md): ${title}\n`);
  return `\n## What may be wrong with it\n\n${[...lines].sort().join('')}`;
}

/** The page of a kind. `example` is a YAML document that a test compiles. */
export function kindPage(kind, example, common) {
  const { metadata, spec } = kind.schema.properties;
  const specRequired = kind.schema.required.includes('spec');
  return `# ${kind.name}

${kind.schema.description} ${COUNTS[kind.count]}

## Example

\`\`\`yaml
${example.trim()}
\`\`\`

The document begins with \`kind: ${kind.name}\`; \`apiVersion: qmon/v1\` may stand before it. \`metadata\` is required, \`spec\` is ${specRequired ? 'too' : 'not'}.
A property that is not listed here is an error.

${tables(resolved(metadata, common), 'metadata', common)}
${tables(resolved(spec, common), 'spec', common)}${findings(kind)}`;
}

/** The index of the kinds. */
export function kindIndex(kinds) {
  const rows = kinds.map(({ name, summary }) => `| [${name}](${pageName(name)}.md) | ${summary} |\n`);
  return `# Reference

Generated from the schemas and the program: \`npm run docs\`.

| kind | |
|---|---|
${rows.join('')}
The examples of these pages make one [workspace](example) together.

- [Formats](formats.md): how durations, percentages, conditions and names are written.
- [Command line](cli.md): commands, options, exit codes.
- [Diagnostics](../diagnostics/README.md): everything that qmon may find, and how to mend it.
`;
}

/** The page of the formats of texts. */
export function formatsPage(formats) {
  const sections = Object.entries(formats).map(([name, { noun, help }]) => {
    const text = `${help.charAt(0).toUpperCase()}${help.slice(1)}.`;
    return `## ${name}\n\nA ${noun}. ${text}\n`;
  });
  return `# Formats

How texts in specs are written. A quantity carries its unit, and is read exactly: \`99.9%\` is 999/1000, never a rounded number.

${sections.join('\n')}`.replace(/\bA (?=[aeiou])/g, 'An ');
}
