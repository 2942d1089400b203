import http, { type IncomingMessage } from 'node:http';
import net, { type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import tls, { type SecureContext, type TLSSocket } from 'node:tls';
import type { NetworkTest } from '../../../shared/ipc/network-contract';
import { message, type Message } from '../../../shared/words/message';
import { secureContextOf } from './lines';
import { bareHost, isSocks, portOf, proxyHeaders, proxyInWords, type Passages, type Trust, type Way } from './passage';
import { isAboutTls, tlsInWords, tlsTroubleOf } from './tls-words';
import { openTunnel, tlsOptionsFor } from './tunnel';
import { faultOfProxy, refusal, WayFault } from './way-fault';

/** Milliseconds for the whole way. */
const PATIENCE = 15_000;

/**
 * Walks the way to an address hop by hop and says where it ends. The last hop is one request for `/` without credentials
 * of an org: any answer shows that the way stands.
 */
export async function traceWay(passages: Passages, url: URL, patience = PATIENCE): Promise<NetworkTest> {
  const signal = AbortSignal.timeout(patience);
  const passage = await passages.passageTo(url);
  if ('hop' in passage) return { ok: false, ...passage };
  let last: WayFault | null = null;
  for (const way of passage.ways) {
    try {
      return { ok: true, hop: null, said: await walk(way, passage.trust, url, signal) };
    } catch (error) {
      if (!(error instanceof WayFault)) throw error;
      last = error;
      if (!error.isOfProxy) break;
    }
  }
  return last === null
    ? { ok: false, hop: 'settings', said: message('network.noWay') }
    : { ok: false, hop: last.hop, said: last.said };
}

async function walk(way: Way, trust: Trust, url: URL, signal: AbortSignal): Promise<Message> {
  let context: SecureContext;
  try {
    context = secureContextOf(trust);
  } catch (error) {
    const detail = shortOf(error);
    throw new WayFault('settings', message('network.certificatesUnusable', { detail }), detail);
  }
  if (url.protocol === 'http:') {
    await answerOf(await reach(way, url, context, signal), way, url, context, signal);
    return way === null
      ? message('network.wayDirect', { host: url.host })
      : message('network.wayByProxy', { host: url.host, proxy: proxyInWords(way) });
  }
  const { socket, issuer } = await handshake(await reach(way, url, context, signal), url, context, signal);
  try {
    await answerOf(socket, null, url, context, signal);
  } catch (error) {
    if (!(error instanceof WayFault) || error.hop !== 'gateway') throw error;
    if (!(await wantsCertificate(way, url, context, signal))) throw error;
    const key = trust.client === null ? 'network.clientWanted' : 'network.clientRefused';
    throw new WayFault('client-certificate', message(key, { host: url.host }), error.detail);
  }
  return way === null
    ? message('network.wayDirectTls', { host: url.host, issuer })
    : message('network.wayByProxyTls', { host: url.host, issuer, proxy: proxyInWords(way) });
}

/** A socket to the gateway, or to the proxy that is told the whole address. */
async function reach(way: Way, url: URL, context: SecureContext, signal: AbortSignal): Promise<Socket> {
  if (way === null)
    return connected({ host: bareHost(url), port: portOf(url) }, signal, (error) => ofGateway(error, url));
  if (url.protocol === 'https:' || isSocks(way))
    return openTunnel(way, { host: bareHost(url), port: portOf(url) }, context, signal);
  const socket = await connected({ host: way.host, port: way.port }, signal, (error) => faultOfProxy(error, way));
  if (way.protocol === 'http:') return socket;
  return new Promise((resolve, reject) => {
    const secure = tls.connect({ ...tlsOptionsFor(way.host, context), socket });
    secure.once('secureConnect', () => resolve(secure));
    secure.once('error', (error: Error) => reject(faultOfProxy(error, way)));
  });
}

function connected(
  target: { host: string; port: number },
  signal: AbortSignal,
  fault: (error: NodeJS.ErrnoException) => WayFault,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(target);
    const abort = (): void =>
      void socket.destroy(Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' }));
    socket.once('connect', () => {
      signal.removeEventListener('abort', abort);
      resolve(socket);
    });
    socket.on('error', (error) => reject(fault(error)));
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
  });
}

