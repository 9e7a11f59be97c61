import { enumerate } from '../base/text.ts';
import { typeNamed } from '../kinds/parameters.ts';
import { defineCode } from '../source/code.ts';

const SHARED =
  'A shared AlertPolicy, SLO, KPI or Dashboard declares `params`; a service fills them in its `use`. In expressions and texts `$name` stands for the value.';

export const UNKNOWN_PARAMETER = defineCode<{
  name: string;
  template: string;
  meant: string | undefined;
  known: readonly string[];
}>({
  code: 'parameter/unknown',
  severity: 'error',
  title: 'a value for a parameter that does not exist',
  explain: `${SHARED}\n\nA value for a parameter that is not declared would have no effect.`,
  message: ({ name, template }) => `\`${template}\` has no parameter \`${name}\``,
  help: ({ meant, known }) => {
    if (meant !== undefined) return `did you mean \`${meant}\`?`;
    const names = enumerate(known.map((each) => `\`${each}\``));
    return known.length === 0 ? 'remove it: there are no parameters' : `remove it; the parameters are ${names}`;
  },
});

export const MISSING_PARAMETER = defineCode<{ names: readonly string[]; template: string }>({
  code: 'parameter/missing',
  severity: 'error',
  title: 'a parameter without a value',
  explain: `${SHARED}\n\nA parameter without a default must be given by every service.`,
  message: ({ names, template }) => `\`${template}\` needs ${enumerate(names.map((each) => `\`${each}\``))}`,
  help: ({ names }) => `add ${enumerate(names.map((each) => `\`${each}\``))} to \`with\``,
});

export const WRONG_VALUE = defineCode<{ name: string; value: string; type: string }>({
  code: 'parameter/wrong-value',
  severity: 'error',
  title: 'a value that is not of the type of its parameter',
  explain: `${SHARED}\n\nValues are typed, so that one cannot break the expression that it is put into.`,
  message: ({ name, value, type }) => `\`${value}\` is no ${typeNamed(type)?.noun ?? type}, which \`${name}\` must be`,
  help: ({ type }) => typeNamed(type)?.help,
});

export const UNUSED_PARAMETER = defineCode<{ name: string }>({
  code: 'parameter/unused',
  severity: 'warning',
  title: 'a parameter that nothing uses',
  explain: `${SHARED}\n\nA parameter that no expression or text mentions has no effect, though services may believe that it has.`,
  message: ({ name }) => `nothing mentions \`$${name}\``,
  help: () => 'use the parameter, or remove it',
});

export const UNKNOWN_NAME = defineCode<{ name: string; meant: string | undefined; isText: boolean }>({
  code: 'parameter/unknown-name',
  severity: 'error',
  title: 'a text mentions a parameter that is not declared',
  explain: `${SHARED}\n\nA dollar sign that is meant as such is written twice: \`$$HOME\`.`,
  message: ({ name }) => `there is no parameter \`${name}\``,
  help: ({ name, meant, isText }) => {
    if (meant !== undefined) return `did you mean \`$${meant}\`?`;
    const plain = isText ? `, or write \`$$${name}\` for a plain dollar sign` : '';
    return `declare \`${name}\` in \`params\`${plain}`;
  },
});

export const IN_QUOTES = defineCode<{ name: string }>({
  code: 'parameter/in-quotes',
  severity: 'error',
  title: 'a parameter in quotes',
  explain: `${SHARED}\n\nInside quotes of PromQL a dollar sign is part of the text (the end of a regular expression, or \`$1\` of \`label_replace\`), so nothing is filled in there. A text is quoted by qmon.`,
  message: ({ name }) => `\`$${name}\` stands in quotes, where nothing is filled in`,
  help: ({ name }) =>
    `write it without quotes, \`job=$${name}\`; to make it part of a longer text, take the longer text as the parameter`,
});

export const IN_ACTION = defineCode<{ name: string }>({
  code: 'parameter/in-go-template',
  severity: 'error',
  title: 'a parameter inside a Go template',
  explain: `${SHARED}\n\nWhat stands between \`{{\` and \`}}\` is Prometheus' own, and its variables look the same, so nothing is filled in there.`,
  message: ({ name }) => `\`$${name}\` stands inside \`{{ }}\`, where nothing is filled in`,
  help: ({ name }) => `write \`$${name}\` outside of the braces`,
});

export const TOUCHES = defineCode<{ name: string; word: string }>({
  code: 'parameter/touches-a-word',
  severity: 'error',
  title: 'a parameter that would become part of a word',
  explain: `${SHARED}\n\nA value is a whole number, text or name of its own. It never becomes a part of one.`,
  message: ({ name, word }) => `\`$${name}\` touches \`${word}\`: the two would be read as one`,
  help: ({ name }) =>
    `put an operator between them; for a part of a name or a duration take the whole as the parameter \`${name}\``,
});

export const LONG_NAME = defineCode<{ name: string }>({
  code: 'parameter/long-name',
  severity: 'error',
  title: 'what a service takes over gets too long a name',
  explain: `${SHARED}\n\nWhat a service makes of a shared document is called \`SERVICE-NAME\`, or what \`as\` says. Like every name it has at most 63 characters.`,
  message: ({ name }) => `the name \`${name}\` would be longer than 63 characters`,
  help: () => 'give it a shorter name with `as`',
});

export const RESERVED_NAME = defineCode<{ name: string; meaning: string }>({
  code: 'parameter/reserved-name',
  severity: 'error',
  title: 'a parameter name that means something else',
  explain: `${SHARED}\n\nSome names stand for something already: \`$service\` for the service that uses the template, \`$selector\`, \`$window\`, and the variables of Go templates.`,
  message: ({ name, meaning }) => `\`$${name}\` is ${meaning}`,
  help: () => 'give the parameter another name',
});

export const codes = [
  UNKNOWN_PARAMETER,
  MISSING_PARAMETER,
  WRONG_VALUE,
  UNUSED_PARAMETER,
  UNKNOWN_NAME,
  IN_QUOTES,
  IN_ACTION,
  TOUCHES,
  LONG_NAME,
  RESERVED_NAME,
];
