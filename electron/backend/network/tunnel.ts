import http from 'node:http';
import https from 'node:https';
import { isIP, type Socket } from 'node:net';
import tls, { type SecureContext } from 'node:tls';
import { message } from '../../../shared/words/message';
import { isSocks, proxyHeaders, proxyInWords, type Proxy } from './passage';
import { openSocksTunnel } from './socks-tunnel';
import { isAboutTls, tlsInWords } from './tls-words';
import { faultOfProxy, refusal, WayFault, type Target } from './way-fault';

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
  if (isSocks(proxy)) return openSocksTunnel(proxy, target, signal);
  const authority = proxyInWords(target);
  return new Promise((resolve, reject) => {
    const options: https.RequestOptions = {
      ...{ host: proxy.host, port: proxy.port, method: 'CONNECT', path: authority, agent: false, signal },
      headers: { host: authority, ...proxyHeaders(proxy) },
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
      reject(refusal(proxy, authority, response));
    });
    request.once('response', (response) => {
      response.destroy();
      reject(refusal(proxy, authority, response));
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
