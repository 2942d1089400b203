/**
 * What an answer of an org, or its absence, comes to: the outcome and the sentence that a person reads. The records are
 * read by a person when they change (`vitest -u` writes them).
 */
import { expect, test } from 'vitest';
import { interpret, type Outcome } from '../../../../electron/backend/sync/client/answers';
import type { Exchange, ExchangeFault } from '../../../../electron/backend/sync/client/exchange';
import { outcomeInWords } from '../../../../electron/backend/sync/client/gateway-client';
import { outcomeFailure } from '../../../../electron/backend/sync/client/outcome-failure';
import { retryAfterOf } from '../../../../electron/backend/sync/client/patient-read';
import { reachability } from '../../../../electron/backend/sync/client/reachability';
import { adviceOf } from '../../../../electron/backend/sync/client/refusal-advice';
import { inEnglish } from '../../../../shared/words/english';
import { message, type Message } from '../../../../shared/words/message';
import { Failure } from '../../../../shared/ipc/errors';

const answered = (status: number, body: unknown, headers: Record<string, string> = {}): Exchange => ({
  kind: 'answer',
  status,
  headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});
const worded = (key: string, value: unknown): unknown =>
  (key === 'sentence' || key === 'words') && value !== null ? inEnglish(value as Message) : value;
const record = (lines: readonly (readonly [string, unknown])[]): string =>
  `${lines.map(([name, value]) => `${name}: ${JSON.stringify(value, worded)}`).join('\n')}\n`;

const refusal = (code: number, text = 'No'): object => ({ data: null, errors: [{ code, message: text }] });
const FAULTS: readonly ExchangeFault[] = [
  ...(['name-not-found', 'refused', 'unreachable', 'certificate', 'proxy', 'network', 'timeout', 'reset'] as const),
  ...(['cut', 'unreadable', 'unsendable', 'cancelled'] as const),
];
const EXCHANGES: Readonly<Record<string, Exchange>> = {
  done: answered(200, { data: { a: 1 }, errors: [] }),
  'done, errors null': answered(299, { data: 0, errors: null }),
  'done, without data': answered(200, { data: null, errors: [] }),
  'below success': answered(199, { data: {}, errors: [] }),
  'no body': answered(204, ''),
  'no JSON': answered(200, '<html>'),
  'no envelope': answered(200, [1]),
  'not UTF-8': { kind: 'answer', status: 200, headers: [], body: Buffer.from([0xff, 0xfe]) },
  'too deep': answered(200, `${'['.repeat(41)}${']'.repeat(41)}`),
  refused: answered(400, refusal(810)),
  'refused within success': answered(200, refusal(810)),
  'six refusals': answered(400, {
    data: null,
    errors: [1, 2, 3, 4, 5, 6].map((code) => ({ code, message: `No ${code}` })),
  }),
  'at the limit of refusals': answered(499, refusal(810)),
  'crash of the org, with a code': answered(500, refusal(810, 'Sorry')),
  'crash that would write lines of its own': answered(500, refusal(810, 'Sorry.\nDone: 3 of 3')),
  'refused, with lines of its own': answered(400, refusal(810, 'No.\n\tDone')),
  'crash of the validator': answered(500, refusal(999_999)),
  'crash of the validator among others': answered(503, {
    data: null,
    errors: [{ code: 1 }, { code: 999_999, message: 'x' }],
  }),
  'crash without a word': answered(500, { data: null, errors: [] }),
  'not there, without a word': answered(404, { data: null, errors: [] }),
  unavailable: answered(503, '', { 'Retry-After': '3' }),
  unauthorized: answered(401, ''),
  forbidden: answered(403, refusal(401)),
  'too often': answered(429, '', { 'retry-after': ' 2 ' }),
  'too often, without a time': answered(429, ''),
  'too often, for two hours': answered(429, '', { 'retry-after': '7200' }),
  'too often, until a date that was': answered(429, '', { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }),
  'too often, until somewhen': answered(429, '', { 'retry-after': 'soon' }),
  'too often, ten digits': answered(429, '', { 'retry-after': '1234567890' }),
  moved: answered(301, ''),
  'moved on the same host': answered(302, '', { location: '/login' }),
  'moved elsewhere': answered(399, '', { Location: 'https://evil.example/x' }),
  'moved to nowhere': answered(300, '', { location: 'http://[' }),
  'moved to nowhere of the same scheme': answered(307, '', { location: 'https://org.invalid:1/' }),
  'too large, not sent': { kind: 'not-sent', fault: 'too-large', detail: '1' },
  'too large': { kind: 'ambiguous', fault: 'too-large', detail: String(3 * 1024 * 1024), status: 200 },
  'not sent, in words': { kind: 'not-sent', fault: 'network', detail: 'x', said: message('network.noWay') },
  ...Object.fromEntries(FAULTS.map((fault) => [`not sent: ${fault}`, { kind: 'not-sent', fault, detail: 'DETAIL' }])),
  ...Object.fromEntries(
    FAULTS.map((fault) => [`ambiguous: ${fault}`, { kind: 'ambiguous', fault, detail: 'DETAIL', status: null }]),
  ),
};
const outcomes = (isWrite: boolean): [string, Outcome][] =>
  Object.entries(EXCHANGES).map(([name, exchange]) => [name, interpret(exchange, { host: 'org.example', isWrite })]);

test.each([
  ['a read', false],
  ['a write', true],
])('what %s comes to', async (what, isWrite) => {
  await expect(record(outcomes(isWrite))).toMatchFileSnapshot(`./records/${what.replace(' ', '-')}.txt`);
});

test('a date of Retry-After is one to come, at most an hour away', () => {
  const until = (milliseconds: number): number =>
    retryAfterOf(
      interpret(answered(429, '', { 'retry-after': new Date(Date.now() + milliseconds).toUTCString() }), {
        ...{ host: 'org', isWrite: true },
      }),
    ) ?? -1;
  expect(until(600_000)).toBeGreaterThan(590_000);
  expect(until(600_000)).toBeLessThanOrEqual(600_000);
  expect(until(7_200_000)).toBe(3_600_000);
});

test('what each outcome says of the org, of another try and of a call that needed it', async () => {
  const kinds = new Map(
    [...outcomes(true), ...outcomes(false)].map(([, outcome]) => [
      `${outcome.kind}${outcome.kind === 'not-sent' && outcome.fault === 'cancelled' ? ', cancelled' : ''}`,
      outcome,
    ]),
  );
  const told = [...kinds].sort().map(([kind, outcome]): [string, unknown] => {
    const failure = outcome.kind === 'success' ? null : outcomeFailure(outcome, 'All is kept.');
    return [
      kind,
      {
        reachability: reachability(outcome),
        retryAfter: retryAfterOf(outcome),
        sentence: outcomeInWords(outcome),
        code: failure?.code,
        words: failure instanceof Failure ? failure.words : null,
        errors: failure?.gatewayErrors.length,
        alone: outcome.kind === 'success' ? null : outcomeFailure(outcome, null).message,
      },
    ];
  });
  await expect(record(told)).toMatchFileSnapshot('./records/outcomes.txt');
});

test('every code that a document explains has its advice, and no other', async () => {
  const codes = [...Array.from({ length: 1_100 }, (_, index) => index), 990_001, 999_998, 999_999, 1_000_000];
  const told = codes.flatMap((code): [string, unknown][] => {
    const sentence = adviceOf(code);
    return sentence === null ? [] : [[String(code), { sentence }]];
  });
  await expect(record(told)).toMatchFileSnapshot('./records/advice.txt');
});
