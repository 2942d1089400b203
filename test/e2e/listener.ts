import { createSocket } from 'node:dgram';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A place on this machine where anything that arrives is a leak: a connection over TCP, or a datagram over UDP. */
export interface Listener {
  /** `127.0.0.1:port`, the same port over TCP and UDP. */
  authority: string;
  /** What arrived, in order. */
  arrived: string[];
  close(): void;
}

/** A free port may be free over TCP alone. */
const MOST_TRIES = 20;

/** Opens a listener on a port that is free over TCP and UDP. It answers nothing. */
export async function openListener(): Promise<Listener> {
  for (let turn = 1; ; turn += 1) {
    const arrived: string[] = [];
    const open = new Set<Socket>();
    const tcp = createServer((socket) => {
      arrived.push('a connection');
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('data', (bytes: Buffer) => arrived.push(`TCP ${bytes.subarray(0, 60).toString('latin1')}`));
    });
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
    const { port } = tcp.address() as AddressInfo;
    const udp = createSocket('udp4');
    udp.on('message', (bytes) => arrived.push(`a datagram of ${bytes.length} bytes`));
    const close = (): void => {
      for (const socket of open) socket.destroy();
      tcp.close();
      udp.close();
    };
    try {
      await new Promise<void>((resolve, reject) => {
        udp.once('error', reject);
        udp.bind(port, '127.0.0.1', resolve);
      });
      return { authority: `127.0.0.1:${port}`, arrived, close };
    } catch (error) {
      close();
      if (turn === MOST_TRIES) throw error;
    }
  }
}
