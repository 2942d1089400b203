import dns from 'node:dns';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Input } from '../../../shared/ipc/contract';
import type { NetworkHop } from '../../../shared/ipc/network-contract';
import { inEnglish } from '../../../shared/words/english';
import { atLength } from '../../setup/length';
import { laurel, type Laurel } from '../sync/laurel';
import { issue, type Authority } from './certificates';
import { WatchedGateway } from './gateway';
import { deadPort, LoopbackProxy } from './proxy';
import { SocksProxy } from './socks-proxy';

const NAME = 'gateway.company.test';
const LOGIN = { user: 'clerk', password: 'pass:word' };

/** What stands at the end of the way. */
const GATEWAYS = [
  'company authority',
  'self-signed',
  'unknown authority',
  'wrong host',
  'expired',
  'wants a client certificate, given',
  'wants a client certificate, none given',
  'refuses the client certificate',
  'plain port',
] as const;
type Gateway = (typeof GATEWAYS)[number];

/** How it is reached. */
const PROXIES = [
  'none',
  'one proxy',
  'one proxy with TLS',
  'one proxy with Basic',
  'one proxy with the wrong password',
  'one proxy that was told no password',
  'one proxy whose TLS nobody trusts',
  'one proxy whose name nobody knows',
  'one proxy that is not there',
  'one proxy that refuses',
  'script from a file',
  'script from an address',
  'script that names a dead proxy first',
  'script that cannot be fetched',
  'script that fails',
  'variables of the environment',
  'SOCKS proxy',
  'SOCKS proxy of version 4',
  'SOCKS proxy with the wrong password',
  'SOCKS proxy that was told no password',
  'SOCKS proxy that refuses',
  'script that names a SOCKS proxy',
] as const;
type Proxy = (typeof PROXIES)[number];

/** Where the way ends because of the proxy, whatever stands behind it; null: it goes through. */
const ENDS: Readonly<Record<Proxy, NetworkHop | null>> = {
  none: null,
  'one proxy': null,
  'one proxy with TLS': null,
  'one proxy with Basic': null,
  'one proxy with the wrong password': 'proxy-credentials',
  'one proxy that was told no password': 'proxy-credentials',
  'one proxy whose TLS nobody trusts': 'proxy-tls',
  'one proxy whose name nobody knows': 'proxy-name',
  'one proxy that is not there': 'proxy',
  'one proxy that refuses': 'proxy-refusal',
  'script from a file': null,
  'script from an address': null,
  'script that names a dead proxy first': null,
  'script that cannot be fetched': 'settings',
  'script that fails': 'settings',
  'variables of the environment': null,
  'SOCKS proxy': null,
  'SOCKS proxy of version 4': null,
  'SOCKS proxy with the wrong password': 'proxy-credentials',
  'SOCKS proxy that was told no password': 'proxy-credentials',
  'SOCKS proxy that refuses': 'proxy-refusal',
  'script that names a SOCKS proxy': null,
};

/** What the gateway itself brings about, and what a person must read of it. */
const FOUND: Readonly<Record<Gateway, { hop: NetworkHop | null; says: RegExp }>> = {
  'company authority': { hop: null, says: /^The way stands: .*answers.*issued by Company Root\.$/ },
  'self-signed': { hop: 'tls', says: /is self-signed/ },
  'unknown authority': { hop: 'tls', says: /is signed by Elsewhere Root, which this machine does not know/ },
  'wrong host': { hop: 'tls', says: /is for another server: other\.company\.test/ },
  expired: { hop: 'tls', says: /issued by Company Root, expired on \d{1,2} [A-Z][a-z]{2} \d{4}\. Tell/ },
  'wants a client certificate, given': { hop: null, says: /^The way stands/ },
  'wants a client certificate, none given': { hop: 'client-certificate', says: /wants a client certificate/ },
  'refuses the client certificate': { hop: 'client-certificate', says: /did not accept the client certificate/ },
  'plain port': { hop: 'tls', says: /does not speak TLS on that port/ },
};

let company: Authority;
let client: Authority;
let stranger: Authority;
const gateways = new Map<Gateway, WatchedGateway>();
const proxies = new Map<string, LoopbackProxy>();
const socks = new Map<string, SocksProxy>();
let script: WatchedScript;
let dead: number;
const ends: (() => Promise<void>)[] = [];

interface WatchedScript {
  address: string;
}

