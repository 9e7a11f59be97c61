import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Loopback {
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  /** `127.0.0.1:port`. */
  readonly address: string;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, HOST, resolve));
  return (server.address() as AddressInfo).port;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** An HTTP server on a free port of the loopback interface. */
export async function serve(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<Loopback> {
  const server = createServer(handle);
  const address = `${HOST}:${await listen(server)}`;
  return { url: `http://${address}`, address, close: () => close(server) };
}

/** An address that was free a moment ago, for a program that cannot choose one itself. */
export async function freeAddress(): Promise<string> {
  const server = createServer();
  const address = `${HOST}:${await listen(server)}`;
  await close(server);
  return address;
}
