import { slug } from '../../base/text.ts';
import { jsonSchema } from '../../kinds/json-schema.ts';
import { writeJson } from '../../output/json.ts';
import type { PlainData } from '../../output/plain-data.ts';
import { isPlain, quoted } from '../../output/yaml-scalar.ts';
import type { Console } from '../console.ts';
import { EXIT, usage } from '../exit.ts';
import { absoluteSegments, below, folderArgument } from '../folder.ts';
import { DEFAULT_SPECS, isSpecPath } from '../specs.ts';

const SCHEMA_FILE = '.qmon-schema.json';
const SPEC_FILE = 'qmon.yaml';

/** As many characters as a name may have. */
const LONGEST_NAME = 63;

/** A workspace that generates as it is: one service, one objective, one channel. */
function scaffold(project: string): string {
  return `# yaml-language-server: $schema=${SCHEMA_FILE}
# A whole workspace: \`qmon generate\` makes rules, alerts, routes, dashboards and runbooks of it.
kind: Project
metadata: { name: ${isPlain(project) ? project : quoted(project)} }
---
kind: Service
metadata: { name: checkout }
spec: { owner: payments, selector: '{job="checkout"}' }
---
kind: SLO
metadata: { name: checkout-availability }
spec:
  service: checkout
  objective: 99.9%
  window: 30d
  indicator:
    ratio: { errors: 'http_requests_total{code=~"5.."}', total: http_requests_total }
---
kind: Channel
metadata: { name: on-call }
spec: { webhook: { url: https://example.org/alerts } }
`;
}

/** The name of the folder, or of the one above where it is called `specs`. */
function projectName(folder: string, cwd: string): string {
  const segments = absoluteSegments(folder, cwd);
  const named = segments.at(-1) === DEFAULT_SPECS ? segments.at(-2) : segments.at(-1);
  return (
    slug(named ?? '')
      .slice(0, LONGEST_NAME)
      .replace(/-+$/, '') || 'monitoring'
  );
}

/** Specs that are there already would become part of the new workspace, or it of theirs. */
async function checkVacant({ host }: Console, folder: string): Promise<void> {
  const entries = (await host.isFolder(folder)) ? await host.list(folder, (path) => !path.startsWith('.')) : [];
  const taken = entries.find(({ path, kind }) => path === SCHEMA_FILE || (kind !== 'folder' && isSpecPath(path)));
  if (taken) throw usage(`\`${below(folder, taken.path)}\` exists already`, 'name another folder: `qmon init FOLDER`');
}

/** `qmon init [folder]`: scaffolds a workspace; it never touches one that is there. */
export async function run(console: Console, argument: string | undefined): Promise<number> {
  const { host } = console;
  const folder = folderArgument(argument ?? DEFAULT_SPECS, 'specs');
  await checkVacant(console, folder);
  const files = [
    [below(folder, SPEC_FILE), scaffold(projectName(folder, host.cwd))],
    [below(folder, SCHEMA_FILE), writeJson(jsonSchema() as PlainData)],
  ] as const;
  await host.makeFolders(folder);
  for (const [path, text] of files) await host.writeText(path, text);
  await console.result(files.map(([path]) => `+ ${path}`).join('\n'));
  await console.tell(`now run: qmon generate${folder === DEFAULT_SPECS ? '' : ` ${folder}`}`);
  return EXIT.ok;
}
