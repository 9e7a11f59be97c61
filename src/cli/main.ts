import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { Console } from './console.ts';
import { EXIT } from './exit.ts';

declare const QMON_VERSION: string;

const TOOLS = ['auto', 'require', 'off'] as const;

function example(text: string): string {
  return `\nExample:\n  ${text.split('\n').join('\n  ')}\n`;
}

function names(value: string): string[] {
  const list = value.split(',').map((name) => name.trim());
  if (list.some((name) => name === '')) throw new InvalidArgumentError('Write names with commas between them.');
  return list;
}

function toolsOption(): Option {
  return new Option('--tools <mode>', 'ask promtool and amtool: when found, always, or never')
    .choices(TOOLS)
    .default('auto');
}

function environmentOption(): Option {
  return new Option('--env <names>', 'only these environments, with commas between them').argParser(names);
}

function outOption(): Option {
  return new Option('-o, --out <folder>', 'where output goes').default('out');
}

/** As yaml-language-server reads it. Source: https://github.com/redhat-developer/yaml-language-server#using-inlined-schema */
const EDITOR_LINE = `Begin a spec beside that file with this line, and editors complete, explain and check it:
  # yaml-language-server: $schema=.qmon-schema.json`;

const SOURCES = `Sources are addresses and files; \`-\` is standard input. Without --prefix and --without, what every program exposes
of itself is left out: go_, jvm_, nodejs_, process_, promhttp_, python_, scrape_.`;

/** A command module is loaded only when its command was chosen: one command loads only what it needs. */
interface CommandModule {
  run(console: Console, argument: never, options: never, ...more: never[]): Promise<number>;
}

function lazily(result: { exitCode: number }, load: () => Promise<CommandModule>) {
  return async (...parameters: unknown[]) => {
    const command = parameters.at(-1) as Command;
    const options = command.optsWithGlobals();
    const [argument, ...more] = parameters.slice(0, -2) as never[];
    const { guarded } = await import('./command.ts');
    result.exitCode = await guarded(options, async (console) => {
      const { run } = await load();
      return run(console, argument as never, options as never, ...more);
    });
  };
}

function addWriting(program: Command, result: { exitCode: number }): void {
  program
    .command('init [folder]')
    .description('scaffold a workspace that generates and validates at once')
    .addHelpText('after', example('qmon init specs/shop'))
    .action(lazily(result, () => import('./commands/init.ts')));
  program
    .command('generate [specs]')
    .description('compile, verify and publish, all or nothing')
    .addOption(outOption())
    .option('--check', 'write nothing; exit 1 if the output is not up to date')
    .option('--dry-run', 'write nothing; say what would be written')
    .option('--target <names>', 'only these targets, with commas between them', names)
    .addOption(environmentOption())
    .addOption(toolsOption())
    .addHelpText('after', example('qmon generate specs -o out\nqmon generate --check'))
    .action(lazily(result, () => import('./commands/generate.ts')));
}

function addImport(program: Command, result: { exitCode: number }): void {
  program
    .command('import <format> <sources...>')
    .description('make specs from what others wrote: `metrics` makes a MetricCatalog from pages with metrics')
    .option('--name <name>', 'name of the document; without it derived from the service or the prefix')
    .option('--service <name>', 'service that exposes the metrics')
    .option('--prefix <prefix>', 'only metrics with this prefix')
    .option('--without <prefixes>', 'leave out metrics with these prefixes, or `none`', names)
    .option('-o, --out <file>', 'write a new file instead of printing')
    .addHelpText('after', `\n${SOURCES}`)
    .addHelpText(
      'after',
      example(
        'qmon import metrics http://localhost:8080/metrics --service checkout\nqmon import metrics page.txt --prefix node_ -o specs/node.yaml',
      ),
    )
    .action(lazily(result, () => import('./commands/import.ts')));
}

