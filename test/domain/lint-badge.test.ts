import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FixedWindowConstraint } from '../../shared/domain/badge';
import { enrolmentExpiry } from '../../shared/domain/expiry';
import { inspectBody } from '../../shared/domain/inspect-body';
import { DAY, instantOf } from '../../shared/domain/instant';
import { lintBadge, uncappedDates, uncappedWarnings } from '../../shared/domain/lint-badge';
import { MemoryOrg } from '../../shared/domain/memory-org';
import { misplacedBody } from '../../shared/domain/misplaced-body';
import { BADGE_TEMPLATES } from '../../shared/domain/templates';
import { badgeView } from '../../shared/gateway/badge-view';
import { badgeDefinition } from './badge-bodies';
import { badge } from './arbitraries';
import type { BadgeWarning } from '../../shared/domain/body-reader';
import { inEnglish } from '../../shared/words/english';
import { message } from '../../shared/words/message';

const worded = (warning: BadgeWarning): object => ({ ...warning, message: inEnglish(warning.message) });
const places = (body: object): string[] => lintBadge(body).map(({ code, path }) => `${String(code)} ${path}`);
const constraint = (changes: object, list = 'customerConstraints'): object => ({
  [list]: [
    {
      constraintType: list === 'customerConstraints' ? 'CUSTOMER_BADGE_FIXED_WINDOW' : 'BADGE_FIXED_WINDOW',
      maxEarnLimit: 1,
      ...changes,
    },
  ],
});

