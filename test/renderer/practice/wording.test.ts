import { expect, test } from 'vitest';
import { curlLines, type CurlSource } from '../../../renderer/features/sync/practice/curl-lines';
import { quoted } from '../../../shared/ipc/shell-word';
import { ENDPOINT_NAMES } from '../../../renderer/features/sync/practice/endpoint-wording';
import { FAULT_WORDS, ruleSentence } from '../../../renderer/features/sync/practice/fault-wording';
import { switchGroups } from '../../../renderer/features/sync/practice/switch-wording';
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings';
import { instantOf } from '../../../shared/domain/instant';
import { ENDPOINTS } from '../../../shared/gateway/endpoints';
import { FAULT_KINDS } from '../../../shared/gateway/fault-plan';
import { GATEWAY_SWITCHES } from '../../../shared/gateway/switches';
import { practiceSwitches, type PracticeFault } from '../../../shared/ipc/practice-contract';

const SOURCE: CurlSource = {
  url: 'http://127.0.0.1:8080',
  credentials: { user: 'practice-1', password: "it's" },
  now: instantOf('2026-05-04T09:30:00Z'),
  startedOn: instantOf('2026-05-04T09:00:00Z'),
  answered: 4,
  badgeCount: 1,
  badge: { id: 'b'.repeat(24), name: 'Ten visits' },
  platform: 'linux',
};
const RULE: PracticeFault = {
  isOn: true,
  fault: '429',
  share: 0.1,
  after: 0,
  milliseconds: 1_000,
  retryAfterSeconds: 1,
};

test('every switch of the gateway stands in the form, with choices that it takes', () => {
  const entries = switchGroups().flatMap((group) => group.entries);
  expect(entries.map(({ key }) => key).sort()).toEqual(GATEWAY_SWITCHES.map(({ key }) => key).sort());
  for (const entry of entries) {
    const schema = practiceSwitches.shape[entry.key];
    expect(schema.safeParse(DEFAULT_SETTINGS[entry.key]).success, entry.key).toBe(true);
    if (entry.look === 'toggle') expect(typeof DEFAULT_SETTINGS[entry.key], entry.key).toBe('boolean');
    if (entry.look === 'number') {
      for (const [value, fits] of [
        [entry.min, true],
        [entry.max, true],
        [entry.min - 1, false],
        [entry.max + 1, false],
      ] as const) {
        expect(schema.safeParse(value).success, `${entry.key} ${value}`).toBe(fits);
      }
    }
    if (entry.look !== 'choice') continue;
    for (const { value } of entry.choices) expect(schema.safeParse(value).success, `${entry.key} ${value}`).toBe(true);
  }
});

test('every endpoint and every fault has words', () => {
  expect([...ENDPOINT_NAMES].sort()).toEqual([...new Set(ENDPOINTS.map(({ name }) => name))].sort());
  expect(Object.keys(FAULT_WORDS).sort()).toEqual([...FAULT_KINDS].sort());
});

test('a rule is one sentence', () => {
  expect(ruleSentence(RULE)).toBe('429 Too many requests: 10% of every call');
  expect(ruleSentence({ ...RULE, share: 1, route: 'earn', after: 5, count: 20, requestId: 'r7' })).toBe(
    '429 Too many requests: All of “Award one”, with request id r7, after the first 5, at most 20 times',
  );
});

test('a terminal takes a command as it is, whatever stands in it', () => {
  expect(quoted("it's $HOME", 'linux')).toBe(String.raw`'it'\''s $HOME'`);
  expect(quoted(String.raw`{"a":"b\"c"}`, 'win32')).toBe(String.raw`"{\"a\":\"b\\\"c\"}"`);
  const list = curlLines(SOURCE).find(({ id }) => id === 'list');
  expect(list?.text).toBe(
    String.raw`curl -sS -u 'practice-1:it'\''s' 'http://127.0.0.1:8080/api_gateway/v1/badges/badgeMeta'`,
  );
});

test('names and request ids are new after every call, and without a badge there is none to award', () => {
  const award = (source: CurlSource): string | undefined => curlLines(source).find(({ id }) => id === 'award')?.text;
  expect(award(SOURCE)).not.toBe(award({ ...SOURCE, answered: 5 }));
  expect(curlLines({ ...SOURCE, badge: null }).map(({ id }) => id)).toEqual(['list', 'create', 'token', 'with-token']);
  const open = curlLines({ ...SOURCE, credentials: null });
  expect(open.map(({ id }) => id)).toEqual(['list', 'create', 'claim', 'award']);
  expect(open.some(({ text }) => text.includes('-u'))).toBe(false);
});