function addReading(program: Command, result: { exitCode: number }): void {
  program
    .command('validate [specs]')
    .description('everything but publishing: for CI')
    .addOption(new Option('--format <format>', 'how findings are printed').choices(['text', 'json']).default('text'))
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 from this severity on')
        .choices(['error', 'warning', 'info'])
        .default('error'),
    )
    .addOption(environmentOption())
    .addOption(toolsOption())
    .addHelpText('after', example('qmon validate specs --tools require --fail-on warning'))
    .action(lazily(result, () => import('./commands/validate.ts')));
  program
    .command('diff [specs]')
    .description('say what a deploy would change: rules, alerts, routes, receivers, dashboards, runbooks')
    .addOption(outOption())
    .option('--against <what>', 'compare with `git:REV`, `env:NAME` or an output folder instead of the output here')
    .addOption(environmentOption())
    .addOption(new Option('--format <format>', 'how changes are printed').choices(['text', 'json']).default('text'))
    .option('--exit-code', 'exit 2 when there are changes')
    .addHelpText(
      'after',
      example('qmon diff specs --against git:main --exit-code\nqmon diff specs --env staging --against env:prod'),
    )
    .action(lazily(result, () => import('./commands/diff.ts')));
}

function addPromql(program: Command, result: { exitCode: number }): void {
  program
    .command('promql [expressions...]')
    .description('check PromQL; say its canonical form, the type of its result, and the labels where they are certain')
    .option('--prometheus-version <version>', 'the Prometheus that must read it; by default the newest that is known')
    .option('--enable-feature <names>', 'the feature flags that it is started with, with commas between them', names)
    .addOption(
      new Option('--format <format>', 'how it is printed; json: one object a line')
        .choices(['text', 'json'])
        .default('text'),
    )
    .addHelpText('after', '\nWithout expressions, or for `-`, they are read from standard input, one a line.')
    .addHelpText('after', example("qmon promql 'sum(rate(http_requests_total[5m]))' --prometheus-version 2.53"))
    .action(lazily(result, () => import('./commands/promql.ts')));
}

function addAsking(program: Command, result: { exitCode: number }): void {
  program
    .command('explain <topic> [specs]')
    .description('explain a diagnostic code, or anything in the specs by its name')
    .addOption(environmentOption())
    .addOption(new Option('--format <format>', 'how it is printed').choices(['text', 'json']).default('text'))
    .addHelpText('after', example('qmon explain checkout-availability\nqmon explain slo/objective-out-of-range'))
    .action(lazily(result, () => import('./commands/explain.ts')));
  program
    .command('schema [kind]')
    .description('print the JSON Schema of all kinds, or of one, for editors')
    .addHelpText('after', `\n${EDITOR_LINE}`)
    .addHelpText('after', example('qmon schema > specs/.qmon-schema.json\nqmon schema SLO'))
    .action(lazily(result, () => import('./commands/schema.ts')));
  program
    .command('doctor')
    .description('say which tools are found, and what follows')
    .addOption(new Option('--format <format>', 'how it is printed').choices(['text', 'json']).default('text'))
    .addHelpText('after', example('qmon doctor'))
    .action(lazily(result, () => import('./commands/doctor.ts')));
}

/** The command tree. `result` receives the exit code of the command that ran. */
export function program(result: { exitCode: number }): Command {
  const root = new Command('qmon')
    .description(
      'Monitoring as code: specs in, verified Prometheus rules, Alertmanager routes, dashboards and runbooks out.',
    )
    .version(QMON_VERSION, '-V, --version')
    .option('-q, --quiet', 'print findings and results only')
    .option('-v, --verbose', 'print what is done')
    .option('--no-color', 'print without colour')
    .showSuggestionAfterError()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'qmon: ')) })
    .exitOverride();
  addWriting(root, result);
  addImport(root, result);
  addReading(root, result);
  addAsking(root, result);
  addPromql(root, result);
  return root;
}

/** Help and the version are printed by commander, which leaves faults of the streams to us. A reader may go away. */
function onStreamFault(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') process.exitCode = EXIT.io;
}

/** Commander has said what is wrong with the command line; anything else that ends here is a fault of ours. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  process.stderr.write(`qmon: this is a bug in qmon ${QMON_VERSION}: ${error}; please report it\n`);
  return EXIT.internal;
}

/** Parses the arguments, runs the command and returns the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', onStreamFault);
  const result = { exitCode: EXIT.ok as number };
  try {
    await program(result).parseAsync(argv);
    return result.exitCode;
  } catch (error) {
    return exitCodeOf(error);
  }
}