describe('what no gateway mentions', () => {
  test('a field that nothing reads, at any level, with what was meant', () => {
    const body = {
      customerConstraint: [],
      ownership: { restrictedToOwner: ['Loyalty'] },
      badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimits: 5 }],
      earnedBadgeExpiry: { expirytype: 'NEVER' },
      colour: 'red',
      customFields: { anything: 'goes' },
      tags: [{ name: 'a', text: 'b' }],
    };
    const meant = (name: string): string => ` Did you mean ${name}?`;
    const unknown = (path: string, more = ''): object => ({
      code: 990103,
      path,
      message: `The gateway knows no field ${/\w+$/.exec(path)?.[0] ?? ''} here and ignores it.${more}`,
    });
    expect(lintBadge(body).map(worded)).toEqual([
      unknown('customerConstraint', meant('customerConstraints')),
      unknown('ownership.restrictedToOwner', meant('restrictedToOwners')),
      unknown('badgeConstraints[0].maxEarnLimits', meant('maxEarnLimit')),
      unknown('earnedBadgeExpiry.expirytype', meant('expiryType')),
      unknown('colour'),
      unknown('tags[0].text'),
    ]);
  });

  test('nothing is said of what a gateway prints and of the templates', () => {
    const org = new MemoryOrg();
    fc.assert(
      fc.property(badge, (definition) => {
        const printed = badgeView(org, org.addBadge(definition, 0), 0, { withCounts: true, withCurrentCycle: true });
        expect(lintBadge(printed).filter(({ code }) => code === 990103 || code === 990105)).toEqual([]);
      }),
    );
    const now = instantOf('2026-11-26T12:00:00Z');
    for (const template of BADGE_TEMPLATES) {
      expect(lintBadge(template.build({ name: 'Any', description: 'Why', now, zone: 'UTC' }))).toEqual([]);
    }
  });

  test('a limit of zero means nobody, in every form', () => {
    expect(places({ badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 0 }] })).toEqual([
      '990104 badgeConstraints[0].maxEarnLimit',
    ]);
    expect(places(constraint({ durationType: 'MONTHS', maxEarnLimit: '0' }))).toEqual([
      '990104 customerConstraints[0].maxEarnLimit',
    ]);
    const rolling = {
      constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW',
      rollForDays: 7,
      maxEarnForDays: 0,
      rollForWeeks: 0,
    };
    expect(places({ customerConstraints: [{ ...rolling, maxEarnForWeeks: 0 }] })).toEqual([
      '990104 customerConstraints[0].maxEarnForDays',
    ]);
    expect(places({ badgeConstraints: [{ constraintType: 'BADGE_NO_LIMIT', maxEarnLimit: 0 }] })).toEqual([]);
  });

  test('a period of weeks or months that is not single is said, a weekday where none is used too', () => {
    expect(lintBadge(constraint({ durationType: 'WEEKS', refreshRate: 2 })).map(worded)).toEqual([
      {
        code: 990105,
        path: 'customerConstraints[0].refreshRate',
        message:
          'A cycle of WEEKS is always one week (14 days are DAYS with refreshRate 14): refreshRate 2 is not used.',
      },
    ]);
    expect(places(constraint({ durationType: 'MONTHLY', refreshRate: 3 }, 'badgeConstraints'))).toEqual([
      '990105 badgeConstraints[0].refreshRate',
    ]);
    expect(places(constraint({ durationType: 'DAYS', refreshRate: 2, startDayOfTheWeek: 'MONDAY' }))).toEqual([
      '990105 customerConstraints[0].startDayOfTheWeek',
    ]);
    expect(places(constraint({ durationType: 'WEEKS', refreshRate: 1, startDayOfTheWeek: 6 }))).toEqual([]);
    expect(places(constraint({ durationType: 'DAYS', refreshRate: 2 }))).toEqual([]);
  });

  test('what only another kind of limit reads is said, and a rolling limit that limits nothing', () => {
    const rolling = (changes: object): string[] =>
      places({ customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW', ...changes }] });
    expect(rolling({ durationType: 'MONTHS', refreshRate: 3, maxEarnLimit: 1 })).toEqual([
      '990105 customerConstraints[0].maxEarnLimit',
      '990105 customerConstraints[0].durationType',
      '990105 customerConstraints[0].refreshRate',
      '990107 customerConstraints[0].rollForDays',
    ]);
    expect(rolling({ rollForDays: 0, maxEarnForDays: 3 })).toEqual(['990107 customerConstraints[0].rollForDays']);
    expect(rolling({ rollForDays: 0, rollForWeeks: 2, maxEarnForWeeks: 3, maxEarnLimit: 0 })).toEqual([]);
    const other = (changes: object): string[] => places({ badgeConstraints: [{ maxEarnLimit: 1, ...changes }] });
    expect(
      other({ constraintType: 'BADGE_ROLLING_WINDOW', rollType: 'DAYS', rollValue: 2, rollForDays: 2, refreshRate: 1 }),
    ).toEqual(['990105 badgeConstraints[0].refreshRate', '990105 badgeConstraints[0].rollForDays']);
    expect(other({ constraintType: 'BADGE_FIXED_VALUE', durationType: 'DAYS', refreshRate: null })).toEqual([
      '990105 badgeConstraints[0].durationType',
    ]);
    expect(other({ constraintType: 'BADGE_NO_LIMIT', durationType: 'DAYS' })).toEqual([]);
    expect(
      lintBadge({ badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', rollValue: 2 }] }).map(worded),
    ).toEqual([
      {
        code: 990105,
        path: 'badgeConstraints[0].rollValue',
        message: 'BADGE_FIXED_VALUE does not read rollValue: it is not used.',
      },
    ]);
  });

  test('a body of a hundred thousand odd entries is told in its first hundred', () => {
    const many = Array.from({ length: 100_000 }, (_, index) => [`field ${String(index)}`, 1]);
    expect(lintBadge(Object.fromEntries(many))).toHaveLength(100);
    const zero = { constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 0 };
    expect(lintBadge({ badgeConstraints: Array.from({ length: 100_000 }, () => zero) })).toHaveLength(100);
  });
});

describe('what is no body', () => {
  const context = {
    now: 0,
    settings: { zone: 'UTC', allowPastStart: true },
    migration: true,
    nameTaken: () => false,
  };

  test.each([
    [{ data: { name: 'B' }, errors: [], warnings: [] }, 'the badge is under data'],
    [{ data: { name: 'B' }, errors: null, warnings: null }, 'the badge is under data'],
    [{ data: { metaBasicDetails: [{}], pagination: {} }, errors: [] }, 'under data.metaBasicDetails'],
    [{ data: null, errors: [{ code: 404 }], warnings: null }, 'holds no badge'],
    [[{ name: 'B' }], 'a list of one entry'],
    [[{}, {}], 'a list of 2 entries'],
  ])('%j is told alone', (value, words) => {
    const { definition, issues, warnings } = inspectBody(value, context);
    expect(definition).toBeNull();
    expect(warnings).toEqual([]);
    expect(issues).toHaveLength(1);
    expect(issues[0]?.message).toContain(words);
  });

  test('texts and numbers are one mistake, a body that has a field named data is a body', () => {
    for (const value of ['badge', 7, null, true]) expect(inspectBody(value, context).issues).toHaveLength(1);
    expect(misplacedBody({ name: 'B', data: {}, errors: [] })).toBeNull();
    expect(misplacedBody({})).toBeNull();
  });
});

describe('awards after the last cycle', () => {
  const daily: FixedWindowConstraint = {
    kind: 'FIXED_WINDOW',
    durationType: 'DAYS',
    refreshRate: 1,
    startDayOfTheWeek: null,
    maxEarnLimit: 1,
    fromDate: null,
    untilDate: null,
  };
  const june = badgeDefinition({
    earnType: 'ISSUE_EARN',
    issuedBadgeExpiry: { kind: 'WITH_BADGE_META' },
    expiresOn: instantOf('2026-06-30T00:00:00Z'),
    customerConstraints: [daily],
  });
  const december = instantOf('2026-12-31T00:00:00Z');

  test('an end moved to June leaves enrolments to December without cycles', () => {
    expect(uncappedDates(june, december, 'UTC')).toEqual([
      {
        level: 'customerConstraints',
        lastCycleDate: instantOf('2026-06-30T00:00:00Z') / DAY,
        lastEnrolledDate: instantOf('2026-12-30T00:00:00Z') / DAY,
      },
    ]);
  });

  test('it is said with both dates, at the level it is about', () => {
    expect(uncappedWarnings(june, december, 'UTC').map(worded)).toEqual([
      {
        code: 990106,
        path: 'customerConstraints',
        message: inEnglish(message('refusals.uncapped', { lastCycle: '2026-06-30', lastEnrolled: '2026-12-30' })),
      },
    ]);
    expect(uncappedWarnings(june, null, 'UTC')).toEqual([]);
  });

  test('nobody enrolled, no window, a direct badge and cycles without end leave nothing', () => {
    expect(uncappedDates(june, null, 'UTC')).toEqual([]);
    expect(uncappedDates({ ...june, customerConstraints: [] }, december, 'UTC')).toEqual([]);
    expect(uncappedDates({ ...june, earnType: 'EARN' }, december, 'UTC')).toEqual([]);
    expect(uncappedDates({ ...june, issuedBadgeExpiry: { kind: 'NEVER' } }, december, 'UTC')).toEqual([]);
  });

  test('a badge that nobody edits never outlives its cycles: only an edit can open such dates', () => {
    fc.assert(
      fc.property(badge, fc.double({ min: 0, max: 1, noNaN: true }), (definition, part) => {
        const enrolledOn = definition.startOn + Math.floor(part * (definition.expiresOn - definition.startOn - 1));
        const until = enrolmentExpiry(definition, enrolledOn, enrolledOn, 'UTC');
        expect(uncappedDates(definition, until, 'UTC')).toEqual([]);
      }),
    );
  });
});
