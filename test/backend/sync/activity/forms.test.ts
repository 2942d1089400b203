/** What leaves Laurel of one request, to the letter: in each form, and with whatever could be a secret taken out. */
import { describe, expect, test } from 'vitest';
import { version } from '../../../../package.json';
import { curlOf } from '../../../../electron/backend/sync/activity/curl';
import { brunoOf, harOf, postmanOf } from '../../../../electron/backend/sync/activity/exchange-files';
import { withoutSecrets, type SharedExchange } from '../../../../electron/backend/sync/activity/without-secrets';
import { instantOf } from '../../../../shared/domain/instant';

const SENT = instantOf('2026-05-04T09:30:00Z');
const LINE: SharedExchange['line'] = {
  ...{ key: 7, connectionKey: 1, connectionName: 'North', purpose: 'take back: all', method: 'POST', taskKey: null },
  ...{ url: '', sentOn: SENT, answeredOn: SENT + 12_400, outcome: 'answered', status: 201, codes: [] },
  ...{ sentence: 'Created  twice\n or so.', badgeId: null, jobKey: null },
} as SharedExchange['line'];
const WRITE: SharedExchange = {
  line: LINE,
  url: 'https://eu.org.example:8443/below/api_gateway/v1/badges/badgeMeta?page=0&name=a%20%20b',
  requestHeaders: [
    { name: 'Content-TYPE', value: 'text/plain' },
    { name: 'X-Note', value: 'two\n  lines ' },
    { name: 'Host', value: 'org.example' },
    { name: 'Content-Length', value: '9' },
    { name: 'Accept-Encoding', value: 'gzip' },
  ],
  requestBody: '{"a":"ü"}\n}',
  answer: { status: 201, headers: [{ name: 'X-Served-By', value: 'front' }], body: 'ü!' },
};
const LOST: SharedExchange = {
  line: { ...LINE, key: 8, method: 'GET', purpose: 'list', answeredOn: null, status: null, outcome: 'unknown' },
  url: 'http://localhost/other/place',
  requestHeaders: [],
  requestBody: null,
  answer: null,
};
const EMPTY: SharedExchange = { ...LOST, answer: { status: 204, headers: [], body: null } };

interface Har {
  log: { entries: unknown[] };
}

