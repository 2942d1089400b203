import { createServer, type Server } from 'node:net';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isBypassed } from '../../../electron/backend/network/bypass';
import { wayOfEnvironment } from '../../../electron/backend/network/environment';
import { waysOfAnswer } from '../../../electron/backend/network/pac-answer';
import { readProxy } from '../../../electron/backend/network/proxy-address';
import { scriptOfKde, scriptOfMac, scriptOfWindows } from '../../../electron/main/system-script';
import { inEnglish } from '../../../shared/words/english';
import { canaryForms, formsIn } from '../sync/canary-forms';
import { laurel } from '../sync/laurel';
import { issue, pfxOf } from './certificates';
import { WatchedGateway } from './gateway';
import { deadPort, LoopbackProxy, type ProxyOptions } from './proxy';
import { SocksProxy } from './socks-proxy';

async function gateway(...args: Parameters<typeof WatchedGateway.start>): Promise<WatchedGateway> {
  const started = await WatchedGateway.start(...args);
  onTestFinished(() => started.stop());
  return started;
}

async function proxyWith(options: ProxyOptions = {}): Promise<LoopbackProxy> {
  const proxy = await LoopbackProxy.start(options);
  onTestFinished(() => proxy.stop());
  return proxy;
}

test.each([
  ['example.com', 'https://example.com', true],
  ['example.com', 'https://eu.example.com', true],
  ['.example.com', 'https://eu.example.com', true],
  ['*.example.com', 'https://eu.example.com', true],
  ['example.com', 'https://badexample.com', false],
  ['EXAMPLE.com', 'https://example.COM', true],
  ['example.com:8443', 'https://example.com:8443', true],
  ['example.com:8443', 'https://example.com', false],
  ['example.com:443', 'https://example.com', true],
  ['*', 'https://anything', true],
  ['<local>', 'https://intranet', true],
  ['<local>', 'https://intranet.example.com', false],
  ['10.0.0.0/8', 'https://10.20.30.40', true],
  ['10.0.0.0/8', 'https://11.20.30.40', false],
  ['10.0.0.0/99', 'https://10.20.30.40', false],
  ['10.1.1.1', 'https://10.1.1.1', true],
  ['1.1.1', 'https://10.1.1.1', false],
  ['::1', 'http://[::1]:8080', true],
  ['[::1]:8080', 'http://[::1]:8080', true],
  ['fd00::/8', 'https://[fd12::1]', true],
  ['[fd00::]/8', 'https://[fd12::1]', true],
  ['[fd00::]/8:8443', 'https://[fd12::1]', false],
  ['0:0:0:0:0:0:0:1', 'http://[::1]', true],
  ['192.168.*', 'https://192.168.3.4', true],
  ['192.168.*', 'https://192.169.3.4', false],
  ['192.168.*', 'https://192.168.example.com', false],
  ['10.*.*.7', 'https://10.1.2.7', false],
  ['*.*.*.*', 'https://10.1.2.7', true],
  ['m\u00fcnchen.example', 'https://m\u00fcnchen.example', true],
  ['example.com.', 'https://example.com', true],
  ['example.com', 'https://example.com.', true],
  ['', 'https://example.com', false],
])('the exception %j and %s: %s', (entry, address, isExcepted) => {
  expect(isBypassed([entry], new URL(address))).toBe(isExcepted);
});

test.each([
  'https://intranet',
  '10.0.0.0/99',
  '10.0.0.0/8/8',
  '300.1.*',
  '1.1.1',
  'a b',
  '*example.com',
  'example.com:0',
  'x..y',
])('the exception %j is refused with the field it stands in, and nothing is saved', async (entry) => {
  const here = await laurel();
  const before = await here.call('network.get', {});
  await expect(here.call('network.update', { bypass: ['example.com', entry] })).rejects.toMatchObject({
    code: 'invalid-input',
    words: { key: 'network.exceptionUnreadable', values: { entry } },
  });
  expect(await here.call('network.get', {})).toEqual(before);
});