function ofGateway(error: NodeJS.ErrnoException, url: URL): WayFault {
  const detail = shortOf(error);
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN')
    return new WayFault('gateway-name', message('org.nameNotFound', { host: url.hostname }), detail);
  if (error.code === 'ECONNREFUSED')
    return new WayFault('gateway-port', message('network.gatewayRefused', { host: url.host }), detail);
  return new WayFault('gateway-port', message('network.gatewayUnreachable', { host: url.host, detail }), detail);
}

/**
 * TLS with the gateway, judged here so that the certificate that was shown can be named. Nothing is sent over one that
 * does not hold.
 */
function handshake(
  socket: Socket,
  url: URL,
  context: SecureContext,
  signal: AbortSignal,
): Promise<{ socket: TLSSocket; issuer: string }> {
  return new Promise((resolve, reject) => {
    // Only looked at: what does not hold is closed before a byte is written.
    const secure = tls.connect({ ...tlsOptionsFor(bareHost(url), context), socket, rejectUnauthorized: false });
    const fail = (error: NodeJS.ErrnoException, said: Message, hop: 'tls' | 'client-certificate' = 'tls'): void => {
      secure.destroy();
      reject(new WayFault(hop, said, shortOf(error)));
    };
    const abort = (): void => fail(new Error('no TLS in time'), message('network.tlsCut', { host: url.host }));
    signal.addEventListener('abort', abort);
    secure.on('error', (error: NodeJS.ErrnoException) => {
      const trouble = tlsTroubleOf(error);
      const hop = trouble === 'client-wanted' || trouble === 'client-refused' ? 'client-certificate' : 'tls';
      fail(error, isAboutTls(error) ? tlsInWords(error, url.host) : message('network.tlsCut', { host: url.host }), hop);
    });
    secure.once('close', () => fail(new Error('closed'), message('network.tlsCut', { host: url.host })));
    secure.once('secureConnect', () => {
      signal.removeEventListener('abort', abort);
      const shown = secure.getPeerCertificate(true);
      if (secure.authorized) {
        const { CN, O } = shown.issuer;
        const issuer = [CN ?? O ?? ''].flat()[0] ?? '';
        resolve({ socket: secure, issuer });
        return;
      }
      const said: unknown = secure.authorizationError;
      const error = said instanceof Error ? said : Object.assign(new Error(String(said)), { code: String(said) });
      fail(error, tlsInWords(error, url.host, shown));
    });
  });
}

/** Asks for `/` over a socket that stands. */
async function answerOf(
  socket: Socket,
  way: Way,
  url: URL,
  context: SecureContext,
  signal: AbortSignal,
): Promise<void> {
  // An HTTP proxy is told the whole address; behind every other way the gateway itself hears.
  const told = isSocks(way) ? null : way;
  const isPlain = url.protocol === 'http:' && told === null;
  const broke = async (detail: string): Promise<WayFault> => {
    if (isPlain && (await speaksTls(way, url, context, signal)))
      return new WayFault('tls', message('network.tlsPort', { host: url.host }), detail);
    if (told !== null)
      return new WayFault('proxy', message('network.proxyBroken', { proxy: proxyInWords(told), detail }), detail);
    return new WayFault('gateway', message('network.gatewayCut', { host: url.host, detail }), detail);
  };
  const answer = await new Promise<IncomingMessage | string>((resolve) => {
    const request = http.request({
      ...{
        method: 'GET',
        path: told === null ? '/' : `${url.origin}/`,
        setHost: false,
        createConnection: () => socket,
      },
      headers: {
        ...{ host: url.host, connection: 'close' },
        ...(told === null ? {} : proxyHeaders(told)),
      },
      signal,
    });
    request.once('response', (response) => {
      response.resume();
      resolve(response);
    });
    request.on('error', (error) => resolve(shortOf(error)));
    request.end();
  });
  socket.destroy();
  if (typeof answer === 'string') throw await broke(answer);
  if (told !== null && answer.statusCode === 407) throw refusal(told, url.host, answer);
  // Servers that hear plain words on a TLS port often say so with this status.
  if (answer.statusCode === 400 && isPlain && (await speaksTls(way, url, context, signal)))
    throw new WayFault('tls', message('network.tlsPort', { host: url.host }), '400');
}

