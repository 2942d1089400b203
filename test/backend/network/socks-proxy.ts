import net, { type AddressInfo, type Socket } from 'node:net';

interface SocksOptions {
  version: 4 | 5;
  /** Only who says these is let through; version 4 asks for the user alone. */
  login?: { user: string; password: string };
  /** Answers every request with this code of its version. */
  refuse?: number;
}

/** A real SOCKS proxy on loopback, for connections. It alone knows where the names of a test live. */
export class SocksProxy {
  /** Targets it was asked for, as they were named. */
  readonly asked: string[] = [];
  /** Local ports of connections it made: a gateway tells by them who came through it. */
  readonly ports = new Set<number>();
  readonly #options: SocksOptions;
  readonly #server: net.Server;
  readonly #sockets = new Set<Socket>();

  private constructor(options: SocksOptions) {
    this.#options = options;
    this.#server = net.createServer((socket) => {
      this.#keep(socket);
      void (options.version === 5 ? this.#five(socket) : this.#four(socket)).catch(() => socket.destroy());
    });
  }

  static async start(options: SocksOptions): Promise<SocksProxy> {
    const proxy = new SocksProxy(options);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get address(): string {
    return `127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
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

  async #five(socket: Socket): Promise<void> {
    const read = reader(socket);
    const [version, count] = await read(2);
    if (version !== 5) throw new Error('another version');
    const methods = [...(await read(count ?? 0))];
    const wanted = this.#options.login === undefined ? 0 : 2;
    if (!methods.includes(wanted)) {
      socket.end(Buffer.from([5, 0xff]));
      return;
    }
    socket.write(Buffer.from([5, wanted]));
    if (wanted === 2) {
      const text = async (): Promise<string> => (await read((await read(1))[0] ?? 0)).toString('utf8');
      await read(1);
      const said = { user: await text(), password: await text() };
      const isKnown = said.user === this.#options.login?.user && said.password === this.#options.login.password;
      socket.write(Buffer.from([1, isKnown ? 0 : 1]));
      if (!isKnown) {
        socket.end();
        return;
      }
    }
    const type = (await read(4))[3];
    const host = type === 3 ? (await read((await read(1))[0] ?? 0)).toString() : await addressOf(read, type ?? 0);
    const port = (await read(2)).readUInt16BE();
    this.asked.push(`${host}:${String(port)}`);
    const answer = (code: number): Buffer => Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]);
    this.#join(socket, port, answer(0), answer(this.#options.refuse ?? 5));
  }

  async #four(socket: Socket): Promise<void> {
    const read = reader(socket);
    if ((await read(1))[0] !== 4) throw new Error('another version');
    await read(1);
    const port = (await read(2)).readUInt16BE();
    const address = await read(4);
    const text = async (): Promise<string> => {
      const bytes: number[] = [];
      for (let byte = (await read(1))[0]; byte !== 0 && byte !== undefined; byte = (await read(1))[0]) bytes.push(byte);
      return Buffer.from(bytes).toString('utf8');
    };
    const user = await text();
    const host = address.readUInt32BE() < 256 ? await text() : [...address].join('.');
    this.asked.push(`${host}:${String(port)}`);
    const answer = (code: number): Buffer => Buffer.from([0, code, 0, 0, 0, 0, 0, 0]);
    const { login, refuse } = this.#options;
    if (login !== undefined && login.user !== user) socket.end(answer(93));
    else this.#join(socket, port, answer(90), answer(refuse ?? 91));
  }

  #join(socket: Socket, port: number, granted: Buffer, refused: Buffer): void {
    if (this.#options.refuse !== undefined) {
      socket.end(refused);
      return;
    }
    const upstream = net.connect(port, '127.0.0.1', () => {
      this.ports.add(upstream.localPort ?? 0);
      socket.write(granted);
      socket.pipe(upstream).pipe(socket);
    });
    this.#keep(upstream);
    upstream.on('error', () => socket.end(refused));
  }
}

type Read = (count: number) => Promise<Buffer>;

async function addressOf(read: Read, type: number): Promise<string> {
  const bytes = await read(type === 4 ? 16 : 4);
  return type === 4 ? `[${bytes.toString('hex')}]` : [...bytes].join('.');
}

/** Reads so many bytes, and leaves what comes after them in the socket. */
function reader(socket: Socket): Read {
  const closed = new Promise<never>((_resolve, reject) => {
    socket.once('close', () => reject(new Error('closed')));
  });
  // Nobody waits for it after the last read.
  closed.catch(() => undefined);
  return (count) => {
    const bytes = new Promise<Buffer>((resolve) => {
      const look = (): void => {
        const found = count === 0 ? Buffer.alloc(0) : (socket.read(count) as Buffer | null);
        if (found === null) return;
        socket.off('readable', look);
        resolve(found);
      };
      socket.on('readable', look);
      look();
    });
    return Promise.race([bytes, closed]);
  };
}