test.each([
  [{ HTTPS_PROXY: 'http://p:1' }, 'https://a.example', 'p:1'],
  [{ https_proxy: 'p:1' }, 'https://a.example', 'p:1'],
  [{ HTTP_PROXY: 'p:1' }, 'https://a.example', null],
  [{ HTTP_PROXY: 'p:1' }, 'http://a.example', 'p:1'],
  [{ ALL_PROXY: 'p:1' }, 'https://a.example', 'p:1'],
  [{ HTTPS_PROXY: 'p:1', NO_PROXY: 'b.example, a.example' }, 'https://a.example', null],
  [{ HTTPS_PROXY: 'p:1' }, 'https://127.0.0.1:9', null],
  [{ HTTPS_PROXY: 'p:1' }, 'https://localhost', null],
  [{ HTTPS_PROXY: 'p:1' }, 'http://[::1]', null],
  [{ HTTPS_PROXY: 'socks5://p:1' }, 'https://a.example', 'p:1'],
  [{ ALL_PROXY: 'socks5h://P.example' }, 'https://a.example', 'p.example:1080'],
  [{ HTTPS_PROXY: 'socks4a://[::1]:80' }, 'https://a.example', '::1:80'],
  [{ HTTPS_PROXY: 'socks6://p:1' }, 'https://a.example', 'settings'],
  [{ HTTPS_PROXY: 'socks5://p:1/path' }, 'https://a.example', 'settings'],
  [{ HTTPS_PROXY: 'https://p' }, 'https://a.example', 'p:443'],
  [{ HTTPS_PROXY: 'p' }, 'https://a.example', 'p:80'],
  [{ HTTPS_PROXY: 'ht tp://' }, 'https://a.example', 'settings'],
  [{}, 'https://a.example', null],
])('the variables %j lead %s by %s', (environment, address, wanted) => {
  const way = wayOfEnvironment(environment, new URL(address));
  const said = way === null ? null : 'hop' in way ? way.hop : `${way.host}:${String(way.port)}`;
  expect(said).toBe(wanted);
});

test.each([
  ['PROXY a:1', ['a:1']],
  ['PROXY a:1; PROXY b:2; DIRECT', ['a:1', 'b:2']],
  ['DIRECT', [null]],
  ['DIRECT; PROXY a:1', [null]],
  ['HTTPS a:1', ['a:1']],
  ['SOCKS a:1', ['a:1']],
  ['SOCKS a; DIRECT', ['a:1080']],
  ['SOCKS5 a:1; PROXY b:2', ['a:1', 'b:2']],
  ['QUIC a:1; DIRECT', 'settings'],
  ['', 'settings'],
  ['nonsense', 'settings'],
])('the answer %j means %j', (answer, wanted) => {
  const ways = waysOfAnswer(answer);
  const said = 'hop' in ways ? ways.hop : ways.map((way) => way && `${way.host}:${String(way.port)}`);
  expect(said).toEqual(wanted);
});

test('SOCKS is version 4 in a script, and 5 in an address that says no more', () => {
  const protocol = (way: ReturnType<typeof readProxy>): string => ('hop' in way ? way.hop : way.protocol);
  const answered = waysOfAnswer('SOCKS a:1; SOCKS4 a:1; SOCKS5 a:1; HTTPS a:1');
  expect('hop' in answered ? answered.hop : answered.map((way) => way?.protocol)).toEqual([
    'socks4:',
    'socks4:',
    'socks5:',
    'https:',
  ]);
  expect(
    ['socks://a', 'socks5://a', 'socks5h://a', 'socks4://a', 'socks4a://a', 'a'].map((text) =>
      protocol(readProxy(text, 'x')),
    ),
  ).toEqual(['socks5:', 'socks5:', 'socks5:', 'socks4:', 'socks4:', 'http:']);
  expect(readProxy('socks5://cl%C3%A4rk:w%3Ard@p', 'x')).toMatchObject({ login: { user: 'clärk', password: 'w:rd' } });
});

test('the scripts that systems are set to are read from what their programs print', () => {
  expect(scriptOfWindows('\r\nHKEY\r\n    AutoConfigURL    REG_SZ    http://w/p.pac\r\n')).toBe('http://w/p.pac');
  expect(scriptOfWindows('ERROR: The system was unable to find')).toBe(null);
  expect(
    scriptOfMac('<dictionary> {\n  ProxyAutoConfigEnable : 1\n  ProxyAutoConfigURLString : http://m/p.pac\n}'),
  ).toBe('http://m/p.pac');
  expect(scriptOfMac('{\n  ProxyAutoConfigEnable : 0\n  ProxyAutoConfigURLString : http://m/p.pac\n}')).toBe(null);
  const kde = '[Other]\nProxyType=2\n[Proxy Settings]\nProxy Config Script=http://k/p.pac\nProxyType=2\n';
  expect(scriptOfKde(kde)).toBe('http://k/p.pac');
  expect(scriptOfKde(kde.replace(/ProxyType=2\n$/, 'ProxyType=1\n'))).toBe(null);
});

