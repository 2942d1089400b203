import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import net, { type AddressInfo, type Socket } from 'node:net';

export interface ProxyOptions {
  /** Only who says these is let through. */
  login?: { user: string; password: string };
  tls?: { cert: string; key: string };
  /** How it asks who is calling, a line each; by Basic unless told. */
  schemes?: readonly string[];
  /** Answers every CONNECT with it. */
  refuse?: number;
}

/** A real HTTP proxy on loopback: CONNECT and absolute form, Basic. It alone knows where the names of a test live. */
export class LoopbackProxy {
  /** Targets of CONNECT and absolute addresses, in order. */
  readonly asked: string[] = [];
  /** `Proxy-Authorization` of each request. */
  readonly said: (string | undefined)[] = [];
  /** Local ports of connections it made: a gateway tells by them who came through it. */
  readonly ports = new Set<number>();
  readonly #options: ProxyOptions;
  readonly #server: net.Server;
  readonly #sockets = new Set<Socket>();

  private constructor(options: ProxyOptions) {
    this.#options = options;
    const handle = (request: IncomingMessage, response: ServerResponse): void => this.#pass(request, response);
    const server = options.tls ? createTlsServer(options.tls, handle) : createServer(handle);
    server.on('connect', (request: IncomingMessage, socket: Socket) => this.#connect(request, socket));
    server.on('connection', (socket: Socket) => this.#keep(socket));
    // A client that does not trust its certificate says so.
    server.on('tlsClientError', () => undefined);
    this.#server = server;
  }

  static async start(options: ProxyOptions = {}): Promise<LoopbackProxy> {
    const proxy = new LoopbackProxy(options);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get address(): string {
    return `${this.#options.tls ? 'https://' : ''}127.0.0.1:${String(this.port)}`;
  }

  stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => void this.#server.close(() => resolve()));
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => this.#sockets.delete(socket));
  }

  get #schemes(): readonly string[] {
    return this.#options.schemes ?? ['Basic realm="x"'];
  }

  #isKnown(request: IncomingMessage): boolean {
    const said = request.headers['proxy-authorization'];
    this.said.push(said);
    const { login } = this.#options;
    return login === undefined || said === `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;
  }

  #connect(request: IncomingMessage, client: Socket): void {
    this.#keep(client);
    const target = request.url ?? '';
    this.asked.push(target);
    if (!this.#isKnown(request)) {
      const lines = this.#schemes.map((scheme) => `Proxy-Authenticate: ${scheme}\r\n`).join('');
      client.end(`HTTP/1.1 407 Proxy Authentication Required\r\n${lines}\r\n`);
      return;
    }
    if (this.#options.refuse !== undefined) {
      client.end(`HTTP/1.1 ${String(this.#options.refuse)} No\r\n\r\n`);
      return;
    }
    const upstream = net.connect(Number(target.slice(target.lastIndexOf(':') + 1)), '127.0.0.1', () => {
      this.ports.add(upstream.localPort ?? 0);
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(upstream).pipe(client);
    });
    this.#keep(upstream);
    upstream.on('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
  }

  #pass(request: IncomingMessage, response: ServerResponse): void {
    const target = request.url ?? '';
    this.asked.push(target);
    if (!this.#isKnown(request)) {
      response.writeHead(407, { 'proxy-authenticate': [...this.#schemes] }).end();
      return;
    }
    if (!URL.canParse(target)) {
      response.writeHead(400).end();
      return;
    }
    const url = new URL(target);
    const headers = { ...request.headers };
    delete headers['proxy-authorization'];
    const onward = forward(
      { host: '127.0.0.1', port: url.port, method: request.method, path: url.pathname + url.search, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.once('socket', (socket) => socket.once('connect', () => this.ports.add(socket.localPort ?? 0)));
    onward.on('error', () => response.writeHead(502).end());
    request.pipe(onward);
  }
}

/** A port of loopback where nothing answers. */
export async function deadPort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
