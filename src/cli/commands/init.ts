import { slug } from '../../base/text.ts';
import { jsonSchema } from '../../kinds/json-schema.ts';
import { writeJson } from '../../output/json.ts';
import type { PlainData } from '../../output/plain-data.ts';
import { consoleOf, type GlobalOptions } from '../command.ts';
import { EXIT, usage } from '../exit.ts';
import { DEFAULT_SPECS } from '../specs.ts';

const SCHEMA_FILE = '.qmon-schema.json';
const SPEC_FILE = 'qmon.yaml';

/** A workspace that generates as it is: one service, one objective, one channel. */
function scaffold(project: string): string {
  return `# yaml-language-server: $schema=${SCHEMA_FILE}
# A whole workspace: \`qmon generate\` makes rules, alerts, routes, dashboards and runbooks of it.
kind: Project
metadata: { name: ${project} }
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

function projectName(folder: string, cwd: string): string {
  const path = folder.replace(/^\.\/?$/, '').replace(/\/+$/, '') || cwd;
  const last = path.split('/').at(-1) ?? '';
  const name = slug(last === DEFAULT_SPECS ? (cwd.split('/').at(-1) ?? '') : last).slice(0, 63);
  return name.replace(/-+$/, '') || 'monitoring';
}

/** `qmon init [folder]`: scaffolds a workspace; it never touches one that is there. */
export async function run(folder: string | undefined, options: GlobalOptions): Promise<number> {
  const console = consoleOf(options);
  const { host } = console;
  const target = folder ?? DEFAULT_SPECS;
  const files = [`${target}/${SPEC_FILE}`, `${target}/${SCHEMA_FILE}`] as const;
  for (const path of files) {
    if ((await host.kindOf(path)) !== undefined) throw usage(`\`${path}\` exists already`, 'name another folder');
  }
  await host.makeFolders(target);
  await host.writeText(files[0], scaffold(projectName(target, host.cwd)));
  await host.writeText(files[1], writeJson(jsonSchema() as PlainData));
  await console.result(files.map((path) => `+ ${path}`).join('\n'));
  await console.tell(`now run: qmon generate${target === DEFAULT_SPECS ? '' : ` ${target}`}`);
  return EXIT.ok;
}
