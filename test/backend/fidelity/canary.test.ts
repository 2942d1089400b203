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

/** Bodies that are no JSON, or not all the way, each with what must be found nowhere; none of it stands in any other. */
const ODD_BODIES: readonly [body: string, canaries: readonly string[]][] = [
  [
    '<html>502 at https://u1:lark-pw-01@gw.example/ token=lark-tok-02 Authorization: Bearer lark-bear-03 for lark4@mail.example eyJhbGciOi.eyJzdWIi.larksig05</html>',
    ['lark-pw-01', 'lark-tok-02', 'lark-bear-03', 'lark4', 'larksig05'],
  ],
  ['customerId=80808007&email=finch1%40mail.example&password=finch%2Bpw2', ['80808007', 'finch1', 'finch%2Bpw2']],
  ['identifierName=mobile&identifierValue=4917180001&size=20', ['4917180001']],
  [
    'customer[email]=finch3@mail.example&customer[id]=70707006&customer[name]=Fin+Finch',
    ['finch3', '70707006', 'Finch'],
  ],
  ['data=%7B%22password%22%3A%22wren-pw-1%22%2C%22customerId%22%3A%2260606005%22%7D', ['wren-pw-1', '60606005']],
  [
    '<?xml version="1.0"?><r><password>owl-pw-1</password><customerId>50505004</customerId><a email="owl2@mail.example" userId="50505014"/><n:firstName>Olga</n:firstName></r>',
    ['owl-pw-1', '50505004', 'owl2', '50505014', 'Olga'],
  ],
  ['Set-Cookie: sid=jay-1; Path=/\r\nAuthorization: Token jay-tok-2', ['jay-1', 'jay-tok-2']],
  [
    '{"auth":{"value":"robin-1","more":{"deep":["robin-2"]}},"customer":{"name":"Robin Red","id":40404003}}',
    [...['robin-1', 'robin-2', 'Robin Red', '40404003']],
  ],
  ["{'email': 'crow1@mail.example', 'customerId': 30303002}", ['crow1', '30303002']],
  ['{"a": 1} trailing apiKey=kite-key-1 and customerId: 20202001', ['kite-key-1', '20202001']],
  [JSON.stringify({ raw: 'customerId=10101009&mobile=4917180009' }), ['10101009', '4917180009']],
  [
    '{"message":"No customer with customerId: 13131301. (customerId=13131302) a|customer_id=13131303|b"}',
    [...['13131301', '13131302', '13131303']],
  ],
  ['customerIds=14141401,14141402&page=1', ['14141401', '14141402']],
  ['{password: "gull-pw-1"} [error] password: "gull-pw-2"', ['gull-pw-1', 'gull-pw-2']],
  ['{"password": gull-pw-3, "b": 1}', ['gull-pw-3']],
  [
    'user%5Bpassword%5D=swan-pw-1&pass%77ord=swan-pw-2&customer%5B0%5D%5Bemail%5D=swan3%40mail.example',
    [...['swan-pw-1', 'swan-pw-2', 'swan3']],
  ],
  [
    '<r><password><![CDATA[ibis-pw-1]]></password></r><input name="csrf_token" type="hidden" value="ibis-csrf">',
    [...['ibis-pw-1', 'ibis-csrf']],
  ],
  [
    '{"headers":[{"name":"Authorization","value":"heron-auth-1"},{"name":"Accept","value":"text/html"}]}',
    ['heron-auth-1'],
  ],
  ['Authorization: Digest username="rail-user", response="rail-resp-1"\r\nAccept: text/html', ['rail-resp-1']],
  ['\ufeffpassword: tern-pw-1\nexternalId: TERN-9', ['tern-pw-1', 'TERN-9']],
];

test.each(ODD_BODIES)('what is no JSON is gone through as well: %s', (body, canaries) => {
  const call = {
    ...{ startedDateTime: '2026-03-10T12:00:00.000Z', time: 3 },
    request: { method: 'POST', url: `https://eu.example.com${BASE}/badgeMeta`, headers: [], postData: { text: body } },
    response: { status: 502, headers: [], content: { text: body } },
  };
  const recording = recordingOf(JSON.stringify(harOf([call])), 'odd.har');
  expect(recording.calls).toHaveLength(1);
  expect(formsIn(allText(bytesOf(recording)), canaries)).toEqual([]);
  expect(recording.replaced.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(canaries.length);
});

test('a body without a secret or a customer is kept to the byte', () => {
  const bodies = [
    '<html><body class="a b">Bad gateway: try again at 10:00</body></html>',
    'page=1&size=50&sort=name%20asc',
    '{"errors":[{"code":718,"message":"Invalid date: customer: none"}], "total" : 5 }',
    'Service unavailable',
    '{"message":"Duplicate key: customerId","tokens":{"earned":12},"cookiePolicy":{"n":3},"sort":"earnType"}',
    'bad sort key=earnType, closed session: BADGE_EARNED, header x-foo: startOn',
    '{"a":[1,2.50,-3e2,true,false,null,{"value":5,"name":"n"},""],"b" : {"value" : "v"}}',
  ];
  for (const body of bodies) {
    const call = {
      ...{ startedDateTime: '2026-03-10T12:00:00.000Z', time: 3 },
      request: { method: 'GET', url: `https://eu.example.com${BASE}/badgeMeta`, headers: [] },
      response: { status: 502, headers: [], content: { text: body } },
    };
    expect(recordingOf(JSON.stringify(harOf([call])), 'plain.har').calls[0]?.answer?.body).toBe(body);
  }
});
