import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import tls, { type SecureContext } from 'node:tls';
import { isSocks, proxyHeaders, type Proxy, type Trust, type Way } from './passage';
import { openTunnel, secured, tlsOptionsFor } from './tunnel';
import type { Target } from './way-fault';

/** What a request adds to its options, so that a tunnel that is being dug for it ends with it. */
export interface WithLife {
  life: AbortSignal;
}

/** Gives an agent connections that are dug one by one, through a proxy. */
function digging(agent: http.Agent, dig: (target: Target, life: AbortSignal) => Promise<Duplex>): http.Agent {
  const createConnection = (
    options: Target & WithLife,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined => {
    const target = { host: options.host.replace(/^\[|\]$/g, ''), port: options.port };
    dig(target, options.life).then(
      (socket) => callback?.(null, socket),
      (error: unknown) => callback?.(error as Error, undefined as unknown as Duplex),
    );
    return undefined;
  };
  return Object.assign(agent, { createConnection });
}

/** Digs a tunnel for every connection, and TLS with the gateway inside it. */
const tunnelAgent = (proxy: Proxy, context: SecureContext, options: https.AgentOptions): http.Agent =>
  digging(new https.Agent(options), async (target, life) =>
    secured(await openTunnel(proxy, target, context, life), target, context, life),
  );

/** Asks a SOCKS proxy for every connection to a gateway without TLS. */
const socksAgent = (proxy: Proxy, context: SecureContext, options: http.AgentOptions): http.Agent =>
  digging(new http.Agent(options), (target, life) => openTunnel(proxy, target, context, life));

/** How a request to a gateway is put into options of Node's client. */
export interface Line {
  isSecure: boolean;
  /** The proxy's own hop, where the request is written to the proxy itself. */
  proxy: Proxy | null;
  options: Omit<https.RequestOptions, 'headers'> & Partial<WithLife>;
  headers: Readonly<Record<string, string>>;
  /** Whether a socket that is handed over leads to the gateway already. */
  isTunnel: boolean;
}

/** Keeps the connections of one exchanger, by way and trust. */
export class Lines {
  readonly #options: https.AgentOptions;
  readonly #agents = new Map<string, http.Agent>();
  #trust: Trust | null = null;

  /** @param connections open at once to one org */
  constructor(connections: number) {
    // Idle connections are given up before servers usually do: a request on one that just closed would be ambiguous.
    this.#options = { keepAlive: true, maxSockets: connections, timeout: 4_000 };
  }

  close(): void {
    for (const agent of this.#agents.values()) agent.destroy();
    this.#agents.clear();
  }

  /**
   * The line to a gateway over one way.
   *
   * @throws when the certificates in use cannot be loaded
   */
  line(url: URL, way: Way, trust: Trust, life: AbortSignal): Line {
    this.#follow(trust);
    const isSecure = url.protocol === 'https:';
    if (way === null) {
      const agent = this.#agent(isSecure ? 'https' : 'http', () =>
        isSecure
          ? new https.Agent({ ...this.#options, secureContext: secureContextOf(trust) })
          : new http.Agent(this.#options),
      );
      return { isSecure, proxy: null, isTunnel: false, headers: {}, options: { agent } };
    }
    const key = JSON.stringify(way);
    if (isSecure) {
      const agent = this.#agent(`tunnel ${key}`, () => tunnelAgent(way, secureContextOf(trust), { ...this.#options }));
      return { isSecure, proxy: way, isTunnel: true, headers: {}, options: { agent, life } };
    }
    if (isSocks(way)) {
      const agent = this.#agent(`socks ${key}`, () => socksAgent(way, secureContextOf(trust), { ...this.#options }));
      return { isSecure, proxy: way, isTunnel: true, headers: {}, options: { agent, life } };
    }
    const toProxy = way.protocol === 'https:';
    const agent = this.#agent(`absolute ${key}`, () =>
      toProxy
        ? new https.Agent({ ...this.#options, ...tlsOptionsFor(way.host, secureContextOf(trust)) })
        : new http.Agent(this.#options),
    );
    return {
      ...{ isSecure: toProxy, proxy: way, isTunnel: false },
      options: {
        ...{ agent, protocol: way.protocol, hostname: way.host, host: way.host, port: way.port, path: url.href },
      },
      headers: { host: url.host, ...proxyHeaders(way) },
    };
  }

  #agent(key: string, make: () => http.Agent): http.Agent {
    const known = this.#agents.get(key);
    if (known) return known;
    const made = make();
    this.#agents.set(key, made);
    return made;
  }

  /** Connections that were made under another trust are not used again. */
  #follow(trust: Trust): void {
    if (this.#trust !== null && this.#trust.version !== trust.version) {
      // Requests under way on them still end: only idle connections are closed.
      const old = [...this.#agents.values()];
      this.#agents.clear();
      for (const agent of old) closeIdle(agent);
    }
    this.#trust = trust;
  }
}

function closeIdle(agent: http.Agent): void {
  for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
}

const contexts = new WeakMap<Trust, SecureContext>();

/**
 * What TLS works with, made once for a trust: reading some hundred certificates takes a while.
 *
 * @throws when a certificate or key cannot be loaded
 */
export function secureContextOf(trust: Trust): SecureContext {
  const made = contexts.get(trust) ?? newContext(trust);
  contexts.set(trust, made);
  return made;
}

function newContext({ authorities, client }: Trust): SecureContext {
  const ca = [...authorities];
  if (client === null) return tls.createSecureContext({ ca });
  if (client.kind === 'pfx') {
    return tls.createSecureContext({ ca, pfx: Buffer.from(client.pfx), passphrase: client.passphrase });
  }
  const { cert, key, passphrase } = client;
  return tls.createSecureContext({ ca, cert, key, ...(passphrase === '' ? {} : { passphrase }) });
}
