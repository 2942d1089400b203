import { inEnglish } from '../../../shared/words/english';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { interpret } from '../../../electron/backend/sync/client/answers';
import { temporaryFolder } from '../../db/temporary-folder';
import { envelope, hostileGateway, json, page, type HostileGateway } from './hostile-gateway';
import { laurel, QUICK, type Laurel } from './laurel';
import { liveBody } from './practice-org';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function facing(answer: Answer): Promise<{ here: Laurel; id: number; gateway: HostileGateway }> {
  const gateway = await hostileGateway(answer);
  onTestFinished(() => gateway.stop());
  const here = await laurel();
  const { id } = await here.connect(gateway.url);
  return { here, id, gateway };
}

const SCRIPT = '<script>alert(1)</script>';
const BADGE = { ...liveBody({ name: SCRIPT }), id: 'a'.repeat(24), createdBy: 1, lastUpdatedOn: 1 };

/** A gateway that is well but for one badge. */
const withBadge =
  (badge: object): Answer =>
  (request, response) => {
    if (request.url?.includes('/customField'))
      json(response, envelope({ customFieldROList: [], pagination: { totalPages: 0 } }));
    else if (request.url?.includes('badgeMeta?')) json(response, page([badge]));
    else json(response, envelope(badge));
  };

/** A gateway with these badges, by the digit their ids are made of, that says what the test has it say. */
function shelf(): { answer: Answer; badges: Map<string, object>; unlisted: Set<string>; broken: Set<string> } {
  const badges = new Map<string, object>();
  const unlisted = new Set<string>();
  const broken = new Set<string>();
  const answer: Answer = (request, response) => {
    const url = request.url ?? '';
    if (url.includes('/customField')) {
      json(response, envelope({ customFieldROList: [], pagination: { totalPages: 0 } }));
    } else if (url.includes('badgeMeta?')) {
      json(response, page([...badges.values()].filter((badge) => !unlisted.has((badge as { id: string }).id))));
    } else {
      const id = /badgeMeta\/(\w+)/.exec(url)?.[1] ?? '';
      const badge = badges.get(id);
      if (broken.has(id)) json(response, envelope({ id, name: 7 }));
      else if (badge !== undefined) json(response, envelope(badge));
      else json(response, { data: null, errors: [{ code: 703, message: 'Badge not found' }], warnings: [] }, 404);
    }
  };
  return { answer, badges, unlisted, broken };
}

test('a pull that fails on its last badge changes nothing; one that is gone is taken for gone only when its id says so', async () => {
  const { answer, badges, unlisted, broken } = shelf();
  const [first, second, last] = ['1', '2', '3'].map((digit) => digit.repeat(24)) as [string, string, string];
  const put = (id: string, name: string): unknown => badges.set(id, { ...liveBody({ name }), id, lastUpdatedOn: 1 });
  put(first, 'First');
  put(second, 'Second');
  put(last, 'Last');
  const { here, id } = await facing(answer);
  const names = async (): Promise<string[]> =>
    (await here.call('sync.list', { connectionId: id })).rows.map(({ name }) => name).sort();

  broken.add(last);
  await expect(here.job('sync.pull', { connectionId: id })).rejects.toThrow(/what was pulled before is kept/);
  expect(await names()).toEqual([]);
  broken.clear();
  expect(await here.job('sync.pull', { connectionId: id })).toMatchObject({ added: 3 });

  broken.add(last);
  put(first, 'First, renamed');
  badges.delete(second);
  await expect(here.job('sync.pull', { connectionId: id })).rejects.toThrow(/what was pulled before is kept/);
  expect(await names()).toEqual(['First', 'Last', 'Second']);

  broken.clear();
  unlisted.add(last);
  expect(await here.job('sync.pull', { connectionId: id })).toMatchObject({ added: 0, changed: 1, gone: 1 });
  expect(await names()).toEqual(['First, renamed', 'Last']);
});

