import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A request that is still being sent after this long is not waited for. */
const LONGEST_WAIT_MILLISECONDS = 10_000;

/**
 * The connections of a server and the requests under way on each: Node itself keeps a stop waiting for those on which
 * none was ever sent.
 */
export class OpenConnections {
  readonly #underWay = new Map<Socket, Map<ServerResponse, IncomingMessage>>();
  #isClosing = false;

  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      if (this.#isClosing) {
        socket.destroy();
        return;
      }
      this.#underWay.set(socket, new Map());
      socket.once('close', () => this.#underWay.delete(socket));
    });
    server.on('request', (request, response) => {
      const requests = this.#underWay.get(request.socket);
      if (requests === undefined) return;
      requests.set(response, request);
      response.once('close', () => {
        requests.delete(response);
        if (this.#isClosing && requests.size === 0) request.socket.end();
      });
    });
  }

  /** The request of which only a part has arrived. */
  unfinished(socket: Socket): IncomingMessage | null {
    for (const request of this.#underWay.get(socket)?.values() ?? []) if (!request.complete) return request;
    return null;
  }

  /** Runs `act` when each request that arrived whole on this connection has its answer: answers keep their order. */
  whenAnswered(socket: Socket, act: () => void): void {
    const owed = [...(this.#underWay.get(socket) ?? [])].filter(([, request]) => request.complete);
    let open = owed.length;
    if (open === 0) act();
    for (const [response] of owed) {
      response.once('close', () => {
        open -= 1;
        if (open === 0) act();
      });
    }
  }

  /** Ends the connections on which nothing is under way, and each other one when its answer is sent. */
  close(): void {
    this.#isClosing = true;
    for (const [socket, requests] of this.#underWay) if (requests.size === 0) socket.destroy();
    setTimeout(() => {
      for (const socket of this.#underWay.keys()) socket.destroy();
    }, LONGEST_WAIT_MILLISECONDS).unref();
  }
}