beforeAll(async () => {
  company = issue({ name: 'Company Root', isAuthority: true });
  const elsewhere = issue({ name: 'Elsewhere Root', isAuthority: true });
  client = issue({ name: 'Clerk', signer: company, client: true });
  stranger = issue({ name: 'Stranger', signer: elsewhere, client: true });
  const hosts = [NAME, 'localhost', '127.0.0.1'];
  const ours = issue({ name: NAME, hosts, signer: company });
  const wants = { requestCert: true, rejectUnauthorized: true, ca: company.cert };
  const tls: Record<Gateway, object | null> = {
    'company authority': ours,
    'self-signed': issue({ name: NAME, hosts }),
    'unknown authority': issue({ name: NAME, hosts, signer: elsewhere }),
    'wrong host': issue({ name: 'other', hosts: ['other.company.test'], signer: company }),
    expired: issue({ name: NAME, hosts, signer: company, from: -20, until: -1 }),
    'wants a client certificate, given': { ...ours, ...wants },
    'wants a client certificate, none given': { ...ours, ...wants },
    'refuses the client certificate': { ...ours, ...wants },
    'plain port': null,
  };
  for (const kind of GATEWAYS) {
    const gateway = await WatchedGateway.start(tls[kind]);
    gateways.set(kind, gateway);
    ends.push(() => gateway.stop());
  }
  const proxyTls = issue({ name: 'proxy', hosts: ['127.0.0.1'], signer: company });
  const start = async (name: string, options: Parameters<typeof LoopbackProxy.start>[0]): Promise<void> => {
    const proxy = await LoopbackProxy.start(options);
    proxies.set(name, proxy);
    ends.push(() => proxy.stop());
  };
  await start('plain', {});
  await start('tls', { tls: proxyTls });
  await start('untrusted', { tls: issue({ name: 'proxy', hosts: ['127.0.0.1'], signer: elsewhere }) });
  await start('basic', { login: LOGIN });
  await start('refuses', { refuse: 403 });
  const startSocks = async (name: string, options: Parameters<typeof SocksProxy.start>[0]): Promise<void> => {
    const proxy = await SocksProxy.start(options);
    socks.set(name, proxy);
    ends.push(() => proxy.stop());
  };
  await startSocks('five', { version: 5, login: LOGIN });
  await startSocks('four', { version: 4 });
  await startSocks('refuses', { version: 5, refuse: 2 });
  dead = await deadPort();
  const served = await serveScript(() => scriptOf(`PROXY ${proxyOf('plain').address}`));
  script = served;
  ends.push(served.stop);
});

afterAll(async () => {
  await Promise.all(ends.map((end) => end()));
});

function proxyOf(name: string): LoopbackProxy {
  return proxies.get(name) as LoopbackProxy;
}

function socksOf(name: string): string {
  return (socks.get(name) as SocksProxy).address;
}

function scriptOf(answer: string): string {
  return `function FindProxyForURL(url, host) {
    if (url.indexOf('/api_gateway') >= 0) return 'PROXY told-too-much:1';
    return dnsDomainIs(host, '.company.test') ? '${answer}' : 'DIRECT';
  }`;
}

