import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a request is answered with in place of what is there. */
export type Trouble = (request: IncomingMessage, response: ServerResponse) => boolean;

export const FEED = 'latest-linux.yml';

export interface KeyPair {
  publicKey: KeyObject;
  privateKey: KeyObject;
}

/** A key pair of one test. */
export function newKeys(): KeyPair {
  return generateKeyPairSync('ed25519');
}

/** A feed as electron-builder writes it. */
export function feedText(version: string, file: { name: string; bytes: Buffer }): string {
  const sha512 = createHash('sha512').update(file.bytes).digest('base64');
  return [
    `version: ${version}`,
    'files:',
    `  - url: ${file.name}`,
    `    sha512: ${sha512}`,
    `    size: ${String(file.bytes.length)}`,
    `path: ${file.name}`,
    `sha512: ${sha512}`,
    `releaseDate: '2026-11-27T00:00:00.000Z'`,
    '',
  ].join('\n');
}

/** A real server of updates on loopback, which writes down what it was asked for. */
export class FeedServer {
  readonly asked: string[] = [];
  readonly files = new Map<string, Buffer>();
  trouble: Trouble | null = null;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      const name = (request.url ?? '/').slice('/stable/'.length);
      this.asked.push(name);
      if (this.trouble?.(request, response) === true) return;
      const bytes = this.files.get(name);
      if (bytes === undefined) {
        response.writeHead(404).end();
        return;
      }
      const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
      if (from === undefined || to === undefined) {
        response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
        return;
      }
      const piece = bytes.subarray(Number(from), Number(to) + 1);
      response.writeHead(206, {
        'content-length': piece.length,
        'content-range': `bytes ${from}-${String(Number(from) + piece.length - 1)}/${String(bytes.length)}`,
      });
      response.end(piece);
    });
  }

  static async start(): Promise<FeedServer> {
    const started = new FeedServer();
    await new Promise<void>((resolve) => started.#server.listen(0, '127.0.0.1', resolve));
    return started;
  }

  get address(): URL {
    return new URL(`http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}/stable/`);
  }

  /** Puts a version there, with a feed that is signed. */
  publish(keys: KeyPair, version: string, file: { name: string; bytes: Buffer }, feed = FEED): void {
    this.files.set(file.name, file.bytes);
    this.putFeed(keys, feedText(version, file), feed);
  }

  putFeed(keys: KeyPair, text: string, feed = FEED): void {
    const bytes = Buffer.from(text);
    this.files.set(feed, bytes);
    this.files.set(`${feed}.sig`, Buffer.from(`${sign(null, bytes, keys.privateKey).toString('base64')}\n`));
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => void this.#server.close(() => resolve()));
  }
}