describe('an archive', () => {
  test('of a write and of a read that was lost', () => {
    const text = harOf([WRITE, LOST, EMPTY]);
    expect(text).toMatch(/^\{\n {2}"log": \{\n {4}"version"/);
    expect(text.endsWith('}\n')).toBe(true);
    const { log } = JSON.parse(text) as Har;
    expect({ ...log, entries: [] }).toEqual({ version: '1.2', creator: { name: 'Laurel', version }, entries: [] });
    expect(log.entries[0]).toEqual({
      startedDateTime: '2026-05-04T09:30:00Z',
      time: 12.4,
      request: {
        ...{ method: 'POST', url: WRITE.url, httpVersion: 'HTTP/1.1', cookies: [], headers: WRITE.requestHeaders },
        queryString: [
          { name: 'page', value: '0' },
          { name: 'name', value: 'a  b' },
        ],
        ...{ headersSize: -1, bodySize: 12 },
        postData: { mimeType: 'text/plain', text: WRITE.requestBody },
      },
      response: {
        ...{ status: 201, statusText: '', httpVersion: 'HTTP/1.1', cookies: [], headers: WRITE.answer?.headers },
        ...{ content: { size: 3, mimeType: 'application/json', text: 'ü!' }, redirectURL: '' },
        ...{ headersSize: -1, bodySize: 3 },
      },
      cache: {},
      timings: { send: 0, wait: 12.4, receive: 0 },
      comment: LINE.sentence,
    });
    expect(log.entries[1]).toMatchObject({
      time: 0,
      request: { queryString: [], bodySize: 0 },
      response: { status: 0, headers: [], bodySize: 0 },
    });
    expect(log.entries[1]).not.toHaveProperty('request.postData');
    for (const entry of log.entries.slice(1)) {
      expect(entry).toHaveProperty('response.content', { size: 0, mimeType: 'application/json' });
    }
  });

  test('of an answer before its request, after a clock was put back, took no time', () => {
    const back = { ...WRITE, line: { ...LINE, answeredOn: SENT - 5_000 } };
    expect((JSON.parse(harOf([back])) as Har).log.entries[0]).toMatchObject({ time: 0 });
  });
});

test('a Postman collection, with its answers as examples', () => {
  const { info, item, variable } = JSON.parse(postmanOf([WRITE, LOST, EMPTY])) as {
    info: unknown;
    item: { response: unknown }[];
    variable: unknown;
  };
  expect(info).toEqual({
    name: 'Laurel',
    schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
  });
  expect(variable).toEqual([{ key: 'authorization', value: '' }]);
  const request = {
    method: 'POST',
    header: [
      { key: 'Authorization', value: '{{authorization}}' },
      ...WRITE.requestHeaders.map(({ name, value }) => ({ key: name, value })),
    ],
    url: {
      ...{ raw: WRITE.url, protocol: 'https', host: ['eu', 'org', 'example'], port: '8443' },
      path: ['below', 'api_gateway', 'v1', 'badges', 'badgeMeta'],
      query: [
        { key: 'page', value: '0' },
        { key: 'name', value: 'a  b' },
      ],
    },
    body: { mode: 'raw', raw: WRITE.requestBody, options: { raw: { language: 'json' } } },
  };
  expect(item[0]).toEqual({
    name: '7 POST /badgeMeta',
    request,
    response: [
      {
        ...{ name: `201 ${LINE.sentence}`, originalRequest: request, status: 'answered', code: 201 },
        ...{ header: [{ key: 'X-Served-By', value: 'front' }], cookie: [], responseTime: 12, body: 'ü!' },
      },
    ],
  });
  expect(item[1]).toEqual({
    name: '8 GET /other/place',
    request: {
      method: 'GET',
      header: [{ key: 'Authorization', value: '{{authorization}}' }],
      url: { raw: LOST.url, protocol: 'http', host: ['localhost'], path: ['other', 'place'], query: [] },
    },
    response: [],
  });
  expect(item[2]?.response).toEqual([expect.objectContaining({ code: 204, responseTime: 0, body: '' })]);
});

describe('a folder of Bruno', () => {
  test('has each request as its language wants it', () => {
    const files = brunoOf([WRITE, LOST]);
    expect(files.map(({ name }) => name)).toEqual(['bruno.json', '001-take-back-all.bru', '002-list.bru', 'run.json']);
    expect(JSON.parse(files[0]!.text)).toEqual({ version: '1', name: 'Laurel', type: 'collection', ignore: [] });
    expect(files[1]!.text).toBe(
      [
        'meta {\n  name: 7 POST /badgeMeta\n  type: http\n  seq: 1\n}\n',
        `post {\n  url: ${WRITE.url}\n  body: json\n  auth: none\n}\n`,
        'params:query {\n  page: 0\n  name: a b\n}\n',
        'headers {\n  Authorization: {{authorization}}\n  Content-TYPE: text/plain\n  X-Note: two lines\n  Host: org.example\n' +
          '  Content-Length: 9\n  Accept-Encoding: gzip\n}\n',
        'body:json {\n  {"a":"ü"}\n  }\n}\n',
        'docs {\n  Created twice or so.\n}\n',
      ].join('\n'),
    );
    expect(files[2]!.text).toBe(
      [
        'meta {\n  name: 8 GET /other/place\n  type: http\n  seq: 2\n}\n',
        'get {\n  url: http://localhost/other/place\n  body: none\n  auth: none\n}\n',
        'headers {\n  Authorization: {{authorization}}\n}\n',
        'docs {\n  Created twice or so.\n}\n',
      ].join('\n'),
    );
  });

  test('keeps its answers as a run: JSON as what it says, other text as it is, and what was lost as nothing', () => {
    const json = { ...WRITE, answer: { status: 200, headers: [{ name: 'A', value: 'b' }], body: '{"c":[1]}' } };
    const [run] = JSON.parse(brunoOf([WRITE, json, LOST, EMPTY]).at(-1)!.text) as { results: unknown }[];
    expect(run?.results).toEqual([
      {
        test: { filename: '7 POST /badgeMeta.bru' },
        request: {
          ...{ method: 'POST', url: WRITE.url, data: WRITE.requestBody },
          headers: {
            ...{ 'Content-TYPE': 'text/plain', 'X-Note': 'two\n  lines ', Host: 'org.example' },
            ...{ 'Content-Length': '9', 'Accept-Encoding': 'gzip' },
          },
        },
        response: { status: 201, headers: { 'X-Served-By': 'front' }, data: 'ü!', responseTime: 12 },
      },
      expect.objectContaining({ response: { status: 200, headers: { A: 'b' }, data: { c: [1] }, responseTime: 12 } }),
      {
        test: { filename: '8 GET /other/place.bru' },
        request: { method: 'GET', url: LOST.url, headers: {}, data: null },
        response: null,
      },
      expect.objectContaining({ response: { status: 204, headers: {}, data: null, responseTime: 0 } }),
    ]);
  });

  test('numbers a thousand requests so that they sort', () => {
    const names = brunoOf(Array.from({ length: 1_000 }, () => LOST)).map(({ name }) => name);
    expect([names[1], names[1_000]]).toEqual(['0001-list.bru', '1000-list.bru']);
  });
});

test('a command leaves out what curl says itself, and a body where there is none', () => {
  expect(curlOf(WRITE, 'linux')).toBe(
    [
      `curl --request POST '${WRITE.url}'`,
      '--header "Authorization: $AUTHORIZATION"',
      "--header 'Content-TYPE: text/plain'",
      "--header 'X-Note: two\n  lines '",
      '--data-raw \'{"a":"ü"}\n}\'\n',
    ].join(' \\\n  '),
  );
  expect(curlOf(LOST, 'linux')).toBe(
    'curl --request GET http://localhost/other/place \\\n  --header "Authorization: $AUTHORIZATION"\n',
  );
  expect(curlOf(LOST, 'win32')).toMatch(/^curl --request GET \S+ --header "Authorization: %AUTHORIZATION%"\n$/);
});

describe('without secrets', () => {
  const MARK = '[secret]';
  const ENCODED = encodeURIComponent(MARK);
  const cleaned = (changes: Partial<SharedExchange['line']>, contents: object = {}): SharedExchange =>
    withoutSecrets({ ...LINE, ...changes }, {
      requestHeaders: [],
      requestBody: null,
      responseHeaders: [],
      responseBody: null,
      ...contents,
    } as never);

  test.each([
    ['https://me:hidden@org.example/a?page=1', 'https://org.example/a?page=1'],
    ['https://org.example/a?api_key=hidden&page=2#end', `https://org.example/a?api_key=${ENCODED}&page=2#end`],
    ['https://org.example/a?page=2&api%5Fkey=hidden', `https://org.example/a?page=2&api%5Fkey=${ENCODED}`],
    ['https://org.example/a?%zz=1&password=', `https://org.example/a?%zz=1&password=${ENCODED}`],
    ['https://org.example/a?note=Bearer%20x', 'https://org.example/a?note=Bearer%20x'],
    ['https://org.example/a?q=https://you:hidden@else.example/', 'https://org.example/a?q=https://else.example/'],
  ])('%s', (url, shown) => {
    expect(cleaned({ url }).url).toBe(shown);
  });

  test('headers that say who is calling are left out, and the others are gone through', () => {
    const headers = [
      { name: 'Authorization', value: 'x' },
      { name: 'Set-Cookie', value: 'x' },
      { name: 'Warning', value: 'Bearer abcdefghijkl and so on' },
      { name: 'Location', value: 'https://me:hidden@org.example/b' },
    ];
    const shown = [
      { name: 'Warning', value: `Bearer ${MARK} and so on` },
      { name: 'Location', value: `https://${MARK}@org.example/b` },
    ];
    const { requestHeaders, answer } = cleaned({}, { requestHeaders: headers, responseHeaders: headers });
    expect([requestHeaders, answer?.headers]).toEqual([shown, shown]);
  });

  test.each([
    ['{"password":"x","pin":1,"token":12345}', `{"password":"${MARK}","pin":1,"token":0}`],
    [' [{"a":"https://me:hidden@org.example/","n":1.10}]', ` [{"a":"https://${MARK}@org.example/","n":1.10}]`],
    ['"https://me:hidden@org.example/"', `"https://${MARK}@org.example/"`],
    ['see https://me:hidden@org.example/', `see https://${MARK}@org.example/`],
    ['{"a":1,"list":[{"b":"c"}]}', '{"a":1,"list":[{"b":"c"}]}'],
  ])('a body %s', (body, shown) => {
    const { requestBody, answer } = cleaned({}, { requestBody: body, responseBody: body });
    expect([requestBody, answer?.body]).toEqual([shown, shown]);
  });

  test('signing in shows no body at all, and what was lost has no answer', () => {
    const bodies = { requestBody: 'a', responseBody: 'b' };
    const { requestBody, answer } = cleaned({ purpose: 'token' }, bodies);
    expect([requestBody, answer]).toEqual([null, { status: 201, headers: [], body: null }]);
    expect(cleaned({ status: null }, bodies).answer).toBeNull();
  });
});
