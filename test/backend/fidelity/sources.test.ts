import { expect, test } from 'vitest';
import { makeRecording } from '../../../electron/backend/fidelity/record/make-recording';
import { recordingOf } from '../../../electron/backend/fidelity/record/read-source';
import { replay } from '../../../electron/backend/fidelity/replay/replay';
import { HarSession, harOf } from './har-session';
import { BASE } from './recorded-session';

const trigger = { ownerType: 'Loyalty', referenceId: '626' };
const badgeBody = (startOn: number): object => ({
  ...{ name: 'Visits', startOn, expiresOn: startOn + 90 * 86_400, earnType: 'EARN' },
  ...{ earnedBadgeExpiry: { expiryType: 'NEVER' }, ownership: { restrictedToOwners: ['Loyalty'] } },
  customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 1 }],
});

async function visits(session: HarSession, now: number): Promise<void> {
  const made = await session.call('POST', 'badgeMeta', badgeBody(now + 1));
  const { id } = made['data'] as { id: string };
  await session.call('POST', `badgeMeta/${id}/claim`, trigger);
  await session.call('PUT', '/__practice/clock', { now: new Date((now + 3_600) * 1000).toISOString() });
  for (const requestId of ['a', 'b', 'b'])
    await session.call('POST', 'customer/earn', {
      badgeMetaId: id,
      customerId: 566135941,
      requestId,
      triggeredBy: trigger,
    });
  await session.call('GET', `badgeMeta/${id}`);
  await session.call('GET', `management/566135941/badge/${id}`);
}

test('an archive of calls over HTTP to a practice org whose clock stands still replays alike', async () => {
  const session = await HarSession.open({ now: '2026-03-10T12:00:00Z', settings: { customerLimitCode: 4711 } });
  await visits(session, Date.parse('2026-03-10T12:00:00Z') / 1000);
  await session.stop();
  const recording = recordingOf(JSON.stringify(session.har), 'session.har');
  expect(recording.clock).toBe('still');
  expect(recording.calls.map(({ at }) => at)).toEqual([
    ...Array<string>(2).fill('2026-03-10T12:00:00Z'),
    ...Array<string>(5).fill('2026-03-10T13:00:00Z'),
  ]);
  const report = await replay(recording, { settings: {} });
  expect(report.explanation.sets).toEqual([[{ option: 'customer-limit-code', value: '4711' }]]);
  expect((await replay(recording, { settings: { customerLimitCode: 4711 } })).counts).toEqual({
    ...{ calls: 7, same: 7, different: 0, undecidable: 0 },
  });
});

test('an archive of a practice org with a running clock, kept by a computer whose clock is off, replays alike', async () => {
  const session = await HarSession.open({ now: null });
  await visits(session, Math.ceil(Date.now() / 1000));
  await session.stop();
  const late = session.entries.map((entry) => ({
    ...entry,
    startedDateTime: new Date(Date.parse(entry.startedDateTime) + 400_000).toISOString(),
  }));
  const report = await replay(recordingOf(JSON.stringify(harOf(late)), 'late.har'), { settings: {} });
  expect(report.calls.filter(({ verdict }) => verdict === 'different')).toEqual([]);
});

const entry = (more: { url?: string; request?: object; response?: object }): object => ({
  ...{ startedDateTime: '2026-03-10T12:00:00.000Z', time: 3 },
  request: { method: 'GET', url: more.url ?? `https://eu.example.com${BASE}/badgeMeta`, headers: [], ...more.request },
  response: { status: 200, headers: [], content: { size: 2, text: '{}' }, ...more.response },
});

test('what an archive lacks is told, and never taken for nothing', () => {
  const { calls, leftOut } = makeRecordingOf([
    entry({ request: { method: 'POST', bodySize: 40 } }),
    entry({ response: { content: { size: 400 } } }),
    entry({ response: { content: { size: 4, text: 'gICAgA==', encoding: 'base64' } } }),
    entry({ response: { content: { size: 400, text: '{"data":{"na' } } }),
    entry({ response: { status: 0, content: {} } }),
    entry({ url: 'https://shop.example.com/cart' }),
    entry({ url: 'https://eu.example.com/v3/oauth/token/generate' }),
    { startedDateTime: 'never' },
    7,
  ]);
  expect(calls.map(({ body, missing, answer }) => [body, missing, answer && [answer.body, answer.missing]])).toEqual([
    [null, 'not-recorded', ['{}', null]],
    ['', null, [null, 'not-recorded']],
    ['', null, [null, 'not-text']],
    ['', null, [null, 'cut']],
    ['', null, null],
  ]);
  expect(leftOut).toEqual([
    { kind: 'no-request', count: 2 },
    { kind: 'elsewhere', count: 1 },
    { kind: 'token', count: 1 },
  ]);
});

