/** What may stand in an element of XML. */
export interface ElementSchema {
  readonly required: readonly string[];
  readonly optional?: readonly string[];
  readonly children?: readonly string[];
  /** Whether text may stand in it. */
  readonly text?: true;
  /** Attributes whose values are of a certain form. */
  readonly forms?: Readonly<Record<string, RegExp>>;
}

export type XmlSchema = Readonly<Record<string, ElementSchema>>;

export const junitSchema: XmlSchema = {
  testsuites: { required: [], optional: ['name', 'time', 'tests', 'failures', 'errors'], children: ['testsuite'] },
  testsuite: {
    required: ['name', 'tests', 'failures', 'errors'],
    optional: ['group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url'],
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
  },
  testcase: {
    required: ['name'],
    optional: ['time', 'classname', 'group'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  failure: { required: [], optional: ['type', 'message'], text: true },
  'system-out': { required: [], text: true },
};

export const checkstyleSchema: XmlSchema = {
  checkstyle: { required: ['version'], children: ['file'] },
  file: { required: ['name'], children: ['error'] },
  error: {
    required: ['line', 'severity', 'message', 'source'],
    optional: ['column'],
    forms: { line: /^[1-9]\d*$/, column: /^[1-9]\d*$/, severity: /^(?:ignore|info|warning|error)$/ },
  },
};

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const CHARACTERS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  if (/&(?!(?:amp|lt|gt|quot|apos|#\d+);)/.test(text)) throw new Error(`a bare & in ${text}`);
  return text.replace(/&(?:#(\d+)|(\w+));/g, (_all, code, name) =>
    code === undefined ? CHARACTERS[name]! : String.fromCodePoint(Number(code)),
  );
}

function attributesOf(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  const rest = text.replace(/\s+([\w-]+)="([^"<]*)"/g, (_all, name: string, value: string) => {
    if (Object.hasOwn(attributes, name)) throw new Error(`two attributes ${name}`);
    attributes[name] = unescaped(value);
    return '';
  });
  if (rest.trim() !== '') throw new Error(`no attributes: ${rest}`);
  return attributes;
}

/** Reads a document of XML without comments, sections and processing instructions; whatever else is wrong throws. */
export function readXml(document: string): Element {
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!document.startsWith(head)) throw new Error('no XML declaration');
  const above: Element[] = [{ name: '', attributes: {}, children: [], text: '' }];
  for (const [, text, closed, opened, attributes, empty] of document
    .slice(head.length)
    .matchAll(/([^<]+)|<\/([\w-]+)>|<([\w-]+)((?:\s+[^\s=<>]+="[^"<]*")*)\s*(\/?)>|</g)) {
    const parent = above.at(-1)!;
    if (text !== undefined) parent.text += unescaped(text);
    else if (opened !== undefined) {
      const element = { name: opened, attributes: attributesOf(attributes!), children: [], text: '' };
      parent.children.push(element);
      if (empty === '') above.push(element);
    } else if (closed === undefined || above.pop()!.name !== closed) throw new Error(`a stray < or </${closed}>`);
  }
  if (above.length !== 1 || above[0]!.children.length !== 1) throw new Error('not one root');
  return above[0]!.children[0]!;
}

/** Everything in an element that its schema does not allow. */
export function xmlFaults(element: Element, schema: XmlSchema): string[] {
  const { name, attributes, children, text } = element;
  const own = schema[name];
  if (!own) return [`<${name}> is unknown`];
  const known = [...own.required, ...(own.optional ?? [])];
  return [
    ...own.required.filter((each) => !Object.hasOwn(attributes, each)).map((each) => `<${name}> has no ${each}`),
    ...Object.keys(attributes)
      .filter((each) => !known.includes(each))
      .map((each) => `<${name}> has a ${each}`),
    ...Object.entries(own.forms ?? {})
      .filter(([each, form]) => attributes[each] !== undefined && !form.test(attributes[each]))
      .map(([each]) => `<${name}> has a wrong ${each}`),
    ...children.filter((each) => !own.children?.includes(each.name)).map((each) => `<${name}> holds <${each.name}>`),
    ...(own.text === undefined && text.trim() !== '' ? [`<${name}> holds text`] : []),
    ...children.flatMap((each) => xmlFaults(each, schema)),
  ];
}
