import { type Download, type DownloadOptions, ServerError } from './host.ts';

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut off',
  EHOSTUNREACH: 'there is no way to the host',
  ENETUNREACH: 'there is no way to the network',
  ENOTFOUND: 'nobody knows the host',
  EAI_AGAIN: 'the name of the host cannot be looked up now',
  ETIMEDOUT: 'it does not answer',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
  UND_ERR_SOCKET: 'the connection was cut off',
  HPE_INVALID_CONSTANT: 'what answers is no web server',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an authority that is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by an authority that is not known here',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak https',
};

/** Source: https://fetch.spec.whatwg.org/#redirect-status */
const REDIRECTIONS: readonly number[] = [301, 302, 303, 307, 308];

const MILLION = 1_000_000;

function failed(url: string, why: string, cause?: unknown): ServerError {
  return new ServerError(`cannot read \`${url}\`: ${why}`, { cause });
}

/** What `fetch` throws: the time is up, or a cause with a code. */
function reasonOf(error: unknown, { timeoutMs }: DownloadOptions): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `there was no whole answer within ${timeoutMs / 1000} s`;
  const { code, message } = (error.cause ?? error) as { readonly code?: string; readonly message?: string };
  return (code !== undefined && REASONS[code]) || message || code || error.message;
}

/** The answer behind redirections, each of them to an address of the web. */
async function answerOf(url: string, options: DownloadOptions, signal: AbortSignal): Promise<Response> {
  let address = url;
  for (let redirects = 0; redirects <= options.maxRedirects; redirects++) {
    const response = await fetch(address, { headers: { accept: options.accept }, redirect: 'manual', signal });
    const location = response.headers.get('location');
    if (!REDIRECTIONS.includes(response.status) || location === null) return response;
    await response.body?.cancel();
    const next = URL.canParse(location, address) ? new URL(location, address) : undefined;
    if (!next || !/^https?:$/.test(next.protocol)) throw failed(url, `it points to \`${location}\`, which is no page`);
    address = next.href;
  }
  throw failed(url, `it points elsewhere more than ${options.maxRedirects} times`);
}

async function bodyOf(url: string, response: Response, { maxBytes }: DownloadOptions): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) throw failed(url, `the answer is larger than ${maxBytes / MILLION} MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Reads a page by http or https, decompressed; every failure is a `ServerError`. */
export async function download(url: string, options: DownloadOptions): Promise<Download> {
  const signal = AbortSignal.timeout(options.timeoutMs);
  try {
    const response = await answerOf(url, options, signal);
    if (!response.ok) {
      await response.body?.cancel();
      throw failed(url, `the server answers ${`${response.status} ${response.statusText}`.trim()}`);
    }
    const bytes = await bodyOf(url, response, options);
    const mediaType = response.headers.get('content-type');
    return { bytes, ...(mediaType !== null && { mediaType }) };
  } catch (error) {
    throw error instanceof ServerError ? error : failed(url, reasonOf(error, options), error);
  }
}
