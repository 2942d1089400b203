import { describe, expect, test } from 'vitest';
import {
  badgeStatus,
  BADGE_OWNERS,
  BADGE_STATUSES,
  EARN_TYPES,
  OWNER_TYPES,
  PERIOD_UNITS,
} from '../../shared/domain/badge';
import { WEEK_DAYS } from '../../shared/domain/calendar';
import { readJson } from '../../shared/domain/json';
import { readJsonBytes } from '../../shared/domain/json-bytes';
import { badgeDefinition } from './badge-bodies';

test('the tables hold their words, in their order', () => {
  expect(EARN_TYPES).toEqual(['EARN', 'ISSUE_EARN']);
  expect(BADGE_STATUSES).toEqual(['UPCOMING', 'LIVE', 'EXPIRED']);
  expect(PERIOD_UNITS).toEqual(['DAYS', 'WEEKS', 'MONTHS']);
  expect(OWNER_TYPES).toEqual([
    ...['Loyalty', 'Loyalty_Promotion', 'Referral_Campaigns', 'Journeys', 'Audience_Campaigns', 'Rewards_Catalog'],
    ...['Goodwill_Module', 'Milestones', 'Historical_Import'],
  ]);
  expect(BADGE_OWNERS).toEqual([...OWNER_TYPES, 'Membercare']);
  expect(WEEK_DAYS).toEqual(['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']);
});

test('a badge is live from its start up to, and without, its end (L1)', () => {
  const badge = badgeDefinition();
  const at = [badge.startOn - 1, badge.startOn, badge.expiresOn - 1, badge.expiresOn];
  expect(at.map((now) => badgeStatus(badge, now))).toEqual(['UPCOMING', 'LIVE', 'LIVE', 'EXPIRED']);
});

describe('JSON', () => {
  test('depth is how deep a text nests, not how many lists and objects it has', () => {
    const beside = (element: string): string => `[${Array.from({ length: 20_000 }, () => element).join(',')}]`;
    for (const element of ['[]', '{}', '[{"a":[]}]', '"[[{{"', '"\\"[["'])
      expect(readJson(beside(element)).ok).toBe(true);
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const deep = open.repeat(20_000) + (open === '[' ? '' : '1') + close.repeat(20_000);
      expect(readJson(deep).ok).toBe(false);
    }
  });

  test('a file may be UTF-8 or UTF-16 of either order, with or without a mark', () => {
    const text = '{"a":"ä"}';
    const little = Buffer.from(text, 'utf16le');
    const big = Buffer.from(little).swap16();
    const files = [
      ...[Buffer.from(text), Buffer.from(`\uFEFF${text}`), little, Buffer.from(`\uFEFF${text}`, 'utf16le'), big],
      Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
    ];
    for (const file of files) expect(readJsonBytes(file, TextDecoder)).toEqual({ ok: true, text });
    expect(readJsonBytes(Buffer.alloc(0), TextDecoder)).toEqual({ ok: true, text: '' });
    expect(readJsonBytes(Uint8Array.of(0x7b, 0xe4, 0x7d), TextDecoder)).toEqual({
      ok: false,
      reason: 'is neither UTF-8 nor UTF-16 text: save it as UTF-8',
    });
  });
});