describe('a hostile gateway', () => {
  const deep = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
  const wrongs: readonly (readonly [string, Answer, RegExp])[] = [
    ['nested deeply', (_, response) => json(response, deep), /nested deeper/],
    [
      'wrong types',
      (_, response) => json(response, envelope({ metaBasicDetails: 'none', pagination: 7 })),
      /not what the documents describe/,
    ],
    [
      'ids that are paths',
      (_, response) => json(response, page([{ id: '../../x', name: 'n' }])),
      /not what the documents describe/,
    ],
    ['a page of HTML', (_, response) => response.end('<html>Sign in</html>'), /cannot be read/],
    ['no UTF-8', (_, response) => response.end(Buffer.from([0x22, 0xff, 0xfe, 0x22])), /not UTF-8/],
    ['an empty answer', (_, response) => json(response, '{}'), /not what a badge gateway answers/],
    [
      'packed answers',
      (_, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.end(Buffer.alloc(100));
      },
      /not an answer of a badge gateway/,
    ],
    [
      'a list that repeats itself',
      (_, response) => json(response, page([{ id: 'b'.repeat(24), name: 'n' }], 1_000_000)),
      /without an end/,
    ],
    [
      'a list without an end',
      (() => {
        let next = 0;
        return (_, response) =>
          json(
            response,
            page(
              Array.from({ length: 10_000 }, () => ({ id: (next += 1).toString(16).padStart(24, '0'), name: 'n' })),
              1_000_000,
            ),
          );
      })(),
      /goes on beyond/,
    ],
  ];
  test.each(wrongs)('%s: a clear error, nothing written', async (_what, answer, message) => {
    const { here, id } = await facing(answer);
    await expect(here.job('sync.pull', { connectionId: id })).rejects.toThrow(message);
    expect((await here.call('sync.list', { connectionId: id })).total).toBe(0);
    expect((await here.call('connections.list', {})).connections[0]?.lastPulledOn).toBeNull();
  });

  test('200 MB in one answer: refused, in bounded memory', async () => {
    const { here, id } = await facing((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const block = Buffer.alloc(1024 * 1024, 0x20);
      let left = 200;
      const pump = (): void => {
        while (left > 0 && !response.destroyed) {
          left -= 1;
          if (!response.write(block)) return void response.once('drain', pump);
        }
        response.end();
      };
      pump();
    });
    const before = process.memoryUsage().rss;
    await expect(here.job('sync.pull', { connectionId: id })).rejects.toThrow(/larger than 64 MB/);
    expect(process.memoryUsage().rss - before).toBeLessThan(220 * 1024 * 1024);
    const { rows } = await here.call('activity.list', { connectionId: id });
    expect((await here.call('activity.get', { id: rows[0]?.id ?? 0 })).responseBody).toBeNull();
  });

  test('an announced 200 MB are not even read', async () => {
    const { here, id } = await facing((_, response) => {
      response.writeHead(200, { 'content-length': String(200 * 1024 * 1024) });
      response.write('{');
    });
    await expect(here.job('sync.pull', { connectionId: id })).rejects.toThrow(/larger than/);
  });

  test('a slow drip ends with its time', async () => {
    const { here, id } = await facing((_, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), QUICK.exchange.idle! / 4);
      response.on('close', () => clearInterval(drip));
    });
    const { ok, sentence } = await here.call('connections.test', { id });
    expect([ok, inEnglish(sentence)]).toEqual([false, expect.stringContaining('in time')]);
  });

  test.each([301, 302, 307, 308])(
    'a redirect (%i) to another host is not followed, and no credentials go there',
    async (status) => {
      const other = await hostileGateway((_, response) => json(response, page([])));
      onTestFinished(() => other.stop());
      const { here, id } = await facing((_, response) => {
        response.writeHead(status, { location: `${other.url}/api_gateway/v1/badges/badgeMeta` });
        response.end();
      });
      await expect(here.job('sync.pull', { connectionId: id })).rejects.toThrow(`127.0.0.1:${String(other.port)}`);
      const badgeId = await here.draft();
      expect((await here.push(id, badgeId)).results).toMatchObject([{ outcome: 'unknown' }]);
      expect(other.seen).toEqual([]);
    },
  );

  test('script in a name is a name', async () => {
    const { here, id } = await facing(withBadge(BADGE));
    await here.job('sync.pull', { connectionId: id });
    const { created } = await here.call('sync.adopt', { connectionId: id, remoteIds: [BADGE.id] });
    expect(JSON.parse((await here.call('badges.get', { id: created[0] ?? '' })).body)).toMatchObject({ name: SCRIPT });
  });

  test.each([
    ['a formula in a name', { ...BADGE, name: '=HYPERLINK("http://x")' }],
    [
      'prototype keys',
      JSON.parse(
        `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},${JSON.stringify(BADGE).slice(1)}`,
      ) as object,
    ],
    ['constraints that are numbers', { ...BADGE, customerConstraints: [1, null, [[]]] }],
    ['dates beyond time', { ...BADGE, startOn: 1e300 }],
    ['no owners at all', { ...BADGE, ownership: null }],
    [
      'claims of nobody',
      { ...BADGE, ownership: { restrictedToOwners: ['Loyalty'], claims: [{ ownerType: 'Nobody', referenceId: 7 }] } },
    ],
  ])('%s: kept as it is, compared as far as it can be read', async (_what, badge) => {
    const { here, id } = await facing(withBadge(badge));
    await here.job('sync.pull', { connectionId: id });
    const { rows } = await here.call('sync.list', { connectionId: id });
    expect(rows).toHaveLength(1);
    await here.call('sync.compare', { connectionId: id, badgeId: rows[0]?.badgeId ?? '' });
    const { created } = await here.call('sync.adopt', { connectionId: id, remoteIds: [BADGE.id] });
    for (const badgeId of created) await here.call('sync.plan', { connectionId: id, badgeIds: [badgeId] });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('a bulk answer about other customers settles nobody', async () => {
    const bulk = envelope({ issuedBadges: [{ customerId: 999, issuedId: 'c'.repeat(24) }], requestId: 'x' });
    const claims = [{ ownerType: 'Loyalty', referenceId: '1', isActive: true }];
    const ownership = { restrictedToOwners: ['Loyalty'], claims };
    const { here, id, gateway } = await facing((request, response) => {
      if (request.method === 'POST') json(response, bulk);
      else if (request.url?.includes('/management/')) json(response, envelope({ earnDetails: { earns: [] } }));
      else withBadge({ ...BADGE, ownership })(request, response);
    });
    const job = await here.call('liveJobs.start', {
      ...{
        connectionId: id,
        remoteBadgeId: BADGE.id,
        action: 'award',
        owner: { ownerType: 'Loyalty', referenceId: '1' },
      },
      customers: { kind: 'range', from: 1, to: 5 },
    });
    // The customers of the answer are read after it.
    const asked = (method: string): number => gateway.seen.findIndex((request) => request.method === method);
    await vi.waitFor(() =>
      expect(gateway.seen.slice(asked('POST')).some(({ url }) => url.includes('/management/'))).toBe(true),
    );
    const view = await here.call('liveJobs.cancel', { id: job.id });
    expect(view).toMatchObject({ done: 0, refused: 0 });
  });

  test('an untrusted certificate: nothing is sent, and the person is told why', async () => {
    const folder = temporaryFolder();
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => path.join(folder, name)) as [string, string];
    const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    execFileSync('openssl', [...args, '-subj', '/CN=localhost', '-keyout', key, '-out', cert], { stdio: 'ignore' });
    const gateway = await hostileGateway((_, response) => json(response, page([])), {
      key: readFileSync(key, 'utf8'),
      cert: readFileSync(cert, 'utf8'),
    });
    onTestFinished(() => gateway.stop());
    const here = await laurel();
    const { id } = await here.connect(gateway.url);
    expect(inEnglish((await here.call('connections.test', { id })).sentence)).toContain('certificate');
    expect(gateway.seen).toEqual([]);
  });
});

