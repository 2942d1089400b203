import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, instantOf } from '../../shared/domain/instant';
import { compareInLane, programmeLanes, type ProgrammeEntry, type ProgrammeLane } from '../../shared/domain/programme';
import { programmeMarks, programmeSpan } from '../../shared/domain/programme-marks';

const JANUARY = instantOf('2027-01-01T00:00:00Z');
const entry = (id: string, change: Partial<ProgrammeEntry> = {}): ProgrammeEntry => ({
  ...{ id, group: 'g', rank: null, startOn: JANUARY, expiresOn: JANUARY + 10 * DAY },
  ...change,
});
const days = (id: string, from: number, to: number): ProgrammeEntry =>
  entry(id, { startOn: JANUARY + from * DAY, expiresOn: JANUARY + to * DAY });
const laneOf = (...entries: ProgrammeEntry[]): ProgrammeLane => ({
  group: { id: 'g', name: null },
  entries: entries.toSorted(compareInLane),
});
const idsOf = ({ entries }: ProgrammeLane): string => entries.map(({ id }) => id).join('');

describe('lanes', () => {
  test('known groups come in their order, then those that only badges name, then badges without one', () => {
    const entries = [entry('a', { group: 'y' }), entry('b', { group: null }), entry('c', { group: 'x' }), entry('d')];
    const groups = ['g', 'empty'].map((id) => ({ id, name: id }));
    expect(programmeLanes(entries, groups).map((lane) => [lane.group?.id ?? null, idsOf(lane)])).toEqual([
      ...[['g', 'd'] as const, ['empty', ''] as const, ['x', 'c'] as const, ['y', 'a'] as const, [null, 'b'] as const],
    ]);
    expect(programmeLanes([], groups).map(({ group }) => group?.id)).toEqual(['g', 'empty']);
  });

  test('ranked badges come first, 1 in front; then unranked ones, the one that ends last in front', () => {
    const none = { startOn: null, expiresOn: null };
    const lane = laneOf(
      entry('n', none),
      days('e', 0, 3),
      days('l', 0, 9),
      entry('2', { rank: 2 }),
      entry('1', { rank: 1 }),
    );
    expect(idsOf(lane)).toBe('12len');
  });
});

describe('marks', () => {
  const marks = (...entries: ProgrammeEntry[]) => programmeMarks([laneOf(...entries)]);

  test('a rank that several have is a tie; no rank is none', () => {
    expect(marks(entry('a', { rank: 2 }), entry('b', { rank: 2 }), entry('c', { rank: 3 }))).toContainEqual({
      ...{ kind: 'tie', lane: 0, first: 'a', rank: 2, ids: ['a', 'b'] },
    });
    expect(marks(entry('a'), entry('b')).filter(({ kind }) => kind === 'tie')).toEqual([]);
  });

  test('a day and longer without a badge is a gap; one that ends where the next begins leaves none', () => {
    expect(marks(days('a', 0, 10), days('b', 24, 30))).toEqual([
      { kind: 'gap', lane: 0, first: 'b', from: JANUARY + 10 * DAY, to: JANUARY + 24 * DAY },
    ]);
    expect(marks(days('a', 0, 10), days('b', 10, 20), days('c', 20.5, 30))).toEqual([]);
    // A long one reaches over a short one that began later.
    expect(marks(days('a', 0, 30), days('b', 5, 6), days('c', 30, 31)).map(({ kind }) => kind)).toEqual(['overlap']);
  });

  test('what runs at once is one stretch, with how many run together at most', () => {
    expect(marks(days('a', 0, 10), days('b', 5, 20), days('c', 8, 9), days('d', 40, 50), days('e', 45, 60))).toEqual([
      {
        kind: 'overlap',
        lane: 0,
        first: 'a',
        ids: ['a', 'b', 'c'],
        count: 3,
        from: JANUARY + 5 * DAY,
        to: JANUARY + 10 * DAY,
      },
      { kind: 'gap', lane: 0, first: 'd', from: JANUARY + 20 * DAY, to: JANUARY + 40 * DAY },
      {
        kind: 'overlap',
        lane: 0,
        first: 'd',
        ids: ['d', 'e'],
        count: 2,
        from: JANUARY + 45 * DAY,
        to: JANUARY + 50 * DAY,
      },
    ]);
  });

  test('badges without a group do not belong together: only their ranks are compared', () => {
    const alone = [days('a', 0, 10), days('b', 5, 9), days('c', 90, 99)].map((one) => ({
      ...one,
      group: null,
      rank: 1,
    }));
    expect(programmeMarks([{ group: null, entries: alone }]).map(({ kind }) => kind)).toEqual(['tie']);
  });

  test('badges without dates, or with dates the wrong way round, are in no stretch', () => {
    expect(marks(days('a', 0, 10), days('b', 9, 3), entry('c', { startOn: null }))).toEqual([]);
  });

  test('at every instant, overlaps and gaps say what counting the badges says', () => {
    const stretch = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 25 }));
    fc.assert(
      fc.property(fc.array(stretch, { minLength: 1, maxLength: 12 }), (stretches) => {
        const entries = stretches.map(([from, length], index) => days(`b${index}`, from, from + length));
        const found = marks(...entries);
        const [first, last] = [
          Math.min(...stretches.map(([from]) => from)),
          Math.max(...stretches.map(([a, b]) => a + b)),
        ];
        for (let day = first; day < last; day += 1) {
          const at = JANUARY + (day + 0.5) * DAY;
          const running = stretches.filter(([from, length]) => from <= day && day < from + length).length;
          const here = found.filter((mark) => mark.kind !== 'tie' && mark.from <= at && at < mark.to);
          expect(here.map(({ kind }) => kind)).toEqual(running === 0 ? ['gap'] : running > 1 ? ['overlap'] : []);
          for (const mark of here) if (mark.kind === 'overlap') expect(mark.count).toBeGreaterThanOrEqual(running);
        }
      }),
    );
  });
});

describe('the time that is drawn', () => {
  test('years that one badge lasts do not squeeze the others', () => {
    const span = programmeSpan(
      [days('a', 0, 30), entry('b', { expiresOn: instantOf('2999-01-01T00:00:00Z') })],
      JANUARY,
    );
    expect(span?.from).toBe(JANUARY);
    expect(span?.to).toBeLessThan(instantOf('2029-02-01T00:00:00Z'));
    expect(programmeSpan([entry('c', { startOn: null })], JANUARY)).toBeNull();
  });

  test('a part of every badge and the present are in it', () => {
    const year = fc.integer({ min: -300, max: 300 });
    fc.assert(
      fc.property(fc.array(fc.tuple(year, year), { minLength: 1, maxLength: 6 }), year, (pairs, now) => {
        const at = JANUARY + now * 365 * DAY;
        const entries = pairs.map(([one, other], index) => days(`b${index}`, one * 365, other * 365));
        const span = programmeSpan(entries, at);
        const dated = entries.filter(({ startOn, expiresOn }) => (startOn ?? 0) < (expiresOn ?? 0));
        expect(span === null).toBe(dated.length === 0);
        if (span === null) return;
        expect(span.from).toBeLessThanOrEqual(at);
        expect(span.to).toBeGreaterThanOrEqual(at);
        for (const { startOn, expiresOn } of dated) {
          expect(startOn).toBeLessThan(span.to);
          expect(expiresOn).toBeGreaterThan(span.from);
        }
      }),
    );
  });
});