test('a plain gateway goes through a proxy in absolute form, and directly where localhost is excepted', async () => {
  const target = await gateway(null);
  const proxy = await proxyWith({ login: { user: 'clerk', password: 'word' } });
  const here = await laurel();
  const { id } = await here.connect(`http://127.0.0.1:${String(target.port)}`);
  await here.call('network.update', { mode: 'manual', proxy: proxy.address, bypass: [] });
  expect(await here.call('connections.test', { id })).toMatchObject({ ok: false, hop: 'proxy-credentials' });
  expect(target.callers).toEqual([]);
  await here.call('network.update', { proxyCredentials: { user: 'clerk', password: 'word' } });
  expect(await here.call('connections.test', { id })).toMatchObject({ ok: true, hop: null });
  expect(proxy.asked.at(-1)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api_gateway\/v1\/badges\/badgeMeta\?page=0&size=1$/);
  expect(target.callers.filter((port) => !proxy.ports.has(port))).toEqual([]);
  const asked = proxy.asked.length;
  await here.call('network.update', { bypass: ['localhost', '127.0.0.1'] });
  expect(await here.call('connections.test', { id })).toMatchObject({ ok: true });
  expect(proxy.asked).toHaveLength(asked);
});

test('a plain gateway is reached through a SOCKS proxy by its name, and what ends the way is named', async () => {
  const target = await gateway(null);
  const secure = await gateway(issue({ name: 'x', hosts: ['localhost'] }));
  const login = { user: 'clerk', password: 'word' };
  const [five, four] = [await SocksProxy.start({ version: 5, login }), await SocksProxy.start({ version: 4, login })];
  const [refusing, unknown] = [
    await SocksProxy.start({ version: 5, refuse: 4 }),
    await SocksProxy.start({ version: 4, refuse: 91 }),
  ];
  for (const proxy of [five, four, refusing, unknown]) onTestFinished(() => proxy.stop());
  const here = await laurel();
  const address = `http://localhost:${String(target.port)}`;
  const { id } = await here.connect(address, { kind: 'test' });
  const tested = async (proxy: string, credentials: typeof login | null, to = address): Promise<string> => {
    await here.call('network.update', { mode: 'manual', proxy, proxyCredentials: credentials, bypass: [] });
    const { hop, said } = await here.call('network.test', { address: to });
    return `${String(hop)}: ${inEnglish(said)}`;
  };
  for (const [kind, proxy] of [
    ['socks5', five],
    ['socks4', four],
  ] as const) {
    const seen = target.callers.length;
    expect(await tested(`${kind}://${proxy.address}`, login)).toMatch(/^null: The way stands: .*through the proxy/);
    expect(await here.call('connections.test', { id })).toMatchObject({ ok: true, hop: null });
    expect(await here.call('connections.test', { id })).toMatchObject({ ok: true, hop: null });
    expect(new Set(proxy.asked)).toEqual(new Set([`localhost:${String(target.port)}`]));
    // The test of the way made one connection, and both requests shared another.
    expect(target.callers.length - seen).toBe(2);
    expect(target.callers.slice(seen).filter((port) => !proxy.ports.has(port))).toEqual([]);
  }
  expect(target.requests.at(-1)?.path).toMatch(/^\/api_gateway\/v1\/badges/);
  expect(await tested(`socks4://${four.address}`, { user: 'x', password: 'word' })).toMatch(/^proxy-credentials/);
  const long = { user: 'c', password: 'w'.repeat(256) };
  expect(await tested(`socks5://${five.address}`, long)).toMatch(/^proxy-credentials: .*did not accept/);
  expect(await tested(`socks5://${refusing.address}`, null)).toMatch(
    /^proxy-refusal: .*could not reach localhost:\d+ \(HostUnreachable\)/,
  );
  expect(await tested(`socks4://${unknown.address}`, null)).toMatch(/^proxy-refusal: .*let Laurel through.*\(Failed\)/);
  expect(await tested(`socks5://${five.address}`, login, `http://localhost:${String(secure.port)}`)).toMatch(
    /^tls: .*speaks TLS on that port/,
  );
  expect(secure.requests).toEqual([]);
  const web = await proxyWith();
  for (const kind of ['socks5', 'socks4'])
    expect(await tested(`${kind}://${web.address}`, null)).toMatch(
      /^proxy: .*(?:is no SOCKS proxy|could not be reached)/,
    );
  expect(await tested(`http://${five.address}`, null)).toMatch(/^proxy: /);
  expect(await tested(`socks5://127.0.0.1:${String(await deadPort())}`, null)).toMatch(/^proxy: Nothing answers/);
  expect(await tested('socks5://no-such-proxy.invalid', null)).toMatch(/^proxy-name: /);
});

