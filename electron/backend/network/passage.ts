import type { NetworkHop } from '../../../shared/ipc/network-contract';
import type { Message } from '../../../shared/words/message';

/** A proxy as it is called. */
export interface Proxy {
  protocol: 'http:' | 'https:';
  /** Name or address; an IPv6 address without brackets. */
  host: string;
  port: number;
  /** Value of `Proxy-Authorization`; null: none is sent. */
  authorization: string | null;
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

/** A host as sockets take it: without the brackets of an IPv6 address. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

/** The port of an address, also where it is the scheme's own. */
export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}
