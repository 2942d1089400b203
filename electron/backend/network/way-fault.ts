import type { IncomingMessage } from 'node:http';
import type { NetworkHop } from '../../../shared/ipc/network-contract';
import { message, type Message } from '../../../shared/words/message';
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

/** What a proxy's answer other than a tunnel means. */
export function refusal(
  proxy: Proxy,
  target: string,
  { statusCode: status = 0, headers }: Pick<IncomingMessage, 'statusCode' | 'headers'>,
): WayFault {
  const name = proxyInWords(proxy);
  const detail = `the proxy answered ${String(status)}`;
  if (status === 407) {
    const schemes = schemesOf([headers['proxy-authenticate'] ?? []].flat());
    if (schemes.length > 0 && !schemes.some((scheme) => scheme.toLowerCase() === 'basic')) {
      const said = message('network.proxyScheme', { proxy: name, schemes: schemes.join(', ') });
      return new WayFault('proxy-credentials', said, detail);
    }
    const key = proxy.login === null ? 'network.proxyWantsCredentials' : 'network.proxyCredentials';
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

/** The ways of naming oneself that an answer offers, such as `NTLM`; each line begins with one, and may hold more. */
function schemesOf(lines: readonly string[]): string[] {
  return lines.flatMap((line) =>
    line
      .split(',')
      .map((part) => /^\s*([a-z][a-z0-9-]*)(?:\s|$)(?!\s*=)/i.exec(part)?.[1] ?? '')
      .filter((scheme) => scheme !== ''),
  );
}
