import { createServer as createPlain, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';

/** A gateway with one badge, over TLS or plain. It writes down who connected, so that no way past a proxy stays unseen. */
export class WatchedGateway {
  /** Remote ports of all connections, whether TLS was set up or not. */
  readonly callers: number[] = [];
  /** Requests whose headers arrived, with their authorization. */
  readonly requests: { path: string; authorization: string | undefined }[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(tls: ServerOptions | null) {
    const answer = (request: IncomingMessage, response: ServerResponse): void => {
      this.requests.push({ path: request.url ?? '', authorization: request.headers.authorization });
      response.writeHead(200, { 'content-type': 'application/json' });
      const data = { metaBasicDetails: [], pagination: { page: 0, size: 1, total: 0, totalPages: 0 } };
      response.end(JSON.stringify({ data, errors: [], warnings: [] }));
    };
    this.#server = tls === null ? createPlain(answer) : createServer(tls, answer);
    this.#server.on('connection', (socket: Socket) => {
      this.callers.push(socket.remotePort ?? 0);
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    this.#server.on('tlsClientError', () => undefined);
  }

  static async start(tls: ServerOptions | null): Promise<WatchedGateway> {
    const gateway = new WatchedGateway(tls);
    await new Promise<void>((resolve) => gateway.#server.listen(0, '127.0.0.1', resolve));
    return gateway;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  forget(): void {
    this.callers.length = 0;
    this.requests.length = 0;
  }

  stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => void this.#server.close(() => resolve()));
  }
}
