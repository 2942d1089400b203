import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** A request that is still being sent after this long is not waited for. */
const LONGEST_WAIT_MILLISECONDS = 10_000;

/**
 * The connections of a server and whether a request is under way on each: Node itself keeps a stop waiting for those on
 * which none was ever sent.
 */
export class OpenConnections {
  readonly #underWay = new Map<Socket, number>();
  #isClosing = false;

  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      if (this.#isClosing) {
        socket.destroy();
        return;
      }
      this.#underWay.set(socket, 0);
      socket.once('close', () => this.#underWay.delete(socket));
    });
    server.on('request', (request, response) => {
      const { socket } = request;
      this.#add(socket, 1);
      response.once('close', () => this.#add(socket, -1));
    });
  }

  #add(socket: Socket, change: 1 | -1): void {
    const count = this.#underWay.get(socket);
    if (count === undefined) return;
    this.#underWay.set(socket, count + change);
    if (this.#isClosing && count + change === 0) socket.end();
  }

  /** Ends the connections on which nothing is under way, and each other one when its answer is sent. */
  close(): void {
    this.#isClosing = true;
    for (const [socket, count] of this.#underWay) if (count === 0) socket.destroy();
    setTimeout(() => {
      for (const socket of this.#underWay.keys()) socket.destroy();
    }, LONGEST_WAIT_MILLISECONDS).unref();
  }
}