test('a proxy that asks for NTLM is told so, and one that takes Basic besides is not', async () => {
  const target = await gateway(null);
  const here = await laurel();
  const login = { user: 'clerk', password: 'word' };
  for (const [schemes, words] of [
    [['Negotiate', 'NTLM TlRMTVNTUAAC='], /by Negotiate, NTLM, which Laurel does not speak/],
    [['NTLM, Basic realm="a, b"'], /did not accept user and password/],
  ] as const) {
    const proxy = await proxyWith({ login: { ...login, password: 'another' }, schemes });
    await here.call('network.update', { mode: 'manual', proxy: proxy.address, bypass: [], proxyCredentials: login });
    for (const scheme of ['http', 'https']) {
      const host = scheme === 'http' ? 'localhost' : 'gateway.company.test';
      const address = `${scheme}://${host}:${String(target.port)}`;
      const { hop, said } = await here.call('network.test', { address });
      expect([hop, inEnglish(said)]).toEqual(['proxy-credentials', expect.stringMatching(words)]);
      const { id } = await here.connect(address, { kind: 'test', name: `${scheme} ${schemes.join()}` });
      const connected = await here.call('connections.test', { id });
      expect([connected.hop, inEnglish(connected.sentence)]).toEqual([
        'proxy-credentials',
        expect.stringMatching(words),
      ]);
    }
  }
  expect(target.callers).toEqual([]);
});

test('connections of a job are kept, and change their way with the settings', async () => {
  const target = await gateway(null);
  const [first, second] = [await proxyWith(), await proxyWith()];
  const here = await laurel();
  await here.call('network.update', { mode: 'manual', proxy: first.address, bypass: [] });
  const { id } = await here.connect(`http://127.0.0.1:${String(target.port)}`);
  await here.call('connections.test', { id });
  await here.call('connections.test', { id });
  expect(target.requests).toHaveLength(2);
  await here.call('network.update', { proxy: second.address });
  await here.call('connections.test', { id });
  expect([first.asked.length, second.asked.length]).toEqual([2, 1]);
});

test('plain words to a TLS port, TLS to a plain port, a port and a name that are not there', async () => {
  const secure = await gateway(issue({ name: 'x', hosts: ['localhost'] }));
  const plain = await gateway(null);
  const dead = await deadPort();
  const here = await laurel();
  const tested = async (address: string): Promise<string> => {
    const { hop, said } = await here.call('network.test', { address });
    return `${String(hop)}: ${inEnglish(said)}`;
  };
  expect(await tested(`http://localhost:${String(secure.port)}`)).toMatch(/^tls: .*speaks TLS on that port/);
  expect(await tested(`https://localhost:${String(plain.port)}`)).toMatch(/^tls: .*does not speak TLS/);
  expect(await tested(`https://127.0.0.1:${String(dead)}`)).toMatch(/^gateway-port: .*nothing answers/);
  expect(await tested('https://no-such-gateway.invalid')).toMatch(/^gateway-name: .*no server called/);
  expect(await tested(`http://localhost:${String(plain.port)}`)).toMatch(/^null: The way stands/);
  await expect(tested('not an address')).rejects.toThrow(/no web address/);
  expect(secure.requests).toEqual([]);
});

