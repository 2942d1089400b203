import { message } from '../../../shared/words/message';
import { bareHost, portOf, type Fault, type Proxy } from './passage';

/**
 * Reads a proxy's address: `http://proxy.example.com:8080`, `https://…`, or host and port alone.
 *
 * @param from what it was written in, for the words of a mistake
 */
export function readProxy(text: string, from: string): Proxy | Fault {
  const given = text.trim();
  const refuse = (): Fault => ({ hop: 'settings', said: message('network.proxyUnreadable', { from }) });
  let url: URL;
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `http://${given}`);
  } catch {
    return refuse();
  }
  if (url.protocol.startsWith('socks')) return { hop: 'settings', said: message('network.socks', { from }) };
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return refuse();
  if (url.hostname === '' || (url.pathname !== '/' && url.pathname !== '') || url.search !== '' || url.hash !== '')
    return refuse();
  let authorization: string | null;
  try {
    const named = { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
    authorization = url.username === '' ? null : proxyAuthorization(named);
  } catch {
    return refuse();
  }
  return { protocol: url.protocol, host: bareHost(url), port: portOf(url), authorization };
}

/** Value of `Proxy-Authorization`. */
export function proxyAuthorization({ user, password }: { user: string; password: string }): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}