const makeRecordingOf = (entries: readonly unknown[]) => recordingOf(JSON.stringify(harOf(entries)), 'a.har');

test.each([
  ['', 'is no JSON: Line 1, column 1: it is empty'],
  ['{"log": {"entries": [', 'is no JSON: Line 1, column 22: the text ends before it is complete'],
  ['[]', 'holds no calls that Laurel can read'],
  ['{"schema": "laurel/recording@9"}', 'it is laurel/recording@9, and this Laurel reads laurel/recording@1'],
  ['{"schema": "laurel/recording@1", "calls": 3}', 'is not as laurel/recording@1 has it'],
])('%s is refused in words', (text, words) => {
  expect(() => recordingOf(text, 'a.har')).toThrow(words);
});

test('an empty archive is an empty recording, and replays to nothing', async () => {
  const recording = makeRecordingOf([]);
  expect(recording.calls).toEqual([]);
  expect((await replay(recording, { settings: {} })).counts.calls).toBe(0);
});

const answer = { data: { metaBasicDetails: [], pagination: { page: 0, size: 10, total: 0, totalPages: 0 } } };
const url = `https://eu.example.com${BASE}/badgeMeta?size=10`;
const call = {
  ...{
    at: '2026-03-10T12:00:00Z',
    method: 'GET',
    path: `${BASE}/badgeMeta`,
    query: 'size=10',
    body: '',
    missing: null,
  },
};

test('runs of newman and Bruno, and examples of Postman, become the same calls', () => {
  const date = { key: 'Date', value: 'Tue, 10 Mar 2026 12:00:00 GMT' };
  const path = ['api_gateway', 'v1', 'badges', 'badgeMeta'];
  const newman = {
    run: {
      timings: { started: Date.parse('2026-03-10T12:00:00Z') },
      executions: [
        {
          request: {
            method: 'GET',
            header: [],
            url: { host: ['eu', 'example', 'com'], path, query: [{ key: 'size', value: '10' }] },
          },
          response: {
            code: 200,
            header: [date],
            responseTime: 0,
            stream: { type: 'Buffer', data: [...Buffer.from(JSON.stringify(answer))] },
          },
        },
      ],
    },
  };
  const bruno = [
    {
      results: [
        {
          request: { method: 'GET', url, headers: {} },
          response: { status: 200, headers: { date: date.value }, data: answer, responseTime: 0 },
        },
      ],
    },
  ];
  const postman = {
    info: { name: 'Badges' },
    item: [
      {
        item: [
          {
            request: { method: 'GET', url: { raw: url } },
            response: [{ code: 200, header: [date], body: JSON.stringify(answer) }],
          },
        ],
      },
    ],
  };
  for (const [source, kind] of [
    [newman, 'newman'],
    [bruno, 'bruno'],
    [postman, 'postman'],
  ] as const) {
    const recording = recordingOf(JSON.stringify(source), 'run.json');
    expect(recording.source.kind).toBe(kind);
    expect(recording.calls).toMatchObject([{ ...call, answer: { status: 200, body: JSON.stringify(answer) } }]);
  }
});

test('a source that says nowhere when its calls were made is refused, since the rules depend on the clock', () => {
  const source = {
    ...{ kind: 'bruno' as const, program: null, broken: 0 },
    calls: [
      { at: null, milliseconds: 1, method: 'GET', url, headers: [], body: { text: '', missing: null }, answer: null },
    ],
  };
  expect(() => makeRecording(source)).toThrow('when its calls were made');
});

test.each([
  ['a read of the badge shows it', 'removed', true, 'lost-before'],
  ['an entry is no request', 'blank', false, 'lost-before'],
] as const)('a claim that is missing from the archive turns no switch: %s', async (_, how, isRead, reason) => {
  const session = await HarSession.open({ now: '2026-03-10T12:00:00Z' });
  await visits(session, Date.parse('2026-03-10T12:00:00Z') / 1000);
  await session.stop();
  const claim = session.entries.findIndex(({ request }) => request.url.endsWith('/claim'));
  const read = session.entries.findIndex(({ request }) => request.method === 'GET');
  const entries: unknown[] = [...session.entries];
  if (!isRead) entries.splice(read);
  entries.splice(claim, 1, ...(how === 'blank' ? [null] : []));
  const report = await replay(recordingOf(JSON.stringify(harOf(entries)), 'gap.har'), { settings: {} });
  expect(report.calls.filter(({ verdict }) => verdict === 'different')).toEqual([]);
  expect(report.calls.map((call) => call.reason)).toContain(reason);
  expect(report.explanation.sets.flat()).toEqual([]);
});
