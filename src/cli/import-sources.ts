import type { Dialect, ImportSource } from '../dialects/dialect.ts';
import type { DownloadOptions } from '../host/host.ts';
import type { Console } from './console.ts';
import { usage } from './exit.ts';
import { specText } from './spec-text.ts';

/** Far above what servers expose, far below what hurts. A scrape has ten seconds by default; this is for a person who waits. */
const LIMITS: Omit<DownloadOptions, 'accept'> = { timeoutMs: 30_000, maxBytes: 100_000_000, maxRedirects: 5 };

const ADDRESS = /^https?:\/\//i;
const STANDARD_INPUT = '-';

function checkAddress(text: string): void {
  if (!URL.canParse(text))
    throw usage(`\`${text}\` is no address`, 'write one such as `http://localhost:8080/metrics`');
  const { username, password } = new URL(text);
  if (username === '' && password === '') return;
  const help = 'let another program ask: `curl --netrc ADDRESS | qmon import metrics -`';
  throw usage('addresses with a password are not taken: it would show in lists of processes and in messages', help);
}

async function readSource(console: Console, text: string, { accept }: Dialect): Promise<ImportSource> {
  const { host } = console;
  if (text === STANDARD_INPUT) return { file: { path: 'standard input', text: await host.readStdin() } };
  if (!ADDRESS.test(text)) return { file: { path: text, text: specText(text, await host.readBytes(text)) } };
  const { bytes, mediaType } = await console.during(`asking ${text}`, () => host.download(text, { ...LIMITS, accept }));
  const file = { path: text, text: specText(text, bytes) };
  return mediaType === undefined ? { file } : { file, mediaType };
}

/** Reads what is named on the command line: addresses, files, and `-` for standard input; one after the other. */
export async function importSources(
  console: Console,
  texts: readonly string[],
  dialect: Dialect,
): Promise<ImportSource[]> {
  for (const text of texts) {
    if (text.trim() === '')
      throw usage('the name of a source is empty', 'name an address or a file; `-` is standard input');
    if (ADDRESS.test(text)) checkAddress(text);
    else if (/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) {
      throw usage(
        `\`${text}\` is neither an address of the web nor a file`,
        'addresses begin with `http://` or `https://`',
      );
    }
  }
  const sources: ImportSource[] = [];
  for (const text of new Set(texts)) sources.push(await readSource(console, text, dialect));
  return sources;
}
