import { createSocket } from 'node:dgram';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, testOfOwnStart as test, type Laurel } from './app';
import { openListener, type Listener } from './listener';

/** Runs in the page; `realm` is its own window or that of an empty frame inside it, which no preload script has seen. */
type Way = (authority: string, realm: Window & typeof globalThis) => unknown;

/** Everything a page of Chromium can send to somewhere else with. Each is tried against a listener of its own. */
const WAYS: Readonly<Record<string, Way>> = {
  'WebRTC with a STUN server': (authority, realm) => gatherCandidates(realm, `stun:${authority}`),
  'WebRTC with a TURN server over UDP': (authority, realm) =>
    gatherCandidates(realm, `turn:${authority}?transport=udp`),
  'WebRTC with a TURN server over TCP': (authority, realm) =>
    gatherCandidates(realm, `turn:${authority}?transport=tcp`),
  'WebRTC with a TURN server over TLS': (authority, realm) =>
    gatherCandidates(realm, `turns:${authority}?transport=tcp`),
  'WebRTC with a peer': async (authority, realm) => {
    const [host, port] = authority.split(':');
    const one = new realm.RTCPeerConnection();
    const other = new realm.RTCPeerConnection();
    one.createDataChannel('out');
    await one.setLocalDescription(await one.createOffer());
    await other.setRemoteDescription(one.localDescription as RTCSessionDescription);
    await other.setLocalDescription(await other.createAnswer());
    await one.setRemoteDescription(other.localDescription as RTCSessionDescription);
    for (const kind of [
      `udp 2122260223 ${host} ${port} typ host`,
      `tcp 1518280447 ${host} ${port} typ host tcptype passive`,
    ])
      await one.addIceCandidate({ candidate: `candidate:1 1 ${kind}`, sdpMid: '0' });
  },
  fetch: (authority, realm) => realm.fetch(`http://${authority}/`),
  'fetch that outlives the page': (authority, realm) =>
    realm.fetch(`http://${authority}/`, { keepalive: true, mode: 'no-cors' }),
  'fetch from a file server': (_authority, realm) => realm.fetch('file:///etc/passwd'),
  XMLHttpRequest: (authority, realm) => {
    const request = new realm.XMLHttpRequest();
    request.open('GET', `http://${authority}/`);
    request.send();
  },
  beacon: (authority, realm) => realm.navigator.sendBeacon(`http://${authority}/`, 'x'),
  WebSocket: (authority, realm) => new realm.WebSocket(`ws://${authority}/`),
  'WebSocket over TLS': (authority, realm) => new realm.WebSocket(`wss://${authority}/`),
  EventSource: (authority, realm) => new realm.EventSource(`http://${authority}/`),
  WebTransport: (authority, realm) => new realm.WebTransport(`https://${authority}/`),
  image: (authority, realm) => (new realm.Image().src = `http://${authority}/`),
  sound: (authority, realm) => new realm.Audio(`http://${authority}/`).play(),
  font: (authority, realm) => new realm.FontFace('out', `url(http://${authority}/)`).load(),
  'style of an element': (authority, realm) => {
    const style = realm.document.body.style;
    style.backgroundImage = `url(http://${authority}/background)`;
    style.cursor = `url(http://${authority}/cursor), auto`;
    style.borderImageSource = `url(http://${authority}/border)`;
  },
  'constructed style sheet': (authority, realm) => {
    const sheet = new realm.CSSStyleSheet();
    sheet.replaceSync(
      `html { background: url(http://${authority}/) } @font-face { font-family: x; src: url(http://${authority}/) }`,
    );
    realm.document.adoptedStyleSheets = [sheet];
  },
  'elements with an address': (authority, realm) => {
    const body = realm.document.body;
    const markup = [
      '<img srcset="ADDRESS 2x">',
      '<picture><source srcset="ADDRESS"><img></picture>',
      '<video src="ADDRESS" poster="ADDRESS" autoplay><track default src="ADDRESS"></video>',
      '<audio src="ADDRESS" autoplay></audio>',
      '<object data="ADDRESS"></object><embed src="ADDRESS">',
      '<iframe src="ADDRESS"></iframe><frameset><frame src="ADDRESS"></frameset>',
      '<iframe srcdoc="<img src=ADDRESS><link rel=preconnect href=ADDRESS>"></iframe>',
      '<svg><image href="ADDRESS"/><use href="ADDRESS#a"/><filter><feImage href="ADDRESS"/></filter></svg>',
      '<input type="image" src="ADDRESS"><table background="ADDRESS"><tr><td background="ADDRESS">',
      '<img attributionsrc="ADDRESS" src="data:,"><link rel="icon" href="ADDRESS">',
      '<script src="ADDRESS"></script><style>@import "ADDRESS"</style>',
      '<meta http-equiv="refresh" content="0;url=ADDRESS">',
      '<math><mglyph src="ADDRESS"/></math><base href="ADDRESS">',
    ];
    const holder = realm.document.createElement('div');
    holder.innerHTML = markup.join('').replaceAll('ADDRESS', `http://${authority}/`);
    body.append(holder);
  },
  'links of the head': (authority, realm) => {
    const relations = [
      'preconnect',
      'dns-prefetch',
      'prefetch',
      'preload',
      'modulepreload',
      'prerender',
      'stylesheet',
      'manifest',
    ];
    for (const relation of relations) {
      for (const scheme of ['http', 'https']) {
        const link = realm.document.createElement('link');
        link.rel = relation;
        link.href = `${scheme}://${authority}/${relation}`;
        link.setAttribute('as', 'image');
        link.crossOrigin = 'anonymous';
        realm.document.head.append(link);
      }
    }
  },
  'speculation rules': (authority, realm) => {
    for (const action of ['prefetch', 'prerender']) {
      const rules = realm.document.createElement('script');
      rules.type = 'speculationrules';
      rules.textContent = JSON.stringify({
        [action]: [{ source: 'list', urls: [`http://${authority}/`], eagerness: 'immediate' }],
      });
      realm.document.head.append(rules);
    }
  },
  forms: (authority, realm) => {
    for (const method of ['get', 'post']) {
      const form = realm.document.createElement('form');
      form.method = method;
      form.action = `http://${authority}/`;
      realm.document.body.append(form);
      form.submit();
      form.target = '_blank';
      form.submit();
    }
  },
  'links with a ping': (authority, realm) => {
    const link = realm.document.createElement('a');
    link.href = 'app://ui/elsewhere.html';
    link.ping = `http://${authority}/`;
    link.setAttribute('attributionsrc', `http://${authority}/`);
    realm.document.body.append(link);
    link.click();
  },
  'links to follow': (authority, realm) => {
    for (const target of ['_self', '_top', '_blank', 'named']) {
      const link = realm.document.createElement('a');
      link.href = `http://${authority}/`;
      link.target = target;
      realm.document.body.append(link);
      link.click();
      link.download = 'x';
      link.click();
    }
    realm.open(`http://${authority}/`);
  },
  'the address of the page': (authority, realm) => realm.location.assign(`http://${authority}/`),
  'the address of a frame': (authority, realm) => {
    const frame = realm.document.createElement('iframe');
    realm.document.body.append(frame);
    frame.contentWindow?.location.assign(`http://${authority}/`);
  },
  'imported module': (authority) => import(`http://${authority}/module.js`),
  worker: (authority, realm) => new realm.Worker(`http://${authority}/`),
  'worker made of text': (authority, realm) => {
    const source = `fetch('http://${authority}/'); new WebSocket('ws://${authority}/'); importScripts('http://${authority}/')`;
    new realm.Worker(realm.URL.createObjectURL(new realm.Blob([source], { type: 'text/javascript' })));
  },
  'worker out of data': (authority, realm) => new realm.Worker(`data:text/javascript,fetch('http://${authority}/')`),
  'shared worker': (authority, realm) => new realm.SharedWorker(`http://${authority}/`),
  'service worker': (authority, realm) => realm.navigator.serviceWorker.register(`http://${authority}/`),
  'payment method': (authority, realm) =>
    new realm.PaymentRequest([{ supportedMethods: `https://${authority}/` }], {
      total: { label: 'x', amount: { currency: 'EUR', value: '1' } },
    }).canMakePayment(),
  'sign-in by another': (authority, realm) =>
    realm.navigator.credentials.get({
      identity: { providers: [{ configURL: `https://${authority}/fedcm.json`, clientId: 'x' }] },
    } as CredentialRequestOptions),
};

