import net from 'node:net';

/** One answer as it came over the wire. */
export interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A connection of a test's own, whose bytes are sent as they are. */
export interface RawConnection {
  socket: net.Socket;
  /** Everything that has come in, as text. */
  received(): string;
  /** Resolves when the server has ended the connection. */
  ended: Promise<void>;
}

export function connect(port: number): RawConnection {
  const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  let received = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => (received += chunk));
  // The server may end while the test is still sending; what it answered counts.
  socket.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => {
    socket.once('end', () => {
      socket.end();
      resolve();
    });
    socket.once('close', () => resolve());
  });
  return { socket, received: () => received, ended };
}

/** Sends pieces one after the other and returns all answers; the last request or a refusal has to end the connection. */
export async function exchangeRaw(port: number, ...pieces: (string | Buffer)[]): Promise<RawAnswer[]> {
  const { socket, received, ended } = connect(port);
  for (const piece of pieces) socket.write(piece, 'latin1');
  await ended;
  return answersIn(received());
}

/** The answers in what came in, each cut where its Content-Length says. */
export function answersIn(received: string): RawAnswer[] {
  const answers: RawAnswer[] = [];
  let rest = received;
  while (rest !== '') {
    const end = rest.indexOf('\r\n\r\n');
    const [first = '', ...lines] = rest.slice(0, end).split('\r\n');
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1]);
    if (end < 0 || Number.isNaN(status)) throw new Error(`No answer: ${JSON.stringify(rest.slice(0, 200))}`);
    const headers = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    );
    const length = status === 100 ? 0 : Number(headers['content-length'] ?? NaN);
    if (Number.isNaN(length)) throw new Error(`An answer without a length: ${rest.slice(0, 300)}`);
    answers.push({ status, headers, body: rest.slice(end + 4, end + 4 + length) });
    rest = rest.slice(end + 4 + length);
  }
  return answers;
}
