import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compiledDraws, drawnCodeFile } from '../../scripts/build/compiled-draws.mjs';
import { SyntheticSource } from '../../shared/simulation/arrivals';
import { RandomStream } from '../../shared/simulation/random';
import { readScenario, type Scenario } from '../../shared/simulation/scenario';
import { Timeline } from '../../shared/simulation/timeline';
import { referenceBlock, type ReferenceEvent } from './reference-block';

const BLOCK = 8192;

/** Segments of every kind: one rate or many, quiet days, from 9 on hours, growth, seasons, calendars, amounts that vary or do not, more than one block. */
function randomScenario(seed: number): Scenario {
  const dice = new RandomStream(['scenario', seed]);
  const segment = (name: string): unknown => ({
    name,
    size: 1 + Math.floor(dice.uniform() ** 4 * 20_000),
    activity: {
      perWeek: dice.uniform() * 3,
      dispersion: dice.uniform() < 0.3 ? 0 : dice.uniform() * 6,
      ...(dice.uniform() < 0.5 && { weekdays: [1, 0, 2.5, 0, 0.1, 1, 3] }),
      ...(dice.uniform() < 0.5 && { growthPerMonth: dice.uniform() - 0.4 }),
      ...(seed % 3 === 0 && { season: [1, 1, 0, 0.3, 1, 1, 1, 1, 1, 1, 1, 1] }),
      ...(seed > 8 && name !== 'b' && { hours: randomHours(dice) }),
      ...(dice.uniform() < 0.5 && { amount: { mean: 25, spread: dice.uniform() < 0.3 ? 0 : dice.uniform() } }),
    },
  });
  const reading = readScenario({
    schema: 'laurel/scenario@1',
    name: 'drawn',
    seed,
    timeZone: seed > 8 ? ZONES[seed % ZONES.length] : seed % 2 === 0 ? 'UTC' : 'Europe/Berlin',
    from: seed > 8 ? '2026-03-02T07:12:30.000123Z' : '2026-03-02T00:00:00Z',
    to: '2026-04-20T13:00:00Z',
    badges: [{ key: 'badge', badge: {} }],
    customers: { segments: ['a', 'b', 'c'].map(segment) },
    ...(seed % 4 === 0 && {
      calendar: [
        { from: '2026-03-10', to: '2026-04-02', factor: 1.7 },
        { from: '2026-04-02', to: '2026-04-05', factor: 0 },
      ],
    }),
  });
  if (!reading.ok) throw new Error(JSON.stringify(reading.findings));
  return reading.scenario;
}

/** Hours in which nobody comes, rushes, and weights of any sum. */
function randomHours(dice: RandomStream): number[] {
  const hours = Array.from({ length: 24 }, () => (dice.uniform() < 0.3 ? 0 : dice.uniform() ** 3 * 40));
  return hours.map((weight, hour) => (hour === 12 ? weight + 1 : weight));
}

/** One whose period has clock changes: none, of an hour, of half an hour, at midnight, and one that is off by half an hour. */
const ZONES = ['UTC', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/Havana', 'Asia/Kolkata'] as const;

function drawn(source: SyntheticSource, mayBeApart = false): ReferenceEvent[][] {
  const blocks: ReferenceEvent[][] = source.blocks.map(() => []);
  let latest = -Infinity;
  for (;;) {
    const slice = source.next(Infinity, mayBeApart);
    if (slice === null) break;
    expect(slice.from).toBeGreaterThanOrEqual(latest);
    latest = slice.from;
    if (mayBeApart) expect(slice.ranges).toHaveLength(1);
    for (const { block, low, high } of slice.ranges) {
      for (let index = low; index < high; index += 1) {
        blocks[block]!.push({
          at: slice.at[index]!,
          customer: slice.customer[index]!,
          amount: slice.amount?.[index] ?? NaN,
        });
      }
    }
  }
  return blocks;
}

function reference(scenario: Scenario, timeline: Timeline, replication: number): ReferenceEvent[][] {
  const blocks: ReferenceEvent[][] = [];
  let first = 0;
  for (const segment of scenario.customers!.segments) {
    for (let low = 0; low < segment.size; low += BLOCK) {
      const stream = (purpose: string): RandomStream =>
        new RandomStream([purpose, scenario.seed, replication, segment.name, low / BLOCK]);
      const size = Math.min(BLOCK, segment.size - low);
      blocks.push(referenceBlock(segment, { first: first + low, size }, timeline, scenario.calendar, stream));
    }
    first += segment.size;
  }
  return blocks;
}

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14])(
  'the compiled draws of scenario %i are those of the plain ones, to the bit',
  (seed) => {
    const scenario = randomScenario(seed);
    const timeline = new Timeline(scenario.from, scenario.to, scenario.timeZone);
    const expected = reference(scenario, timeline, seed % 3);
    expect(expected.flat().length).toBeGreaterThan(0);
    expect(drawn(new SyntheticSource(scenario, timeline, seed % 3))).toEqual(expected);
    expect(drawn(new SyntheticSource(scenario, timeline, seed % 3), true)).toEqual(expected);
  },
);

test('sources that draw at the same time, or one after the other in the same memory, do not touch each other', () => {
  const [one, other] = [randomScenario(11), randomScenario(12)];
  const timeline = new Timeline(one.from, one.to, one.timeZone);
  const [left, right] = [new SyntheticSource(one, timeline, 0), new SyntheticSource(other, timeline, 0)];
  const [ofLeft, ofRight] = [drawn(left), drawn(right)];
  expect(ofLeft).toEqual(reference(one, timeline, 0));
  expect(ofRight).toEqual(reference(other, timeline, 0));
  expect(drawn(new SyntheticSource(other, timeline, 1))).toEqual(reference(other, timeline, 1));
  expect(drawn(new SyntheticSource(one, timeline, 1))).toEqual(reference(one, timeline, 1));
});

test('the compiled code is that of its source', async () => {
  expect(readFileSync(drawnCodeFile, 'utf8')).toBe(await compiledDraws(process.cwd()));
});