/** Put into the page beside each way. */
async function gatherCandidates(realm: Window & typeof globalThis, urls: string): Promise<void> {
  const connection = new realm.RTCPeerConnection({ iceServers: [{ urls, username: 'a', credential: 'b' }] });
  connection.createDataChannel('out');
  await connection.setLocalDescription(await connection.createOffer());
}

/** How long Chromium is given: WebRTC repeats what is not answered several times in this. */
const PATIENCE_MILLISECONDS = 2_500;

/** Tries each way from the page and from an empty frame; returns the ways on which something arrived. */
async function leaks(page: Page): Promise<Record<string, string[]>> {
  const tries: { name: string; listener: Listener }[] = [];
  for (const [name, way] of Object.entries(WAYS)) {
    for (const realm of ['the page', 'an empty frame']) {
      const listener = await openListener();
      tries.push({ name: `${name}, from ${realm}`, listener });
      await page.evaluate(
        ([source, helper, authority, isFrame]) => {
          const frame = document.createElement('iframe');
          if (isFrame) document.body.append(frame);
          const run = (0, eval)(`(() => { ${helper}; return (${source}); })()`) as (...args: unknown[]) => unknown;
          // From a timer: what a driver evaluates has a gesture's rights, and no page's stack.
          setTimeout(() => {
            Promise.resolve()
              .then(() => run(authority, isFrame ? frame.contentWindow : window))
              .catch(() => undefined);
          });
        },
        [way.toString(), gatherCandidates.toString(), listener.authority, realm !== 'the page'] as const,
      );
    }
  }
  await page.waitForTimeout(PATIENCE_MILLISECONDS);
  const found = tries.filter(({ listener }) => listener.arrived.length > 0);
  for (const { listener } of tries) listener.close();
  return Object.fromEntries(found.map(({ name, listener }) => [name, listener.arrived]));
}