/** Whether a port takes part in a handshake of TLS; nothing is sent after it. */
async function speaksTls(way: Way, url: URL, context: SecureContext, signal: AbortSignal): Promise<boolean> {
  const socket = await reach(way, url, context, signal).catch(() => null);
  if (socket === null) return false;
  return new Promise((resolve) => {
    // Whoever answers is only asked whether it speaks TLS
    const secure = tls.connect({ socket, rejectUnauthorized: false });
    const end = (answer: boolean): void => {
      secure.destroy();
      resolve(answer);
    };
    secure.once('secureConnect', () => end(true));
    secure.on('error', (error: NodeJS.ErrnoException) =>
      end(/ALERT_(HANDSHAKE|CERTIFICATE|PROTOCOL)/i.test(shortOf(error))),
    );
    secure.once('close', () => end(false));
    signal.addEventListener('abort', () => end(false));
  });
}

/** Handshake message types of TLS; certificates are asked for in the open up to version 1.2. */
const HANDSHAKE = 22;
const CERTIFICATE_REQUEST = 13;

/**
 * Whether the gateway asks for a client certificate while TLS 1.2 is set up. Version 1.3 hides that, and a server that
 * speaks no other cannot be asked: then the answer is no.
 */
async function wantsCertificate(way: Way, url: URL, context: SecureContext, signal: AbortSignal): Promise<boolean> {
  const socket = await reach(way, url, context, signal).catch(() => null);
  if (socket === null) return false;
  return new Promise((resolve) => {
    let heard = Buffer.alloc(0);
    let isOver = false;
    const watched = new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _encoding, done) => void socket.write(chunk, () => done()),
    });
    const end = (): void => {
      if (isOver) return;
      isOver = true;
      secure.destroy();
      socket.destroy();
      resolve(handshakeTypes(heard).includes(CERTIFICATE_REQUEST));
    };
    socket.on('data', (chunk: Buffer) => {
      heard = Buffer.concat([heard, chunk]);
      watched.push(chunk);
    });
    socket.on('error', end);
    socket.once('close', end);
    const secure = tls.connect({
      ...tlsOptionsFor(bareHost(url), tls.createSecureContext({ maxVersion: 'TLSv1.2' })),
      socket: watched,
      // Only the questions of the handshake are read.
      rejectUnauthorized: false,
    });
    secure.on('error', end);
    secure.once('secureConnect', end);
    signal.addEventListener('abort', end);
  });
}

/** Types of the handshake messages in bytes of TLS that are not encrypted yet. */
function handshakeTypes(bytes: Buffer): number[] {
  const parts: Buffer[] = [];
  for (let at = 0; at + 5 <= bytes.length;) {
    const length = bytes.readUInt16BE(at + 3);
    if (bytes[at] !== HANDSHAKE) break;
    parts.push(bytes.subarray(at + 5, at + 5 + length));
    at += 5 + length;
  }
  const messages = Buffer.concat(parts);
  const types: number[] = [];
  for (let at = 0; at + 4 <= messages.length;) {
    types.push(messages[at] ?? 0);
    at += 4 + messages.readUIntBE(at + 1, 3);
  }
  return types;
}

function shortOf(error: unknown): string {
  return ((error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : String(error))).slice(
    0,
    100,
  );
}
