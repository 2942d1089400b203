import { message } from '../../../shared/words/message';
import { bareHost, type Fault, type Proxy, type ProxyLogin } from './passage';

/** By the scheme of an address. A name is never looked up here, so that `socks5` and `socks5h` are the same. */
const KINDS: Readonly<Record<string, { protocol: Proxy['protocol']; port: number }>> = {
  'http:': { protocol: 'http:', port: 80 },
  'https:': { protocol: 'https:', port: 443 },
  'socks:': { protocol: 'socks5:', port: 1080 },
  'socks5:': { protocol: 'socks5:', port: 1080 },
  'socks5h:': { protocol: 'socks5:', port: 1080 },
  'socks4:': { protocol: 'socks4:', port: 1080 },
  'socks4a:': { protocol: 'socks4:', port: 1080 },
};

/**
 * Reads a proxy's address: `http://proxy.example.com:8080`, `https://…`, `socks5://…`, `socks4://…`, or host and port
 * alone.
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
  const kind = KINDS[url.protocol];
  // The host of a scheme that browsers do not know is read by nobody but us.
  if (kind === undefined || url.hostname === '' || !URL.canParse(`http://${url.hostname}`)) return refuse();
  if ((url.pathname !== '/' && url.pathname !== '') || url.search !== '' || url.hash !== '') return refuse();
  let login: ProxyLogin | null;
  try {
    const named = { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
    login = url.username === '' ? null : named;
  } catch {
    return refuse();
  }
  const host = bareHost(new URL(`http://${url.hostname}`));
  return { protocol: kind.protocol, host, port: url.port === '' ? kind.port : Number(url.port), login };
}