async function noteTheNetwork(laurel: Laurel, file: string): Promise<void> {
  await laurel.app.evaluate(async ({ app, session }, target) => {
    await app.whenReady();
    await session.defaultSession.netLog.startLogging(target, { captureMode: 'includeSensitive' });
  }, file);
}

interface NetLog {
  constants: { logEventTypes: Record<string, number> };
  events: { type: number; params?: Record<string, unknown> }[];
}

/** What Chromium did that goes to a network or asks it for a name. */
async function networkEvents(laurel: Laurel, file: string): Promise<string[]> {
  await laurel.app.evaluate(({ session }) => session.defaultSession.netLog.stopLogging());
  const { constants, events } = JSON.parse(await readFile(file, 'utf8')) as NetLog;
  const names = new Map(Object.entries(constants.logEventTypes).map(([name, type]) => [type, name]));
  return events
    .map(({ type, params }) => `${names.get(type)} ${JSON.stringify(params ?? {})}`)
    .filter((event) =>
      /^(TCP_CONNECT_ATTEMPT|UDP_BYTES_SENT|HOST_RESOLVER_MANAGER_JOB|HOST_RESOLVER_DNS_TASK|DNS_TRANSACTION|SOCKET_BYTES_SENT) /.test(
        event,
      ),
    );
}

test('a listener hears what arrives', async () => {
  const listener = await openListener();
  const [host = '', port] = listener.authority.split(':');
  const udp = createSocket('udp4');
  udp.send('x', Number(port), host);
  connect(Number(port), host)
    .on('error', () => undefined)
    .write('hello');
  await expect.poll(() => listener.arrived.toSorted()).toEqual(['TCP hello', 'a connection', 'a datagram of 1 bytes']);
  udp.close();
  listener.close();
});

test('no way leads out of the page, and Chromium itself asks the network nothing', async ({ laurel, userData }) => {
  laurel.provokes(/./);
  const netLog = path.join(userData, 'net.json');
  const page = await laurel.start({ before: () => noteTheNetwork(laurel, netLog) });
  expect(await leaks(page)).toEqual({});
  expect(page.url()).toBe('app://ui/index.html');
  expect(await networkEvents(laurel, netLog)).toEqual([]);
});

test('not even a name of this machine is resolved for the window', async ({ laurel, page }) => {
  expect(page.url()).toBe('app://ui/index.html');
  const resolve = (name: string) =>
    laurel.app.evaluate(
      ({ session }, host) =>
        session.defaultSession.resolveHost(host).then(
          () => 'resolved',
          (error: unknown) => (error as Error).message,
        ),
      name,
    );
  for (const name of [os.hostname(), 'localhost', '127.0.0.1', 'example.org']) {
    expect(await resolve(name), name).toContain('ERR_NAME_NOT_RESOLVED');
  }
});
