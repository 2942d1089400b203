import { describe, expect, test } from 'vitest';
import { prepareScenario } from '../../shared/simulation/prepared-scenario';
import { readScenario } from '../../shared/simulation/scenario';
import { readSetting, setInScenario, valueAt, withSettings } from '../../shared/simulation/scenario-value';
import { inEnglish } from '../../shared/words/english';
import { badgeBody, scenarioBody, type Json } from './scenarios';

const findings = (body: unknown): Record<string, string> => {
  const reading = readScenario(body);
  if (reading.ok) return {};
  return Object.fromEntries(reading.findings.map(({ path, message }) => [path, message]));
};

describe('reading a scenario', () => {
  test('defaults are filled in', () => {
    const reading = readScenario({
      schema: 'laurel/scenario@1',
      name: 'Least',
      from: '2026-03-01T00:00:00Z',
      to: 1_780_272_000,
      badges: [{ key: 'b', badge: 'b.badge.json' }],
      customers: { segments: [{ name: 's', size: 1, activity: { perWeek: 1 } }] },
    });
    expect(reading).toMatchObject({
      ok: true,
      scenario: {
        seed: 1,
        timeZone: 'UTC',
        replications: 1,
        to: 1_780_272_000_000_000,
        events: null,
        badges: [
          { owner: null, trigger: { kind: 'every', every: 1, minAmount: 0, probability: 1 }, enrol: [], cost: null },
        ],
        customers: {
          segments: [{ activity: { dispersion: 0, weekdays: [1, 1, 1, 1, 1, 1, 1], growthPerMonth: 0, amount: null } }],
        },
      },
    });
  });

  test('every mistake is named with its JSON path, all at once', () => {
    const found = findings({
      ...scenarioBody(),
      timeZone: 'Mars/Olympus',
      seed: 1.5,
      from: '2026-03-01T00:00:00',
      badges: [
        { key: 'a', badge: badgeBody(), trigger: { every: 0 }, enrol: [{ at: 'tomorrow', share: 2 }] },
        { key: 'b', badge: 7, trigger: { count: 2, amount: 3 } },
        { key: 'c', badge: 'x', trigger: { count: 2 }, cost: { perAward: -1 } },
      ],
    });
    expect(Object.keys(found).sort()).toEqual([
      ...[
        'badges[0].enrol[0].at',
        'badges[0].enrol[0].share',
        'badges[0].trigger.every',
        'badges[1].badge',
        'badges[1].trigger',
      ],
      ...['badges[2].cost.perAward', 'badges[2].trigger.withinDays', 'from', 'seed', 'timeZone'],
    ]);
    expect(found['from']).toContain('has no time zone');
  });

  test('a single mistake is told as well as many: what reads the whole file works with none of it', () => {
    for (const timeZone of ['Mars/Olympus', '+25:00', '', 'utc ', 'Europe/Berlin\n'])
      expect(Object.keys(findings({ ...scenarioBody(), timeZone }))).toEqual(['timeZone']);
    for (const from of ['x', '', '2026-03-01', 1e300, null, {}])
      expect(Object.keys(findings({ ...scenarioBody(), from }))).toEqual(['from']);
    const odd = { from: '2026-03-02', to: '2026-03-03', factor: 2 };
    for (const entry of [{ from: '2026-02-30' }, { to: '2026-03-01' }, { from: 7 }, { factor: -1 }, { factor: 'x' }])
      expect(Object.keys(findings({ ...scenarioBody(), calendar: [{ ...odd, ...entry }] })).join()).toMatch(
        /^calendar/,
      );
  });

  test('mistakes are told in words, not in those of a programming language', () => {
    const found = findings({
      ...scenarioBody({ name: 7, seed: 1.5, replications: 0 }, { trigger: { every: 'often', probability: 2 } }),
      schema: 'laurel/scenario@2',
      customers: { segments: [{ name: 's', size: 1, activity: {} }, []] },
    });
    expect(found).toEqual({
      schema: 'must be "laurel/scenario@1"',
      name: 'must be text, not a number',
      seed: 'must be a whole number',
      replications: 'must be 1 or more',
      'badges[0].trigger.every': 'must be a number, not text',
      'badges[0].trigger.probability': 'must be 1 or less',
      'customers.segments[0].activity.perWeek': 'is missing: a number is expected here',
      'customers.segments[1]': 'must be an object, not a list',
    });
  });

  test.each<[string, Json, string]>([
    ['the end before the start', { to: '2026-02-01T00:00:00Z' }, 'to'],
    ['no customers and no events', { customers: null }, 'customers'],
    ['customers and events', { events: { csv: 'e.csv', customer: 'c', at: 'a' } }, 'events'],
    [
      'a key used twice',
      {
        badges: [
          { key: 'k', badge: 'x' },
          { key: 'k', badge: 'y' },
        ],
      },
      'badges[1].key',
    ],
    [
      'a segment that does not exist',
      { badges: [{ key: 'k', badge: 'x', enrol: [{ at: 0, segments: ['nobody'] }] }] },
      'badges[0].enrol[0].segments[0]',
    ],
    [
      'amounts that do not exist',
      { badges: [{ key: 'k', badge: 'x', trigger: { amount: 5, withinDays: 7 } }] },
      'customers.segments[0].activity.amount',
    ],
    [
      'too many customers',
      { customers: { segments: [{ name: 's', size: 1e9, activity: { perWeek: 1 } }] } },
      'customers.segments',
    ],
    ['another schema', { schema: 'laurel/scenario@2' }, 'schema'],
  ])('%s', (_, changes, path) => {
    expect(Object.keys(findings(scenarioBody(changes)))).toEqual([path]);
  });

  test('mistakes of a badge are named by their place in the scenario', () => {
    const preparation = prepareScenario(
      scenarioBody(
        {},
        {
          badge: badgeBody({
            earnType: 'GIFT',
            customerConstraints: [
              { constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW', durationType: 'DAYS', maxEarnLimit: 1 },
            ],
          }),
        },
      ),
    );
    expect(preparation.ok ? [] : preparation.findings.map(({ path }) => path)).toEqual([
      'badges[0].badge.earnType',
      'badges[0].badge.customerConstraints[0].refreshRate',
    ]);
  });
});

describe('single values', () => {
  test('are set at a path, in either spelling, as JSON or text', () => {
    const body = scenarioBody(
      {},
      { badge: badgeBody({ badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 1 }] }) },
    );
    for (const text of [
      'badges.0.badge.badgeConstraints.0.maxEarnLimit=5000',
      'badges[0].badge.name=A = B',
      'badges[0].trigger={"every":3}',
    ]) {
      expect(setInScenario(body, readSetting(text)!)).toBeNull();
    }
    expect(valueAt(body, 'badges.0.badge.badgeConstraints.0.maxEarnLimit')).toBe(5000);
    expect(valueAt(body, 'badges[0].badge.name')).toBe('A = B');
    expect(valueAt(body, 'badges.0.trigger.every')).toBe(3);
    expect(valueAt(body, 'badges.7.trigger')).toBeUndefined();
  });

  test('say why they cannot be set, and reach no prototype', () => {
    const body = scenarioBody();
    const reason = (path: string): string => inEnglish(setInScenario(body, { path, value: 1 })!);
    expect(reason('badges.0.nothing.there')).toBe('cannot be set: there is nothing at badges.0.nothing to hold it');
    expect(reason('badges.4')).toBe('cannot be set: badges has 1 entries, counted from 0');
    expect(setInScenario(body, { path: '__proto__.polluted', value: 1 })).not.toBeNull();
    expect(setInScenario(body, { path: 'badges.0.__proto__', value: 1 })).not.toBeNull();
    expect(({} as Json)['polluted']).toBeUndefined();
  });

  test('change a copy only', () => {
    const body = scenarioBody();
    expect(valueAt(withSettings(body, [{ path: 'seed', value: 9 }]), 'seed')).toBe(9);
    expect(valueAt(body, 'seed')).toBe(3);
  });
});

test('a result, a policy or another document of Laurel has one mistake as a scenario: what it is', () => {
  for (const schema of ['laurel/result@1', 'laurel/policy@1']) {
    const reading = readScenario({ schema, seed: 1, badges: {}, events: {} });
    expect(reading.ok ? [] : reading.findings).toMatchObject([
      { path: 'schema', message: `says that the file is ${schema}; a scenario is needed here (laurel/scenario@1)` },
    ]);
  }
  const later = readScenario({ schema: 'laurel/scenario@2' });
  expect(later.ok ? 0 : later.findings.length).toBeGreaterThan(1);
});
