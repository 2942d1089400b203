import type { NetworkHop } from '../../../shared/ipc/network-contract';
import type { Message } from '../../../shared/words/message';

export interface ProxyLogin {
  user: string;
  password: string;
}

/** A proxy as it is called. */
export interface Proxy {
  /** A SOCKS proxy is asked for a connection, also to a gateway without TLS; one of version 4 as 4a, with names. */
  protocol: 'http:' | 'https:' | 'socks4:' | 'socks5:';
  /** Name or address; an IPv6 address without brackets. */
  host: string;
  port: number;
  /** Who is calling; null: it is not told. Version 4 of SOCKS has no password. */
  login: ProxyLogin | null;
}

/** One way to a gateway: null is the direct one. */
export type Way = Proxy | null;

/** The certificate that proves to a gateway who is calling. */
export type ClientCertificate =
  | { kind: 'pfx'; pfx: Uint8Array; passphrase: string }
  | { kind: 'pem'; cert: string; key: string; passphrase: string };

/** What TLS is judged by. Another version means other content. */
export interface Trust {
  version: number;
  /** PEM, one certificate each. */
  authorities: readonly string[];
  client: ClientCertificate | null;
}

/** Where the way ends that was looked for, and why. */
export interface Fault {
  hop: NetworkHop;
  said: Message;
}

/** How to get to a gateway: the ways to try, in order. Can be sent to another thread. */
export type Passage = { ways: readonly Way[]; trust: Trust } | Fault;

/** Says how to get to a gateway, request by request: settings may change meanwhile. Never rejects. */
export interface Passages {
  passageTo(url: URL): Promise<Passage>;
}

/** Proxy and port as people write them. */
export function proxyInWords({ host, port }: Pick<Proxy, 'host' | 'port'>): string {
  return `${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
}

interface SocksProxy extends Proxy {
  protocol: 'socks4:' | 'socks5:';
}

export function isSocks(way: Way): way is SocksProxy {
  return way?.protocol === 'socks4:' || way?.protocol === 'socks5:';
}

/** The header that tells an HTTP proxy who is calling. */
export function proxyHeaders({ login }: Proxy): Record<string, string> {
  if (login === null) return {};
  return {
    'proxy-authorization': `Basic ${Buffer.from(`${login.user}:${login.password}`, 'utf8').toString('base64')}`,
  };
}

/** A host as sockets take it: without the brackets of an IPv6 address. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

/** The port of an address, also where it is the scheme's own. */
export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}