describe('testing a connection says what is wrong', () => {
  test('a name that does not exist', () => {
    // Asking for one for real would send the question out of this machine.
    const exchange = { kind: 'not-sent', fault: 'name-not-found', detail: 'ENOTFOUND' } as const;
    const outcome = interpret(exchange, { host: 'eu.example', isWrite: false });
    expect(outcome).toMatchObject({
      kind: 'not-sent',
      sentence: { key: 'org.nameNotFound', values: { host: 'eu.example' } },
    });
  });

  test('nobody there', async () => {
    const here = await laurel();
    const { id } = await here.connect('http://127.0.0.1:9');
    expect(inEnglish((await here.call('connections.test', { id })).sentence)).toContain('nothing answers on that port');
  });

  test.each([
    ['not a gateway', (_: IncomingMessage, response: ServerResponse) => json(response, { hello: 1 }), /badge gateway/],
    [
      '401',
      (_: IncomingMessage, response: ServerResponse) =>
        json(response, { data: null, errors: [{ code: 401, message: 'x' }] }, 401),
      /credentials/,
    ],
    [
      'a clock that is off',
      (_: IncomingMessage, response: ServerResponse) => {
        response.setHeader('date', new Date(Date.now() - 30 * 60_000).toUTCString());
        json(response, page([]));
      },
      /30 minutes behind/,
    ],
  ])('%s', async (_what, answer, sentence) => {
    const { here, id } = await facing(answer);
    expect(inEnglish((await here.call('connections.test', { id })).sentence)).toMatch(sentence);
  });

  test('plain http elsewhere, credentials in the address and half an address are refused', async () => {
    const here = await laurel();
    for (const url of [
      'http://example.com',
      'https://user:pass@example.com',
      'https://example.com/path',
      'ftp://example.com',
      'nonsense',
    ]) {
      await expect(here.connect(url)).rejects.toMatchObject({ code: 'invalid-input' });
    }
  });

  test('kept credentials are not tried at another address, and are forgotten when it changes', async () => {
    const first = await hostileGateway((_, response) => json(response, page([])));
    const second = await hostileGateway((_, response) => json(response, page([])));
    onTestFinished(async () => {
      await first.stop();
      await second.stop();
    });
    const here = await laurel();
    const { id } = await here.connect(first.url);
    const elsewhere = { name: 'Practice', baseUrl: second.url, kind: 'practice' as const, timeZone: 'UTC' };
    expect(await here.call('connections.test', { id, connection: elsewhere })).toMatchObject({ ok: false });
    expect(await here.call('connections.save', { id, connection: elsewhere })).toMatchObject({ secret: 'missing' });
    expect(await here.call('connections.test', { id })).toMatchObject({ ok: false });
    expect(second.seen).toEqual([]);
  });
});
