import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { download } from '../../src/host/download.ts';
import { type DownloadOptions, ServerError } from '../../src/host/host.ts';
import { freeAddress, type Loopback, serve } from '../e2e/loopback.ts';

const OPTIONS: DownloadOptions = { accept: 'text/plain', timeoutMs: 20_000, maxBytes: 1_000_000, maxRedirects: 3 };

const asked: (string | undefined)[] = [];

type Page = (response: ServerResponse) => void;

function redirect(to: string): Page {
  return (response) => void response.writeHead(302, { location: to }).end();
}

const PAGES: Readonly<Record<string, Page>> = {
  '/metrics': (response) => void response.setHeader('content-type', 'text/plain; version=0.0.4').end('up 1\n'),
  '/gzip': (response) => void response.setHeader('content-encoding', 'gzip').end(gzipSync('up 2\n')),
  '/bomb': (response) => void response.setHeader('content-encoding', 'gzip').end(gzipSync('#'.repeat(1_000_001))),
  '/1': redirect('/2'),
  '/2': redirect('/3'),
  '/3': redirect('/metrics'),
  '/circle': redirect('/circle'),
  '/file': redirect('file:///etc/hostname'),
  '/silent': () => {},
  '/half': (response) => {
    response.setHeader('content-length', '100').write('up');
    response.socket!.end();
  },
};

let server: Loopback;
beforeAll(async () => {
  server = await serve((request: IncomingMessage, response) => {
    asked.push(request.headers.accept);
    const page = PAGES[request.url ?? ''];
    if (page) page(response);
    else response.writeHead(404).end('nothing');
  });
});
afterAll(() => server.close());

async function page(path: string, options: Partial<DownloadOptions> = {}) {
  const { bytes, mediaType } = await download(server.url + path, { ...OPTIONS, ...options });
  return { text: Buffer.from(bytes).toString(), mediaType };
}

async function failure(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(ServerError);
  return error.message;
}

describe('a download', () => {
  it('is what the server has, with its type', async () => {
    expect(await page('/metrics')).toEqual({ text: 'up 1\n', mediaType: 'text/plain; version=0.0.4' });
    expect(asked.at(-1)).toBe('text/plain');
    expect(await page('/gzip')).toEqual({ text: 'up 2\n', mediaType: undefined });
  });

  it('follows as many redirections as it may', async () => {
    expect(await page('/1')).toMatchObject({ text: 'up 1\n' });
    expect(await failure(page('/1', { maxRedirects: 2 }))).toBe(
      `cannot read \`${server.url}/1\`: it points elsewhere more than 2 times`,
    );
    expect(await failure(page('/circle'))).toContain('more than 3 times');
    expect(await failure(page('/file'))).toContain('it points to `file:///etc/hostname`, which is no page');
  });

  it('ends where an answer is too large, too late, cut off or none', async () => {
    expect(await failure(page('/bomb'))).toBe(`cannot read \`${server.url}/bomb\`: the answer is larger than 1 MB`);
    expect(await failure(page('/silent', { timeoutMs: 50 }))).toContain('there was no whole answer within 0.05 s');
    expect(await failure(page('/half'))).toContain('the connection was cut off');
    expect(await failure(page('/nowhere'))).toContain('the server answers 404 Not Found');
    expect(await failure(download(`http://${await freeAddress()}/`, OPTIONS))).toContain('nothing listens there');
  });
});