async function serveScript(text: () => string): Promise<WatchedScript & { stop(): Promise<void> }> {
  const { createServer } = await import('node:http');
  const server = createServer((_request, response) => response.end(text()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    address: `http://127.0.0.1:${String(port)}/proxy.pac`,
    stop: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

function settingsOf(proxy: Proxy, here: Laurel): Input<'network.update'> {
  const manual = (name: string): Input<'network.update'> => ({
    mode: 'manual',
    proxy: proxyOf(name).address,
    bypass: [],
  });
  const manualSocks = (name: string): Input<'network.update'> => ({
    mode: 'manual',
    proxy: `socks5://${socksOf(name)}`,
    bypass: [],
  });
  const fromFile = (text: string): Input<'network.update'> => ({
    mode: 'pac',
    pacFile: here.file('c.pac', text),
    bypass: [],
  });
  switch (proxy) {
    case 'none':
      return { mode: 'none' };
    case 'one proxy':
      return manual('plain');
    case 'one proxy with TLS':
      return manual('tls');
    case 'one proxy with Basic':
      return { ...manual('basic'), proxyCredentials: LOGIN };
    case 'one proxy with the wrong password':
      return { ...manual('basic'), proxyCredentials: { ...LOGIN, password: 'other' } };
    case 'one proxy that was told no password':
      return manual('basic');
    case 'one proxy whose TLS nobody trusts':
      return manual('untrusted');
    case 'one proxy whose name nobody knows':
      return { ...manual('plain'), proxy: 'no-such-proxy.invalid:8080' };
    case 'one proxy that is not there':
      return { ...manual('plain'), proxy: `127.0.0.1:${String(dead)}` };
    case 'one proxy that refuses':
      return manual('refuses');
    case 'script from a file':
      return fromFile(scriptOf(`PROXY ${proxyOf('plain').address}`));
    case 'script from an address':
      return { mode: 'pac', pacAddress: script.address, bypass: [] };
    case 'script that names a dead proxy first':
      return fromFile(scriptOf(`PROXY 127.0.0.1:${String(dead)}; PROXY ${proxyOf('plain').address}; DIRECT`));
    case 'script that cannot be fetched':
      return { mode: 'pac', pacAddress: `http://127.0.0.1:${String(dead)}/proxy.pac`, bypass: [] };
    case 'script that fails':
      return fromFile('function FindProxyForURL() { return nobody.knows; }');
    case 'variables of the environment':
      return { mode: 'system' };
    case 'SOCKS proxy':
      return { ...manualSocks('five'), proxyCredentials: LOGIN };
    case 'SOCKS proxy of version 4':
      return { mode: 'manual', proxy: `socks4://${socksOf('four')}`, bypass: [] };
    case 'SOCKS proxy with the wrong password':
      return { ...manualSocks('five'), proxyCredentials: { ...LOGIN, password: 'other' } };
    case 'SOCKS proxy that was told no password':
      return manualSocks('five');
    case 'SOCKS proxy that refuses':
      return manualSocks('refuses');
    case 'script that names a SOCKS proxy':
      return {
        ...fromFile(scriptOf(`SOCKS5 127.0.0.1:${String(dead)}; SOCKS5 ${socksOf('five')}`)),
        proxyCredentials: LOGIN,
      };
  }
}

/**
 * What stands behind a proxy in this run. In short two gateways: the ordinary one, and another in turn, so that each is
 * also reached through a proxy that lets it be.
 */
const GATEWAYS_BEHIND = new Map(
  [true, false].flatMap((isThrough) =>
    PROXIES.filter((proxy) => (ENDS[proxy] === null) === isThrough).map((proxy, turn): [Proxy, readonly Gateway[]] => {
      const [ordinary, ...others] = GATEWAYS;
      return [proxy, atLength<readonly Gateway[]>([ordinary, others[turn % others.length]!], GATEWAYS)];
    }),
  ),
);

test('every proxy is tried, and every gateway through one that lets it be', () => {
  const tried = PROXIES.flatMap((proxy) => (GATEWAYS_BEHIND.get(proxy) ?? []).map((gateway) => ({ proxy, gateway })));
  expect(tried).toHaveLength(atLength(22 * 2, 22 * 9));
  const reached = new Set(tried.filter(({ proxy }) => ENDS[proxy] === null).map(({ gateway }) => gateway));
  expect(GATEWAYS.filter((gateway) => !reached.has(gateway))).toEqual([]);
});

test.each(PROXIES)(
  '%s: the gateways behind it end where they must, and nothing leaves by another way',
  async (proxy) => {
    const environment = {
      HTTPS_PROXY: `http://${LOGIN.user}:${encodeURIComponent(LOGIN.password)}@${proxyOf('basic').address}`,
    };
    // As patient as a busy machine needs: nothing here waits for it.
    const times = { exchange: { connect: 10_000, idle: 10_000, total: 20_000 } };
    const here = await laurel({ times, ...(proxy === 'variables of the environment' ? { environment } : {}) });
    await here.call('network.addAuthorities', { file: here.file('company.pem', company.cert) });
    await here.call('network.update', settingsOf(proxy, here));
    const lookUps = vi.spyOn(dns, 'lookup');
    for (const gateway of GATEWAYS_BEHIND.get(proxy) ?? []) {
      const target = gateways.get(gateway) as WatchedGateway;
      target.forget();
      const isGiven = gateway !== 'wants a client certificate, none given';
      const { cert, key } = gateway === 'refuses the client certificate' ? stranger : client;
      if (isGiven) await here.call('network.setClientCertificate', { file: here.file('client.pem', cert + key) });
      else await here.call('network.removeClientCertificate', {});
      const host = proxy === 'none' ? 'localhost' : NAME;
      const address = `https://${host}:${String(target.port)}`;
      const tested = await here.call('network.test', { address });
      const { id } = await here.connect(address, { name: gateway, kind: 'test' });
      const connected = await here.call('connections.test', { id });
      const wanted = ENDS[proxy] ?? FOUND[gateway].hop;
      const where = `${proxy} × ${gateway}`;
      expect({ where, hop: tested.hop, ok: tested.ok }).toEqual({ where, hop: wanted, ok: wanted === null });
      expect({ where, hop: connected.hop, ok: connected.ok }).toEqual({ where, hop: wanted, ok: wanted === null });
      if (ENDS[proxy] === null) {
        expect(inEnglish(tested.said)).toMatch(FOUND[gateway].says);
        if (wanted !== null) expect(inEnglish(connected.sentence)).toMatch(FOUND[gateway].says);
      }
      // Whoever reached the gateway came through a proxy that the settings name, or the settings name none.
      const known = new Set([...proxies.values(), ...socks.values()].flatMap(({ ports }) => [...ports]));
      if (proxy !== 'none')
        expect({ where, past: target.callers.filter((port) => !known.has(port)) }).toEqual({ where, past: [] });
      if (ENDS[proxy] !== null) expect({ where, callers: target.callers }).toEqual({ where, callers: [] });
      // Credentials reach a gateway whose certificate holds, and no other.
      if (wanted !== null)
        expect(target.requests.filter(({ authorization }) => authorization !== undefined)).toEqual([]);
    }
    // Nobody here looked for the gateway's name: the proxy did.
    const names = lookUps.mock.calls.map(([name]) => name).filter((name) => name.endsWith('.test'));
    lookUps.mockRestore();
    expect(names).toEqual([]);
  },
);
