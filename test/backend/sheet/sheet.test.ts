import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startingDesign } from '../../../shared/art/designs';
import { exampleCustomer } from '../../../shared/domain/example-customer';
import { instantOf, toIso } from '../../../shared/domain/instant';
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings';
import { temporaryFolder } from '../../db/temporary-folder';
import { badgeDefinition, badgeText } from '../../domain/badge-bodies';
import { testBackend, type TestBackend } from '../open-backend';
import { grant } from '../transfer/transfer-work';

const limits = [{ constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW', rollForDays: 3, maxEarnForDays: 1 }];

async function sheetOf(backend: TestBackend, ids: string[], more: { language?: 'en' | 'de'; platform?: string } = {}) {
  const file = path.join(temporaryFolder(), 'sheet.html');
  const target = grant(backend, file, 'write');
  await backend.call('sheet.write', { target, ids, format: 'html', platform: 'linux', language: 'en', ...more });
  return readFileSync(file, 'utf8');
}

test('a sheet holds words, art, timeline, limits with an example, claims, JSON and commands, and nothing that acts or is secret', async () => {
  const backend = await testBackend();
  const name = 'Streak <script>alert(1)</script>';
  const body = badgeText({ name, description: 'It’s "three" in a row', customerConstraints: limits });
  const { id } = await backend.call('badges.create', { body, migration: true });
  await backend.call('badges.claim', { id, ownerType: 'Loyalty', referenceId: '626' });
  const { digest } = await backend.call('art.keep', { art: startingDesign('gem', 'Streak') });
  const detail = await backend.call('badges.get', { id });
  await backend.call('badges.save', {
    id,
    baseRevision: detail.revision,
    body,
    migration: true,
    label: 'Art',
    art: digest,
  });
  const page = await sheetOf(backend, [id]);
  expect(page).not.toContain('<script>');
  expect(page).toContain('Streak &#60;script&#62;');
  expect(page.match(/data:image\/svg\+xml/g)).toHaveLength(3);
  for (const heading of [
    'In words',
    'In time',
    'Limits',
    'Claims',
    'JSON of the create call',
    'Commands that create it',
  ])
    expect(page).toContain(`<h2>${heading}</h2>`);
  expect(page).toContain('Each customer: 1 in any 3 days');
  expect(page).toContain('Refused: 1 in the last 3 days. A place frees');
  // Windows are told by their days, and no instant to the microsecond.
  expect(page).not.toMatch(/\d\.\d{6} UTC|59\.9/);
  expect(page).toContain('Loyalty: 626');
  expect(page).toContain('X-CAP-BADGES-MIGRATION: migration');
  expect(page).toContain('https://YOUR-CLUSTER/api_gateway/v1/badges/badgeMeta/BADGE-ID/claim');
  expect(page).toContain('$AUTHORIZATION');
  // Nothing is fetched: the only addresses are those of the commands.
  expect(page.match(/(?:src|href)="(?!data:)/g)).toBeNull();
});

test('in German and for Windows; several badges are told apart; one that is broken shows what is wrong and its text', async () => {
  const backend = await testBackend();
  const ids: string[] = [];
  for (const body of [
    badgeText({ name: 'Eins' }),
    '{"name": "Halb", ',
    badgeText({ name: 'Drei', earnType: 'ISSUE_EARN' }),
  ])
    ids.push((await backend.call('badges.create', { body })).id);
  const page = await sheetOf(backend, ids, { language: 'de', platform: 'win32' });
  expect(page).toContain('<html lang="de">');
  for (const name of ['Eins', 'Halb', 'Drei']) expect(page).toContain(`>${name}</h2>`);
  expect(page).toContain('Was daran falsch ist');
  expect(page).toContain('{&#34;name&#34;: &#34;Halb&#34;, ');
  expect(page).toContain('%AUTHORIZATION%');
});

test('the example customer is judged by the rules: awarded, held back by a window, enrolled first, and never after a total', () => {
  const told = (changes: Parameters<typeof badgeDefinition>[0], days: number) =>
    exampleCustomer(badgeDefinition(changes), DEFAULT_SETTINGS, days).map(({ at, outcome }) => [
      toIso(at, 'UTC').slice(0, 10),
      outcome.kind === 'limited'
        ? 'at' in outcome.frees
          ? toIso(outcome.frees.at, 'UTC')
          : outcome.frees.never
        : outcome.kind,
    ]);
  const roll = { rollForWeeks: 0, maxEarnForWeeks: 0, rollForMonths: 0, maxEarnForMonths: 0 };
  const window = { kind: 'CUSTOMER_ROLLING_WINDOW' as const, rollForDays: 2, maxEarnForDays: 1, ...roll };
  expect(told({ customerConstraints: [window] }, 3)).toEqual([
    ['2026-01-01', 'awarded'],
    ['2026-01-02', '2026-01-03T12:00:00Z'],
    ['2026-01-03', 'awarded'],
  ]);
  expect(told({ customerConstraints: [{ kind: 'FIXED_VALUE', maxEarnLimit: 1 }] }, 2)).toEqual([
    ['2026-01-01', 'awarded'],
    ['2026-01-02', 'counts-for-ever'],
  ]);
  const enrolled = {
    earnType: 'ISSUE_EARN' as const,
    issuedBadgeExpiry: { kind: 'RELATIVE' as const, unit: 'DAYS' as const, value: 1 },
  };
  expect(told({ ...enrolled, active: false }, 3).map(([, kind]) => kind)).toEqual([
    'enrolled',
    'awarded',
    'refused',
    'refused',
  ]);
  expect(
    told({ startOn: instantOf('2026-01-01T18:00:00Z'), expiresOn: instantOf('2026-01-02T06:00:00Z') }, 5),
  ).toHaveLength(1);
});
