// The page of the command line, from the commands themselves.

function cell(text) {
  return text.replaceAll('|', '\\|');
}

function describe({ description, defaultValue, argChoices }) {
  const choices = argChoices ? ` One of ${argChoices.map((each) => `\`${each}\``).join(', ')}.` : '';
  const value = typeof defaultValue === 'string' ? ` Default: \`${defaultValue}\`.` : '';
  return `${description}.${choices}${value}`;
}

function optionTable(options) {
  const rows = options.map((option) => `| \`${cell(option.flags)}\` | ${cell(describe(option))} |\n`);
  return `| option | |\n|---|---|\n${rows.join('')}`;
}

function helpOf(command) {
  let written = '';
  command.configureOutput({ writeOut: (text) => (written += text) });
  command.outputHelp();
  return written;
}

function unindented(text = '') {
  return text.replace(/^ {2}/gm, '').trim();
}

/** The example below the help of a command. */
function exampleOf(help) {
  return unindented(/\nExample:\n([\s\S]+)$/.exec(help)?.[1]);
}

/** What stands between the options and the example: prose and, indented, what to write. */
function noteOf(help) {
  const lines = (/--help [^\n]*\n\n([\s\S]+?)\n\nExample:/.exec(help)?.[1] ?? '').split('\n');
  const [prose, written] = [false, true].map((isWritten) =>
    lines.filter((line) => line.startsWith('  ') === isWritten).join('\n'),
  );
  const block = written === '' ? '' : `\n\`\`\`yaml\n${unindented(written)}\n\`\`\`\n`;
  return prose === '' ? '' : `\n${prose}\n${block}`;
}

function section(command) {
  const usage = `${command.name()} ${command.usage()}`.replace('[options] ', '').replace(/ ?\[options\]$/, '');
  const options = command.options.length > 0 ? `\n${optionTable(command.options)}` : '';
  const help = helpOf(command);
  return `## qmon ${command.name()}

\`qmon ${usage}\`: ${command.description()}.

\`\`\`sh
${exampleOf(help)}
\`\`\`
${noteOf(help)}${options}`;
}

const CODES = {
  ok: 'Fine.',
  findings:
    'Errors in the specs or in what is imported, findings at or above `--fail-on`, or output that is not up to date.',
  changes: 'There are changes. Only `qmon diff --exit-code`.',
  usage:
    'Wrong usage: a missing folder, an unknown option, kind, target, environment, name, code, format or revision; an output file that exists.',
  unavailable: 'A required tool is missing, or a server does not answer.',
  internal: 'A bug in qmon. Please report it.',
  io: 'A file could not be read or written.',
  interrupted: 'Interrupted. Nothing is left half-written.',
  terminated: 'Terminated. Nothing is left half-written.',
};

function exitTable(exit) {
  const rows = Object.entries(exit).map(([name, code]) => {
    if (CODES[name] === undefined) throw new Error(`no words for the exit code ${name}`);
    return `| ${code} | ${CODES[name]} |\n`;
  });
  return `| exit code | |\n|---|---|\n${rows.join('')}`;
}

/** The page of the command line. */
export function cliPage(program, exit, targets, dialects) {
  const commands = program.commands.filter(({ _hidden }) => !_hidden);
  const targetRows = targets.map(({ name, summary }) => `| \`${name}\` | ${summary} |\n`);
  const dialectRows = dialects.map(({ name, summary }) => `| \`${name}\` | ${summary} |\n`);
  return `# Command line

Generated from the program itself: \`npm run docs\`. \`qmon COMMAND --help\` says the same.

The specs are looked for in \`specs\` and output goes to \`out\`, unless other folders are named. A workspace is a folder with a \`Project\`
document and everything below it; its output goes to \`out/NAME-OF-THE-PROJECT\`.

${commands.map(section).join('\n')}
## Options of every command

${optionTable(program.options)}
Colour is used on a terminal only. \`NO_COLOR\` and \`FORCE_COLOR\` are honoured.

## Targets

| target | |
|---|---|
${targetRows.join('')}
## Formats of import

| format | |
|---|---|
${dialectRows.join('')}
## Exit codes

${exitTable(exit)}
## Streams

Results go to standard output: findings of \`validate\`, changes of \`diff\`, schemas, what \`import\` made, what \`--check\` and \`--dry-run\` would write. With
\`--format json\` it is one JSON document. Everything for a person goes to standard error: summaries, warnings, findings of \`generate\` and \`import\`.

## Tools

promtool and amtool are looked for in the folder \`QMON_TOOLS_DIR\` and on the \`PATH\`. \`--tools auto\` uses what is found, \`require\` ends with exit
code 69 where one is missing, \`off\` asks none. \`qmon doctor\` says what is found.
`;
}
