/** A streak is told by the calendar of its zone; the trigger is held to a plain reading of it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateAt, weekDayOf } from '../../shared/domain/calendar';
import { HOUR, instantOf, type Instant } from '../../shared/domain/instant';
import type { EventSlice } from '../../shared/simulation/event-slice';
import { serialiseScenario } from '../../shared/simulation/scenario-file';
import { readScenario, type Trigger } from '../../shared/simulation/scenario';
import { TriggerState } from '../../shared/simulation/triggers';
import { scenarioBody, type Json } from './scenarios';

interface Event {
  at: Instant;
  customer: number;
}

const CUSTOMERS = 3;
const FROM = instantOf('2026-02-25T00:00:00Z');
const TO = instantOf('2026-07-25T00:00:00Z');

/** Attempts of the engine, its events given in slices. */
function attemptsOf(trigger: Trigger, timeZone: string, slices: readonly (readonly Event[])[]): Event[] {
  const state = new TriggerState(trigger, CUSTOMERS, [], { from: FROM, to: TO, timeZone });
  return slices.flatMap((events) => {
    const slice: EventSlice = {
      from: events[0]?.at ?? FROM,
      at: Float64Array.from(events, ({ at }) => at),
      customer: Uint32Array.from(events, ({ customer }) => customer),
      amount: null,
      length: events.length,
      ranges: [{ block: 0, low: 0, high: events.length }],
    };
    const { at, customer, ranges } = state.attemptsOf(slice);
    return ranges.flatMap(({ low, high }) =>
      Array.from({ length: high - low }, (_, index) => ({ at: at[low + index]!, customer: customer[low + index]! })),
    );
  });
}

/** The same, week by week: whoever had an event in each of the N weeks up to this one, none of them used before. */
function plainly(weeks: number, timeZone: string, events: readonly Event[]): Event[] {
  const weekOf = (at: Instant): number => {
    const date = dateAt(at, timeZone);
    return (date - weekDayOf(date)) / 7;
  };
  const seen = new Map<number, Set<number>>();
  const usedUpTo = new Map<number, number>();
  return events.filter(({ at, customer }) => {
    const mine = seen.get(customer) ?? new Set();
    seen.set(customer, mine);
    const week = weekOf(at);
    if (mine.has(week)) return false;
    mine.add(week);
    const used = usedUpTo.get(customer) ?? -Infinity;
    for (let back = 0; back < weeks; back += 1) if (!mine.has(week - back) || week - back <= used) return false;
    usedUpTo.set(customer, week);
    return true;
  });
}

const trigger = (weeksInRow: number): Trigger => ({ kind: 'weeks', weeksInRow, minAmount: 0, probability: 1 });

describe('weeks in a row', () => {
  test.each(['UTC', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Kiritimati'])(
    'in %s, as the calendar has them',
    (zone) => {
      const event = fc.record({
        at: fc.integer({ min: 0, max: (TO - FROM) / HOUR - 1 }).map((hours) => FROM + hours * HOUR),
        customer: fc.integer({ min: 0, max: CUSTOMERS - 1 }),
      });
      fc.assert(
        fc.property(
          fc.array(event, { maxLength: 150 }),
          fc.integer({ min: 1, max: 6 }),
          fc.nat(150),
          (all, weeks, cut) => {
            const events = all.toSorted((one, other) => one.at - other.at);
            const slices = [events.slice(0, cut), events.slice(cut)];
            expect(attemptsOf(trigger(weeks), zone, slices)).toEqual(plainly(weeks, zone, events));
          },
        ),
        { numRuns: 150 },
      );
    },
  );

  test('a Sunday evening and the Monday after it are two weeks, and a week that is left out begins anew', () => {
    const at = (text: string): Event => ({ at: instantOf(text), customer: 0 });
    const events = [
      ...['2026-03-01T22:30:00Z', '2026-03-01T23:30:00Z', '2026-03-10T12:00:00Z', '2026-03-24T12:00:00Z'].map(at),
      ...['2026-03-31T12:00:00Z', '2026-04-08T12:00:00Z', '2026-04-09T12:00:00Z'].map(at),
    ];
    const attempted = (zone: string, weeks: number): string[] =>
      attemptsOf(trigger(weeks), zone, [events]).map(({ at: instant }) =>
        new Date(instant / 1000).toISOString().slice(0, 10),
      );
    expect(attempted('Europe/Berlin', 3)).toEqual(['2026-03-10', '2026-04-08']);
    expect(attempted('UTC', 3)).toEqual(['2026-04-08']);
    expect(attempted('Europe/Berlin', 2)).toEqual(['2026-03-01', '2026-03-31']);
  });

  test('stand in a scenario, alone, and are written as they were', () => {
    const read = (given: Json) => readScenario(scenarioBody({}, { trigger: given }));
    const body = scenarioBody({}, { trigger: { weeksInRow: 4, probability: 0.9 } });
    const reading = readScenario(body);
    expect(reading).toMatchObject({
      scenario: { badges: [{ trigger: { kind: 'weeks', weeksInRow: 4, minAmount: 0, probability: 0.9 } }] },
    });
    expect(serialiseScenario(body as never)).toContain('"weeksInRow": 4');
    expect(read({ weeksInRow: 2, every: 1 })).toMatchObject({ ok: false });
    for (const wrong of [0, 1.5, -1, '4', 523])
      expect(read({ weeksInRow: wrong as never })).toMatchObject({ ok: false });
  });
});
