import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { recordingOf } from '../../../electron/backend/fidelity/record/read-source';
import type { Recording } from '../../../shared/fidelity/recording';
import { CANARY, canaryForms, formsIn } from '../sync/canary-forms';
import { harOf } from './har-session';
import { BASE } from './recorded-session';

const TOKEN = 'tok-9f31-canary-token';
const CUSTOMER = '566135941';
const PEOPLE = ['canary.bird+x@example.com', '+4915112345678', 'EXT-CANARY-77', 'Kana Rienvogel'];
const [email, mobile, external, person] = PEOPLE as [string, string, string, string];
const pair = `${CANARY.user}:${CANARY.password}`;
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Every secret and customer in every place that a call has. */
function entries(): object[] {
  const everything = {
    customerId: Number(CUSTOMER),
    mobile,
    email,
    externalId: external,
    firstName: person,
    password: CANARY.password,
  };
  const text = `token=${TOKEN}; customer ${CUSTOMER}, ${email} (${mobile}), ${external}`;
  const body = JSON.stringify({
    ...{ badgeMetaId: '65f000000000000000000001', requestId: `req-${CUSTOMER}-1`, customerId: Number(CUSTOMER) },
    ...{ customers: [CUSTOMER, `0${CUSTOMER}`, 5.66135941e8], accessToken: TOKEN, 'X-CAP-API-KEY': CANARY.password },
    ...{ name: text, description: `see ${base64(text)} and ${base64(JSON.stringify(everything))}` },
    ...{ nested: JSON.stringify(everything), deeper: JSON.stringify({ more: JSON.stringify(everything) }) },
    ...{ [`of ${CUSTOMER}`]: 1, note: `Authorization: Basic ${base64(pair)}`, odd: Number(CUSTOMER) },
    ...{ url: `https://u:${encodeURIComponent(CANARY.password)}@host/x?api_key=${TOKEN}&customerId=${CUSTOMER}` },
    ...{ md5: createHash('md5').update(CANARY.password).digest('hex'), startOn: 1_799_632_870 },
  });
  const headers = [
    { name: 'Authorization', value: `Basic ${base64(pair)}` },
    { name: 'X-CAP-API-OAUTH-TOKEN', value: TOKEN },
    { name: 'Cookie', value: `session=${TOKEN}; other=${encodeURIComponent(CANARY.password)}` },
    { name: 'X-Api-Key', value: CANARY.password },
    { name: 'X-CAP-REQUEST-ID', value: `batch-${CUSTOMER}-${email}` },
  ];
  const query = `customerId=${CUSTOMER}&token=${TOKEN}&name=${encodeURIComponent(text)}&mobile=${encodeURIComponent(mobile)}`;
  const call = (url: string, more: object = {}): object => ({
    ...{ startedDateTime: '2026-03-10T12:00:00.000Z', time: 3 },
    request: { method: 'POST', url, headers, postData: { text: body }, ...more },
    response: {
      ...{ status: 200, headers: [...headers, { name: 'Set-Cookie', value: `sid=${TOKEN}; Path=/` }] },
      content: { text: base64(body), encoding: 'base64' },
    },
  });
  const host = `https://${CANARY.user}:${encodeURIComponent(CANARY.password)}@eu.example.com`;
  const byEmail = [...headers, { name: 'X-CAP-CUSTOMER-IDENTIFIER', value: 'email' }];
  return [
    call(`${host}${BASE}/customer/earn?${query}`),
    call(`${host}${BASE}/customer/${CUSTOMER}?${query}`),
    call(`${host}${BASE}/management/${encodeURIComponent(email)}/badge/65f000000000000000000001`, { headers: byEmail }),
    call(`${host}${BASE}/badgeMeta`, { postData: { text: body.slice(0, -30) } }),
    call(`${host}/v3/oauth/token/generate`, {
      postData: { text: JSON.stringify({ key: CANARY.user, secret: CANARY.password }) },
    }),
  ];
}

const bytesOf = (recording: Recording): Buffer => Buffer.from(JSON.stringify(recording));

/** What can be read in these bytes, also behind base64. */
function allText(bytes: Buffer): Buffer {
  const runs = bytes.toString('utf8').match(/[\w+/-]{12,}={0,2}/g) ?? [];
  return Buffer.concat([bytes, ...runs.map((run) => Buffer.from(run, 'base64'))]);
}

test('neither a secret nor a customer is anywhere in a recording', () => {
  const har = JSON.stringify(harOf(entries()));
  const forms = [
    ...canaryForms(CANARY, [TOKEN]),
    ...[
      encodeURIComponent(CANARY.password),
      CUSTOMER,
      ...PEOPLE,
      encodeURIComponent(mobile),
      encodeURIComponent(email),
    ],
    ...[mobile.slice(1), 'canary.bird', 'CANARY-77'],
  ];
  // Each of them is there before.
  const before = allText(
    Buffer.from(har + Buffer.from(/"text":"([\w+/=]{200,})"/.exec(har)?.[1] ?? '', 'base64').toString()),
  );
  for (const form of [CUSTOMER, ...PEOPLE, TOKEN]) expect(formsIn(before, [form])).toEqual([form]);
  const recording = recordingOf(har, 'canary.har');
  expect(formsIn(allText(bytesOf(recording)), forms)).toEqual([]);
  expect(recording.replaced.map(({ kind }) => kind).sort()).toEqual(
    ['customers', 'emails', 'headers', 'identifiers', 'people', 'secrets'].sort(),
  );
  expect(recording.replaced.find(({ kind }) => kind === 'customers')).toEqual({ kind: 'customers', count: 1 });
});

test('the same customer stays the same, whatever else is told of them, and nothing else is touched', () => {
  const { calls } = recordingOf(JSON.stringify(harOf(entries())), 'canary.har');
  const sent = JSON.parse(calls[0]?.body ?? '') as Record<string, unknown>;
  const other = String(sent['customerId']);
  expect(sent['customers']).toEqual([other, `0${other}`, Number(other)]);
  expect(sent).toMatchObject({
    badgeMetaId: '65f000000000000000000001',
    startOn: 1_799_632_870,
    requestId: `req-${other}-1`,
  });
  expect(calls[0]?.query).toContain(`customerId=${other}`);
  expect(calls[1]?.path).toBe(`${BASE}/customer/${other}`);
  expect(JSON.parse(String(sent['nested']))).toMatchObject({ customerId: Number(other) });
});