test('files of certificates that the environment names are trusted, and one that cannot be read trusts nobody', async () => {
  const company = issue({ name: 'Company Root', isAuthority: true });
  const target = await gateway(issue({ name: 'x', hosts: ['localhost'], signer: company }));
  const folder = (await laurel()).folder;
  const file = path.join(folder, 'company.pem');
  writeFileSync(file, company.cert);
  const hopWith = async (environment: Record<string, string>): Promise<string | null> => {
    const here = await laurel({ environment });
    return (await here.call('network.test', { address: `https://localhost:${String(target.port)}` })).hop;
  };
  expect(await hopWith({})).toBe('tls');
  expect(await hopWith({ NODE_EXTRA_CA_CERTS: file })).toBe(null);
  expect(await hopWith({ SSL_CERT_FILE: file })).toBe(null);
  expect(await hopWith({ SSL_CERT_FILE: `${file}.not-there` })).toBe('tls');
});

test('what the system says counts, its script too, and this machine is reached directly', async () => {
  const proxy = await proxyWith();
  const target = await gateway(null);
  const asked: string[] = [];
  const here = await laurel({
    system: {
      find: (origin) => {
        asked.push(origin);
        return Promise.resolve({ kind: 'rules', rules: `PROXY ${proxy.address}` });
      },
    },
  });
  expect((await here.call('network.test', { address: 'https://a.company.test:9' })).hop).toBe('proxy-refusal');
  expect((await here.call('network.test', { address: `http://localhost:${String(target.port)}` })).ok).toBe(true);
  expect([asked, proxy.asked]).toEqual([['https://a.company.test:9'], ['a.company.test:9']]);

  const unreachable = { kind: 'script', address: `http://127.0.0.1:${String(await deadPort())}/p.pac` } as const;
  const other = await laurel({ system: { find: () => Promise.resolve(unreachable) } });
  const said = await other.call('network.test', { address: 'https://a.company.test:9' });
  expect(said.hop).toBe('settings');
  expect(inEnglish(said.said)).toContain('also not directly');
});

test.each([
  ['for ever', 'function FindProxyForURL() { for (;;) {} }', /failed for this address/],
  [
    'that cannot be interrupted',
    'function FindProxyForURL() { var a = []; for (;;) a.push(new Array(1e6).join("x")); }',
    /failed for this address \(it does not come to an end\)/,
  ],
  ['that never begins', 'for (;;) {}', /cannot be used \(it does not come to an end\)/],
  ['without the function', 'var x = 1;', /cannot be used/],
  ['that is none', 'this is no script', /cannot be used/],
  ['that reaches for the process', 'function FindProxyForURL() { return process.exit(1); }', /failed for this address/],
])('a script %s ends in words, and nothing is sent', async (_kind, text, words) => {
  const here = await laurel();
  await here.call('network.update', { mode: 'pac', pacFile: here.file('odd.pac', text), bypass: [] });
  const { hop, said } = await here.call('network.test', { address: 'https://a.company.test' });
  expect([hop, inEnglish(said)]).toEqual(['settings', expect.stringMatching(words)]);
});

test('a client certificate is read from PFX and PEM, and what cannot be used is refused in words', async () => {
  const company = issue({ name: 'Company Root', isAuthority: true });
  const clerk = issue({ name: 'Clerk', signer: company, client: true });
  const other = issue({ name: 'Other', signer: company, client: true });
  const target = await gateway({
    ...issue({ name: 'x', hosts: ['localhost'], signer: company }),
    ...{ requestCert: true, rejectUnauthorized: true, ca: company.cert },
  });
  const here = await laurel();
  await here.call('network.addAuthorities', { file: here.file('ca.pem', company.cert) });
  const pfx = here.file('clerk.pfx', pfxOf(clerk, 'open sesame'));
  const given = await here.call('network.setClientCertificate', { file: pfx, passphrase: 'open sesame' });
  expect(given.clientCertificate).toMatchObject({ subject: 'Clerk', issuer: 'Company Root', secret: 'session' });
  const address = `https://localhost:${String(target.port)}`;
  expect(await here.call('network.test', { address })).toMatchObject({ ok: true });
  const cert = here.file('clerk.pem', clerk.cert);
  const refused = (input: Parameters<typeof here.call<'network.setClientCertificate'>>[1]): Promise<unknown> =>
    here.call('network.setClientCertificate', input);
  await expect(refused({ file: pfx, passphrase: 'wrong' })).rejects.toThrow(/not be opened with this passphrase/);
  await expect(refused({ file: cert })).rejects.toThrow(/without its private key/);
  await expect(refused({ file: cert, key: here.file('other.key', other.key) })).rejects.toThrow(/does not belong/);
  await expect(refused({ file: here.file('x.bin', 'nothing') })).rejects.toThrow(/holds no certificate/);
  await expect(here.call('network.addAuthorities', { file: here.file('none.pem', 'nothing') })).rejects.toThrow(
    /holds no certificate/,
  );
  expect((await here.call('network.get', {})).clientCertificate).toMatchObject({ subject: 'Clerk' });
  await here.call('network.setClientCertificate', { file: cert, key: here.file('clerk.key', clerk.key) });
  expect(await here.call('network.test', { address })).toMatchObject({ ok: true });
});

