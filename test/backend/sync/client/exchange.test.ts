/** How one exchange ends, whatever is at the other end: sure that nothing was sent, or not. */
import { createServer as createTlsServer } from 'node:https';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Passage, Passages, Proxy } from '../../../../electron/backend/network/passage';
import { Exchanger, type Exchange, type ExchangeTimes } from '../../../../electron/backend/sync/client/exchange';
import { inEnglish } from '../../../../shared/words/english';
import { message, type Message } from '../../../../shared/words/message';
import { issue } from '../../network/certificates';
import { DIRECTLY } from '../../network/directly';

const HEAD = 'HTTP/1.1 200 OK\r\n';
const TIMES = { connect: 2_000, idle: 3_000, total: 6_000 };

/** A server that does with each connection what the test says, once a request has come. @returns its port */
async function serverOf(answer: (socket: Socket, request: string) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    let request = '';
    socket.on('data', (bytes) => {
      request += bytes.toString('latin1');
      if (request.includes('\r\n\r\n')) answer(socket, request.split('\r\n\r\n')[0] ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

interface Asked {
  times?: Partial<ExchangeTimes>;
  passages?: Passages;
  signal?: AbortSignal;
  body?: string;
  mostBytes?: number;
}

async function ask(
  port: number,
  { times, passages = DIRECTLY, signal, body, mostBytes = 1_000 }: Asked = {},
): Promise<Exchange> {
  const exchanger = new Exchanger(1, passages, { ...TIMES, ...times });
  onTestFinished(() => exchanger.close());
  const url = new URL(`http://127.0.0.1:${String(port)}/path`);
  const given = {
    method: body === undefined ? 'GET' : 'POST',
    url,
    headers: { 'x-a': '1' },
    body: body ?? null,
    mostBytes,
  };
  return exchanger.exchange(given, signal);
}
const said = (exchange: Exchange): string => {
  if (exchange.kind === 'answer') return `answer ${String(exchange.status)} ${exchange.body.toString()}`;
  const { kind, fault, detail } = exchange;
  const status = exchange.kind === 'ambiguous' ? ` ${String(exchange.status)}` : '';
  return `${kind}${status} ${fault} ${typeof detail === 'object' ? inEnglish(detail) : String(detail)}`;
};
const ways = (...proxies: (Proxy | null)[]): Passages => ({
  passageTo: () => Promise.resolve({ ways: proxies, trust: { version: 1, authorities: [], client: null } }),
});
const proxyAt = (port: number): Proxy => ({ protocol: 'http:', host: '127.0.0.1', port, login: null });

describe('an answer', () => {
  test('comes with its lines and its bytes', async () => {
    let request = '';
    const port = await serverOf((socket, head) => {
      request = head;
      socket.write(`${HEAD}X-One: 1\r\nx-one: 2\r\nContent-Length: 4\r\n\r\nbo`);
      setTimeout(() => socket.write('dy'), 5);
    });
    const exchange = await ask(port, { body: '{"ü":1}' });
    expect(exchange).toEqual({
      ...{ kind: 'answer', status: 200, body: Buffer.from('body') },
      headers: [
        { name: 'X-One', value: '1' },
        { name: 'x-one', value: '2' },
        { name: 'Content-Length', value: '4' },
      ],
    });
    expect(request).toMatch(/^POST \/path HTTP\/1\.1\r\n/);
    expect(request.toLowerCase()).toContain('content-length: 8');
    expect(request).toContain('x-a: 1');
    await ask(port);
    expect(request).toMatch(/^GET /);
    expect(request.toLowerCase()).not.toContain('content-length');
  });

  test.each([
    ['at the limit', `${HEAD}content-length: 10\r\n\r\n${'x'.repeat(10)}`, 'answer 200 xxxxxxxxxx'],
    ['beyond by its own word', `${HEAD}content-length: 11\r\n\r\n`, 'ambiguous 200 too-large 10'],
    [
      'beyond without a word',
      `${HEAD}transfer-encoding: chunked\r\n\r\nb\r\n${'x'.repeat(11)}\r\n0\r\n\r\n`,
      'ambiguous 200 too-large 10',
    ],
    [
      'packed',
      `${HEAD}content-encoding: gzip\r\ncontent-length: 1\r\n\r\nx`,
      'ambiguous 200 unreadable content-encoding gzip',
    ],
    ['packed in nothing', `${HEAD}content-encoding: identity\r\ncontent-length: 1\r\n\r\nx`, 'answer 200 x'],
    [
      'packed in much',
      `${HEAD}content-encoding: ${'y'.repeat(60)}\r\n\r\n`,
      `ambiguous 200 unreadable content-encoding ${'y'.repeat(40)}`,
    ],
    ['without a body', 'HTTP/1.1 204 No Content\r\n\r\n', 'answer 204 '],
    ['of another protocol', 'SSH-2.0-OpenSSH\r\n\r\n', expect.stringMatching(/^ambiguous null unreadable HPE_/)],
  ])('%s', async (_, bytes, expected) => {
    const port = await serverOf((socket) => socket.write(bytes));
    expect(said(await ask(port, { mostBytes: 10 }))).toEqual(expected);
  });

  test.each([
    ['in the middle', `${HEAD}content-length: 9\r\n\r\nhalf`, /^ambiguous 200 (?:cut|reset) /],
    ['before it begins', '', /^ambiguous null reset /],
  ])('that breaks off %s may have been done', async (_, bytes, expected) => {
    const port = await serverOf((socket) => socket.end(bytes));
    expect(said(await ask(port))).toMatch(expected);
  });
});

describe('time', () => {
  test('is given for a connection, between two bytes and for all of it', async () => {
    const silent = await serverOf((socket) => socket.write(`${HEAD}content-length: 9\r\n\r\nh`));
    expect(said(await ask(silent, { times: { idle: 60 } }))).toBe(
      'ambiguous 200 timeout nothing arrived for 0.1 seconds',
    );
    const dripping = await serverOf((socket) => {
      socket.write(`${HEAD}content-length: 900\r\n\r\n`);
      const drip = setInterval(() => socket.write('.'), 20);
      socket.on('close', () => clearInterval(drip));
    });
    expect(said(await ask(dripping, { times: { idle: 2_000, total: 150 } }))).toBe(
      'ambiguous 200 timeout no whole answer within 0.2 seconds',
    );
  });

  test('of a person who stops is over at once', async () => {
    const port = await serverOf(() => undefined);
    const stop = new AbortController();
    const asked = ask(port, { signal: stop.signal });
    setTimeout(() => stop.abort(), 100);
    expect(said(await asked)).toMatch(/^(?:ambiguous null|not-sent) cancelled cancelled$/);
    expect(said(await ask(port, { signal: stop.signal }))).toBe('not-sent cancelled cancelled');
    const never: Passages = { passageTo: () => new Promise(() => undefined) };
    const later = new AbortController();
    const waiting = ask(port, { passages: never, signal: later.signal });
    later.abort();
    expect(said(await waiting)).toBe('not-sent cancelled cancelled');
  });
});

describe('a way', () => {
  const free = async (): Promise<number> => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
  };

  test('to nobody is told as such, and nothing was sent', async () => {
    expect(said(await ask(await free()))).toBe('not-sent refused ECONNREFUSED');
    expect(await ask(1, { passages: ways() })).toEqual({
      ...{ kind: 'not-sent', fault: 'network', detail: 'no-way', said: message('network.noWay') },
    });
    const fault: Passage = { hop: 'settings', said: message('network.noWay') } as Passage;
    expect(await ask(1, { passages: { passageTo: () => Promise.resolve(fault) } })).toEqual({
      ...{ kind: 'not-sent', fault: 'network', detail: 'settings', said: message('network.noWay') },
    });
  });

  test('by a proxy that is gone is followed by the next, and no other is tried twice', async () => {
    let requests = 0;
    const port = await serverOf((socket) => {
      requests += 1;
      socket.write(`${HEAD}content-length: 2\r\n\r\nok`);
    });
    const gone = proxyAt(await free());
    expect(said(await ask(port, { passages: ways(gone, null) }))).toBe('answer 200 ok');
    expect(said(await ask(port, { passages: ways(null, gone) }))).toBe('answer 200 ok');
    const failed = await ask(port, { passages: ways(gone, gone) });
    expect([failed.kind, failed.kind === 'not-sent' && failed.fault]).toEqual(['not-sent', 'proxy']);
    expect(inEnglish((failed as { said?: Message }).said!)).toContain(String(gone.port));
    expect(requests).toBe(2);
  });

  test('by a proxy that wants a sign-in ends there: it passed nothing on', async () => {
    const proxy = proxyAt(await serverOf((socket) => socket.write('HTTP/1.1 407 No\r\ncontent-length: 0\r\n\r\n')));
    const exchange = await ask(1, { passages: ways(proxy, null) });
    expect([exchange.kind, exchange.kind === 'not-sent' && exchange.fault]).toEqual(['not-sent', 'proxy']);
    const port = await serverOf((socket) => socket.write('HTTP/1.1 407 No\r\ncontent-length: 0\r\n\r\n'));
    expect(said(await ask(port))).toBe('answer 407 ');
  });
});

test('a request that was under way when the client certificate was refused was not sent', async () => {
  const company = issue({ name: 'Company Root', isAuthority: true });
  const wants = { requestCert: true, rejectUnauthorized: true, ca: company.cert };
  const read: string[] = [];
  const server = createTlsServer(
    { ...issue({ name: 'localhost', hosts: ['localhost'], signer: company }), ...wants },
    (request, response) => {
      read.push(request.method ?? '');
      response.end();
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const passages: Passages = {
    passageTo: () =>
      Promise.resolve({ ways: [null], trust: { version: 1, authorities: [company.cert], client: null } }),
  };
  const exchanger = new Exchanger(1, passages, TIMES);
  onTestFinished(() => exchanger.close());
  for (const method of ['GET', 'POST'] as const) {
    const url = new URL(`https://localhost:${String(port)}/path`);
    const exchange = await exchanger.exchange({ method, url, headers: {}, body: '{}', mostBytes: 1_000 });
    expect(exchange).toMatchObject({ kind: 'not-sent', fault: 'certificate' });
    expect('said' in exchange && exchange.said ? inEnglish(exchange.said) : '').toContain('wants a client certificate');
  }
  expect(read).toEqual([]);
});
