// What the documentation is made from: the schemas, the catalogue of diagnostics and the commands, straight from src.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

const ENTRY = `
export { kinds } from './src/kinds/registry.ts';
export { formats } from './src/kinds/formats.ts';
export { default as common } from './src/kinds/common.schema.json';
export { catalogue } from './src/pipeline/catalogue.ts';
export { codes as toolCodes } from './src/verify/locate.ts';
export { EFFECTS } from './src/report/explain-code.ts';
export { targets } from './src/targets/registry.ts';
export { dialects } from './src/dialects/registry.ts';
export { program } from './src/cli/main.ts';
export { EXIT } from './src/cli/exit.ts';
`;

/** The bundled CommonJS packages ask for modules of Node only, so any base will do. */
const BANNER =
  "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(process.execPath);";

/** The exports above. Needs what `npm run build` generates. */
export async function loadProduct() {
  const result = await build({
    stdin: { contents: ENTRY, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    banner: { js: BANNER },
    define: { QMON_VERSION: '"0.0.0"' },
  });
  return import(`data:text/javascript;base64,${Buffer.from(result.outputFiles[0].text).toString('base64')}`);
}
