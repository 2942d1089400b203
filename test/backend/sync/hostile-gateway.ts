import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:https';

/** What a gateway that means no good was sent. */
export interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
}

export interface HostileGateway {
  url: string;
  port: number;
  seen: Seen[];
  stop(): Promise<void>;
}

/** A server that answers as the test says. */
export async function hostileGateway(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  tls?: { key: string; cert: string },
): Promise<HostileGateway> {
  const seen: Seen[] = [];
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
    request.resume();
    answer(request, response);
  };
  const server: Server = tls ? createTlsServer(tls, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${String(port)}`,
    port,
    seen,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Answers with JSON. */
export function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

export const envelope = (data: unknown): object => ({ data, errors: [], warnings: [] });

/** A page of the list as the documents describe it. */
export function page(rows: readonly object[], totalPages = 1): object {
  return envelope({ metaBasicDetails: rows, pagination: { page: 0, size: 100, total: rows.length, totalPages } });
}
