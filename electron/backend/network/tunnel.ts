import http from 'node:http';
import https from 'node:https';
import { isIP, type Socket } from 'node:net';
import tls, { type SecureContext } from 'node:tls';
import { message, type Message } from '../../../shared/words/message';
import type { NetworkHop } from '../../../shared/ipc/network-contract';
import { proxyInWords, type Proxy } from './passage';
import { isAboutTls, tlsInWords } from './tls-words';

/** A way that ended before anything of a request left. */
export class WayFault extends Error {
  override readonly name = 'WayFault';

  constructor(
    readonly hop: NetworkHop,
    readonly said: Message,
    /** Short, from the runtime; for the log. */
    readonly detail: string,
  ) {
    super(detail);
  }

  /** Whether the proxy itself is at fault, so that another may be tried. */
  get isOfProxy(): boolean {
    return this.hop === 'proxy-name' || this.hop === 'proxy' || this.hop === 'proxy-tls';
  }
}

/** The target behind a proxy. */
export interface Target {
  host: string;
  port: number;
}

/** Options for TLS with a host by name or by address; a name goes into the handshake, an address must not. */
export function tlsOptionsFor(host: string, secureContext: SecureContext): tls.ConnectionOptions {
  return {
    secureContext,
    ALPNProtocols: ['http/1.1'],
    host,
    // Empty, Node would not make one up from the Host header, which names another.
    servername: isIP(host) === 0 ? host : '',
  };
}

/**
 * Asks a proxy for a tunnel. The target's name goes to the proxy as it is: nobody looks it up here.
 *
 * @param signal gives it up
 * @throws WayFault naming the hop
 */
export function openTunnel(
  proxy: Proxy,
  target: Target,
  secureContext: SecureContext,
  signal: AbortSignal,
): Promise<Socket> {
  const authority = proxyInWords(target);
  return new Promise((resolve, reject) => {
    const options: https.RequestOptions = {
      ...{ host: proxy.host, port: proxy.port, method: 'CONNECT', path: authority, agent: false, signal },
      headers: {
        host: authority,
        ...(proxy.authorization === null ? {} : { 'proxy-authorization': proxy.authorization }),
      },
    };
    const request =
      proxy.protocol === 'https:'
        ? https.request({ ...options, ...tlsOptionsFor(proxy.host, secureContext) })
        : http.request(options);
    request.once('connect', (response, socket, head) => {
      const status = response.statusCode ?? 0;
      if (status >= 200 && status < 300) {
        if (head.length > 0) socket.unshift(head);
        resolve(socket as Socket);
        return;
      }
      socket.destroy();
      reject(refusal(proxy, authority, status));
    });
    request.once('response', (response) => {
      response.destroy();
      reject(refusal(proxy, authority, response.statusCode ?? 0));
    });
    request.once('error', (error) => reject(faultOfProxy(error, proxy)));
    request.end();
  });
}

/** TLS with a target over a socket that stands. @throws WayFault */
export function secured(
  socket: Socket,
  target: Target,
  secureContext: SecureContext,
  signal: AbortSignal,
): Promise<tls.TLSSocket> {
  return new Promise((resolve, reject) => {
    const secure = tls.connect({ ...tlsOptionsFor(target.host, secureContext), socket });
    const abort = (): void => void secure.destroy(new Error('given up'));
    const settle = (): void => {
      signal.removeEventListener('abort', abort);
      secure.removeListener('error', failed);
      secure.removeListener('close', closed);
    };
    const failed = (error: NodeJS.ErrnoException): void => {
      settle();
      const said = isAboutTls(error)
        ? tlsInWords(error, target.host)
        : message('network.tlsCut', { host: proxyInWords(target) });
      reject(new WayFault('tls', said, error.code ?? error.message));
      // What comes after is of the same failure.
      secure.on('error', () => undefined);
    };
    const closed = (): void => failed(new Error('closed'));
    secure.once('secureConnect', () => {
      settle();
      resolve(secure);
    });
    secure.once('error', failed);
    secure.once('close', closed);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
  });
}

/** What a proxy's answer other than a tunnel means. */
export function refusal(proxy: Proxy, target: string, status: number): WayFault {
  const name = proxyInWords(proxy);
  const detail = `the proxy answered ${String(status)}`;
  if (status === 407) {
    const key = proxy.authorization === null ? 'network.proxyWantsCredentials' : 'network.proxyCredentials';
    return new WayFault('proxy-credentials', message(key, { proxy: name }), detail);
  }
  if (status === 502 || status === 503 || status === 504)
    return new WayFault('proxy-refusal', message('network.proxyCannotReach', { proxy: name, target, status }), detail);
  return new WayFault('proxy-refusal', message('network.proxyRefuses', { proxy: name, target, status }), detail);
}

/** What an error on the way to a proxy means. */
export function faultOfProxy(error: NodeJS.ErrnoException, proxy: Proxy): WayFault {
  const name = proxyInWords(proxy);
  const detail = error.code ?? error.message;
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN')
    return new WayFault('proxy-name', message('network.proxyName', { proxy: proxy.host }), detail);
  if (error.code === 'ECONNREFUSED')
    return new WayFault('proxy', message('network.proxyRefused', { proxy: name }), detail);
  if (proxy.protocol === 'https:' && isAboutTls(error))
    return new WayFault('proxy-tls', message('network.proxyTls', { said: tlsInWords(error, name) }), detail);
  // A TLS port answers plain words with an alert, or closes.
  if (error.code?.startsWith('HPE_') === true)
    return new WayFault('proxy', message('network.notAProxy', { proxy: name }), detail);
  return new WayFault('proxy', message('network.proxyBroken', { proxy: name, detail }), detail);
}