test('settings that could never work are refused, and those before stay', async () => {
  const here = await laurel();
  const refused = async (input: Parameters<typeof here.call<'network.update'>>[1]): Promise<void> => {
    await expect(here.call('network.update', input)).rejects.toThrow();
  };
  await refused({ mode: 'manual' });
  await refused({ mode: 'pac' });
  await refused({ mode: 'manual', proxy: 'socks6://p:1' });
  await refused({ mode: 'manual', proxy: 'socks5://clerk:word@p:1' });
  await refused({ mode: 'manual', proxy: 'http://clerk:word@p:1' });
  await refused({ mode: 'manual', proxy: 'p:1/path' });
  await refused({ mode: 'pac', pacAddress: 'file:///etc/passwd' });
  expect(await here.call('network.get', {})).toMatchObject({ mode: 'system', proxy: '', pacAddress: '' });
});

test('the password of a proxy, a passphrase and a private key lie nowhere, whatever is said back', async () => {
  const login = { user: 'network-clerk', password: 'canary:Zwölf Ähren 7c42' };
  const passphrase = 'canary cherry spoon 9d17';
  const proxy = await proxyWith({ login });
  const clerk = issue({ name: 'Clerk', client: true });
  const target = await gateway(null);
  const here = await laurel();
  const kept: unknown[] = [];
  kept.push(
    await here.call('network.update', { mode: 'manual', proxy: proxy.address, bypass: [], proxyCredentials: login }),
  );
  const source = await laurel();
  const file = here.file('placeholder.pfx', '');
  here.backend.grantFile(file, {
    ...{ path: path.join(source.folder, 'clerk.pfx'), name: 'clerk.pfx', bytes: 1, mode: 'read' },
  });
  writeFileSync(path.join(source.folder, 'clerk.pfx'), pfxOf(clerk, passphrase));
  kept.push(await here.call('network.setClientCertificate', { file, passphrase }));
  const { id } = await here.connect(`http://127.0.0.1:${String(target.port)}`);
  kept.push(await here.call('connections.test', { id }), await here.call('network.get', {}));
  kept.push(await here.call('activity.list', { offset: 0, limit: 100 }));
  const csv = here.saveTarget('activity.csv');
  await here.job('activity.export', { connectionId: id, target: csv.token });
  expect(proxy.said.at(-1)).toContain('Basic ');
  await here.close();
  const forms = [...canaryForms(login), passphrase, clerk.key.split('\n')[5] ?? 'no key'];
  expect(formsIn(Buffer.from(JSON.stringify(kept)), forms)).toEqual([]);
  const files = readdirSync(here.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const found = files.filter(
    (entry) => formsIn(readFileSync(path.join(entry.parentPath, entry.name)), forms).length > 0,
  );
  expect(found.map(({ name }) => name)).toEqual([]);
  expect(files.map(({ name }) => name)).toContain('activity.csv');
});

test('a proxy that swallows everything ends with the time a connection may take, not later', async () => {
  const server: Server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  const here = await laurel({ times: { exchange: { connect: 200, idle: 200, total: 1_000 } } });
  await here.call('network.update', { mode: 'manual', proxy: `127.0.0.1:${String(port)}`, bypass: [] });
  const { id } = await here.connect('https://a.company.test', { kind: 'test' });
  expect(await here.call('connections.test', { id })).toMatchObject({ ok: false, hop: 'proxy' });
});
