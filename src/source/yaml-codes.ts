import { closest } from '../base/text.ts';
import { type AnyCode, defineCode } from './code.ts';

export const duplicateKey = defineCode<{ key: string }>({
  code: 'yaml/duplicate-key',
  severity: 'error',
  title: 'a key is written twice in one mapping',
  explain: `A mapping that says the same key twice keeps only one of the two values, and which one differs from reader
to reader. qmon refuses it, so that no line of a spec is silently without effect.

Delete one of the two lines, or rename one.`,
  message: ({ key }) => `the key \`${key}\` is written twice in this mapping`,
  help: () => 'delete one of the two, or rename one',
});

export const keyNotText = defineCode<{ key: string }>({
  code: 'yaml/key-not-text',
  severity: 'error',
  title: 'a key is not a text',
  explain: `YAML allows lists, mappings, aliases, null and numbers as keys; the names in a spec are texts. A key that YAML
reads as something whose text differs from what is written (\`1.0\`, \`0x10\`, \`~\`, \`True\`) is refused as well, because
it would change silently.

Put the key in quotes: \`"1.0": …\`.`,
  message: ({ key }) => (key === '' ? 'this key is empty' : `the key \`${key}\` is not a text`),
  help: ({ key }) => {
    if (/^[\w.+~-]+$/.test(key)) return `put it in quotes: "${key}"`;
    return key === '{…}' ? 'put a text that begins with a brace in quotes' : 'write a text before the colon';
  },
});

export const mergeKey = defineCode({
  code: 'yaml/merge-key',
  severity: 'error',
  title: 'a merge key is used',
  explain: `\`<<\` belongs to YAML 1.1; YAML 1.2, which qmon reads, dropped it, and editors and other tools disagree about it.
A spec with a merge key would be read differently by them and by qmon.

Repeat the keys, or alias the whole value: \`labels: *labels\`.`,
  message: () => 'the merge key `<<` is not part of YAML 1.2',
  help: () => 'repeat the keys here, or alias a whole value (`labels: *labels`)',
});

export const mergeValue = defineCode({
  code: 'yaml/merge-value',
  severity: 'error',
  title: 'a merge key has nothing to merge',
  explain: `In rule files that others wrote, \`<<\` takes over the keys of a mapping, or of a list of mappings; that is how Prometheus
reads it. With any other value Prometheus refuses the whole file.`,
  message: () => 'the merge key `<<` needs a mapping, or a list of mappings',
  help: () => 'write `<<: *name`, where `&name` marks a mapping further up',
});

export const unknownAlias = defineCode<{ name: string; anchors: readonly string[] }>({
  code: 'yaml/unknown-alias',
  severity: 'error',
  title: 'an alias has no anchor',
  explain: `\`*name\` stands for the value that \`&name\` marked earlier in the same document. Anchors of other documents or files,
and anchors further down, cannot be used.`,
  message: ({ name }) => `the alias \`*${name}\` has no anchor \`&${name}\` before it in this document`,
  help: ({ name, anchors }) => {
    const near = closest(name, anchors);
    return near ? `did you mean \`*${near}\`?` : `mark a value with \`&${name}\` further up`;
  },
});

export const recursiveAlias = defineCode<{ name: string }>({
  code: 'yaml/recursive-alias',
  severity: 'error',
  title: 'an alias stands inside the value that it stands for',
  explain: 'A value that contains itself has no end. Write out the inner value.',
  message: ({ name }) => `the alias \`*${name}\` stands inside the value that it stands for`,
  help: () => 'write the inner value out',
});

export const tooManyAliases = defineCode<{ limit: number }>({
  code: 'yaml/too-many-aliases',
  severity: 'error',
  title: 'aliases make a document enormous',
  explain: `Aliases of values that contain aliases multiply: a dozen lines can stand for billions of values and exhaust the memory
of whatever reads them. qmon stops where the values that aliases stand for exceed 100,000 in one document.`,
  message: ({ limit }) => `the aliases of this document stand for more than ${limit.toLocaleString('en-US')} values`,
  help: () => 'use fewer aliases, or split the document',
});

export const numberTooPrecise = defineCode<{ text: string }>({
  code: 'yaml/number-too-precise',
  severity: 'error',
  title: 'a number has more digits than can be kept exactly',
  explain: `qmon computes exactly and prints every number as it was written. Numbers with more than 15 significant digits, and integers
beyond 2^53 - 1, cannot be kept in a double, which is what Prometheus and Grafana compute with.

Write fewer digits; if it is an identifier rather than a quantity, put it in quotes.`,
  message: ({ text }) => `the number \`${text}\` cannot be kept exactly`,
  help: ({ text }) => `write at most 15 significant digits, or put it in quotes if it is a name: "${text}"`,
});

export const tag = defineCode<{ tag: string }>({
  code: 'yaml/tag',
  severity: 'error',
  title: 'a tag is unknown or does not fit its value',
  explain: `Tags such as \`!Ref\` or \`!!binary\` belong to other tools. qmon knows \`!!str\`, \`!!int\`, \`!!float\`, \`!!bool\`, \`!!null\`,
\`!!map\` and \`!!seq\`, and only where the value is of that type.`,
  message: ({ tag: name }) => `the tag \`${name}\` is unknown or does not fit this value`,
  help: () => 'remove the tag; put the value in quotes if it is a text',
});

export const directive = defineCode<{ directive: string }>({
  code: 'yaml/directive',
  severity: 'error',
  title: 'a directive changes how YAML is read',
  explain: `\`%TAG\` and \`%YAML 1.1\` change the meaning of what follows. qmon reads YAML 1.2 with its core schema: \`yes\`, \`on\` and dates are
texts, and numbers with a leading zero are decimal.`,
  message: ({ directive: text }) => `the directive \`${text}\` is not supported`,
  help: () => 'delete the line: qmon reads YAML 1.2',
});

export const tooLarge = defineCode<{ megabytes: number; limit: number }>({
  code: 'yaml/too-large',
  severity: 'error',
  title: 'a file is too large',
  explain:
    'A spec is written by people. A file of more than 20 MB is something else that came into the folder by accident.',
  message: ({ megabytes }) => `the file has ${megabytes} MB`,
  help: ({ limit }) => `split it into files of at most ${limit} MB, or move it out of the specs folder`,
});

export const tooDeep = defineCode<{ limit: number }>({
  code: 'yaml/too-deep',
  severity: 'error',
  title: 'values are nested too deeply',
  explain: 'A spec has a handful of levels. Two hundred are a mistake of a generator, or an attack.',
  message: ({ limit }) => `values are nested more than ${limit} levels deep`,
  help: () => 'write it flatter',
});

export const syntax = defineCode<{ message: string; help?: string | undefined }>({
  code: 'yaml/syntax',
  severity: 'error',
  title: 'the file is not valid YAML',
  explain: `The text cannot be read as YAML 1.2. Most often it is an indentation that does not match the lines above, a tab, a quote or bracket
that is never closed, or a text with \`: \` or \` #\` in it that needs quotes.

Documents of the same file that are in order are still checked.`,
  message: ({ message }) => message,
  help: ({ help }) => help,
});

export const codes: readonly AnyCode[] = [
  syntax,
  duplicateKey,
  keyNotText,
  mergeKey,
  mergeValue,
  unknownAlias,
  recursiveAlias,
  tooManyAliases,
  numberTooPrecise,
  tag,
  directive,
  tooLarge,
  tooDeep,
];
