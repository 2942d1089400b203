import net, { type Socket } from 'node:net';
import { SocksClient } from 'socks';
import { message } from '../../../shared/words/message';
import { proxyInWords, type Proxy } from './passage';
import { faultOfProxy, WayFault, type Target } from './way-fault';

/** Bytes of a name, a user or a password: their length is one byte of the protocol. */
const LONGEST = 255;

/**
 * Asks a SOCKS proxy for a connection. The target's name goes to the proxy as it is: nobody looks it up here.
 *
 * @param signal gives it up
 * @throws WayFault naming the hop
 */
export async function openSocksTunnel(proxy: Proxy, target: Target, signal: AbortSignal): Promise<Socket> {
  const { login } = proxy;
  const name = proxyInWords(proxy);
  if (Buffer.byteLength(target.host) > LONGEST)
    throw new WayFault('gateway-name', message('org.nameNotFound', { host: target.host.slice(0, 100) }), 'too long');
  if (login !== null && [login.user, login.password].some((text) => Buffer.byteLength(text) > LONGEST))
    throw new WayFault('proxy-credentials', message('network.socksCredentials', { proxy: name }), 'too long');
  const socket = await connected(proxy, signal);
  const abort = (): void => void socket.destroy();
  signal.addEventListener('abort', abort);
  try {
    await SocksClient.createConnection({
      command: 'connect',
      destination: target,
      existing_socket: socket,
      proxy: {
        ...{ host: proxy.host, port: proxy.port, type: proxy.protocol === 'socks4:' ? 4 : 5 },
        ...(login === null ? {} : { userId: login.user, password: login.password }),
      },
    });
    return socket;
  } catch (error) {
    socket.destroy();
    // The library's error holds the password, too; only its words go on.
    throw refusedBySocks(proxy, target, error instanceof Error ? error.message : String(error));
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** A connection to the proxy itself. */
function connected(proxy: Proxy, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: proxy.host, port: proxy.port });
    const abort = (): void => void socket.destroy(Object.assign(new Error('given up'), { code: 'ETIMEDOUT' }));
    const failed = (error: Error): void => {
      signal.removeEventListener('abort', abort);
      reject(faultOfProxy(error, proxy));
    };
    socket.once('error', failed);
    socket.once('connect', () => {
      signal.removeEventListener('abort', abort);
      socket.off('error', failed);
      // Whoever takes it listens, too; between two listeners an error must not end the process.
      socket.on('error', () => undefined);
      resolve(socket);
    });
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
  });
}

/** What the library says of a proxy that did not do what it was asked. */
function refusedBySocks(proxy: Proxy, target: Target, said: string): WayFault {
  const name = proxyInWords(proxy);
  if (/Authentication failed|RejectedIdent/.test(said))
    return new WayFault('proxy-credentials', message('network.socksCredentials', { proxy: name }), said);
  if (/no accepted authentication|unknown authentication/.test(said)) {
    const key = proxy.login === null ? 'network.socksWantsCredentials' : 'network.socksCredentials';
    return new WayFault('proxy-credentials', message(key, { proxy: name }), said);
  }
  const status = /rejected connection - \(?(\w+)/.exec(said)?.[1];
  if (status === 'undefined' || /invalid socks version|Received invalid/.test(said))
    return new WayFault('proxy', message('network.notASocksProxy', { proxy: name }), said);
  if (status === undefined)
    return new WayFault('proxy', message('network.proxyBroken', { proxy: name, detail: said }), said);
  const key = /Unreachable|ConnectionRefused|TTLExpired/.test(status) ? 'proxyCannotReach' : 'proxyRefuses';
  return new WayFault(
    'proxy-refusal',
    message(`network.${key}`, { proxy: name, target: proxyInWords(target), status }),
    said,
  );
}
