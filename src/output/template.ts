import type Handlebars from 'handlebars';
import runtime from 'handlebars/runtime.js';
import { invariant, present } from '../base/assert.ts';
import { templates as runbook } from '../generated/templates/runbook.js';
import {
  codeFence,
  codeSpan,
  escapeMarkdown,
  listItem,
  markdownLink,
  markdownTable,
  proseMarkdown,
  tidyMarkdown,
} from './markdown.ts';

/**
 * Prose only: Handlebars never writes YAML, JSON or PromQL. Templates come precompiled and strict, so a name that the
 * data lacks stops the run as an internal error instead of leaving a gap in a runbook.
 */

type Render = (data: object) => string;
type Compiled = Readonly<Record<string, unknown>>;

/** Markdown that is finished: not escaped again. */
class Markdown {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

/** What `{{…}}` does to a value: the author's words are escaped as Markdown, not as HTML. */
function escapeValue(value: unknown): string {
  if (value instanceof Markdown) return value.text;
  invariant(typeof value === 'string' || typeof value === 'number', `a template prints ${JSON.stringify(value)}`);
  return escapeMarkdown(String(value));
}

function markdown(text: string): Markdown {
  return new Markdown(text);
}

interface BlockOptions {
  readonly data?: object;
  fn(context: unknown, options?: { readonly data: object }): string;
  inverse(context: unknown): string;
}

/**
 * The helpers that templates know; scripts/precompile-templates.mjs lists their names too. Strictness of Handlebars ends
 * at the arguments of its own blocks, so `if` and `each` are ours: what they are asked about must be there.
 */
const HELPERS = {
  /** Text of several lines, paragraphs and lists kept. */
  prose: (text: string) => markdown(proseMarkdown(text)),
  code: (text: string) => markdown(codeSpan(text)),
  fence: (language: string, text: string) => markdown(codeFence(text, language)),
  /** A link, or only the text where there is nowhere to go. */
  link: (text: string, target: string | null) =>
    markdown(target === null ? escapeMarkdown(text) : markdownLink(text, target)),
  /** A table `{ headings, rows }` of finished Markdown. */
  table: ({ headings, rows }: { headings: readonly string[]; rows: readonly (readonly string[])[] }) =>
    markdown(markdownTable(headings, rows)),
  /** `{{#item index}}…{{/item}}`: a numbered list item; the content may hold code blocks. */
  item(this: unknown, index: number, options: BlockOptions) {
    const content = options.fn(this).trim();
    return markdown(`${listItem(`${index + 1}.`, content)}\n${content.includes('\n\n') ? '\n' : ''}`);
  },
  if(this: unknown, condition: unknown, options: BlockOptions) {
    invariant(condition !== undefined, 'a template asks for a name that its data lacks');
    const holds = Array.isArray(condition) ? condition.length > 0 : Boolean(condition);
    return holds ? options.fn(this) : options.inverse(this);
  },
  each(this: unknown, items: unknown, options: BlockOptions) {
    invariant(Array.isArray(items), `a template repeats itself over ${JSON.stringify(items)}`);
    if (items.length === 0) return options.inverse(this);
    const data = { ...options.data, index: 0 };
    let text = '';
    for (const item of items) {
      text += options.fn(item, { data });
      data.index++;
    }
    return text;
  },
};

/** Where a compiled template asks its container to escape, the container answers in Markdown. */
function escaping(spec: Compiled): Compiled {
  const main = spec.main as (container: object, ...rest: unknown[]) => string;
  return {
    ...spec,
    main: (container: object, ...rest: unknown[]) =>
      main(Object.assign(container, { escapeExpression: escapeValue }), ...rest),
  };
}

/** Properties without a value become `null`, so that a name with nothing to say differs from one that is missing. */
function explicit(data: unknown): unknown {
  if (data === undefined) return null;
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return data.map(explicit);
  const copy: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(data)) copy[name] = explicit(value);
  return copy;
}

function load(compiled: Readonly<Record<string, object>>): ReadonlyMap<string, Render> {
  const environment = (runtime as unknown as typeof Handlebars).create();
  environment.registerHelper(HELPERS);
  const loaded = Object.entries(compiled).map(([name, spec]) => {
    const template = environment.template(escaping(spec as Compiled) as TemplateSpecification);
    environment.registerPartial(name, template);
    return [name, (data: object) => template(explicit(data))] as const;
  });
  return new Map(loaded);
}

const RENDERERS = load(runbook);

/** A page of Markdown from `templates/<name>.hbs` and data that holds every name that the template uses. */
export function renderMarkdown(name: string, data: object): string {
  return tidyMarkdown(present(RENDERERS.get(name), `template ${name}`)(data));
}
