/** An org's own counts beside the forecast: what is judged, up to when, and where they and a file of awards disagree. */
import { expect, test } from 'vitest';
import { instantOf } from '../../shared/domain/instant';
import { scoreOrgCounts, type OrgCounts } from '../../shared/simulation/org-score';
import { Timeline } from '../../shared/simulation/timeline';

const at = (text: string) => instantOf(text);
const TIMELINE = new Timeline(at('2026-01-05T00:00:00Z'), at('2026-02-02T00:00:00Z'), 'UTC');
/** Runs of 8, 9, … 12 awards on each of the 28 days: P10 of a day is 8.4, P90 11.6. */
const RUNS = [8, 9, 10, 11, 12].map((many) => Array.from({ length: 28 }, () => many));
const counts = (change: Partial<OrgCounts> = {}): OrgCounts => ({
  ...{
    id: 'b1',
    readOn: at('2026-01-15T12:00:00Z'),
    startOn: TIMELINE.from,
    expiresOn: TIMELINE.to,
    awards: 105,
    cycles: [],
    earlier: [],
    namesake: null,
  },
  ...change,
});
const score = (change: Partial<OrgCounts> = {}, file: number[] | null = null, known = file?.length ?? 0) =>
  scoreOrgCounts(TIMELINE, RUNS, counts(change), file === null ? null : { actual: file, known });
const days = (many: number, each = 10): number[] => Array.from({ length: many }, () => each);

test('all awards are held against the forecast up to the instant at which the org was asked', () => {
  // Ten days and a half.
  expect(score().total).toEqual({ actual: 105, place: 'in', forecast: { p10: 88.2, p50: 105, p90: 121.8, mean: 105 } });
  expect(score({ awards: 80 }).total?.place).toBe('below');
  expect(score({ awards: 130 }).total?.place).toBe('above');
  expect(score({ readOn: at('2026-03-01T00:00:00Z'), awards: 280 }).total).toMatchObject({
    ...{ place: 'in', forecast: { p50: 280 } },
  });
});

test('of the day that goes on the forecast counts what its hours let expect', () => {
  const counted = { ...counts(), awards: 101 };
  const mostlyLater = scoreOrgCounts(TIMELINE, RUNS, counted, null, (day, when) => {
    expect([day, when]).toEqual([10, counted.readOn]);
    return 0.1;
  });
  expect(mostlyLater.total?.forecast.mean).toBeCloseTo(101, 10);
});

test('a count that holds more or less than the forecast is not judged, and it is said why', () => {
  const why = (change: Partial<OrgCounts>) => {
    const { total, unjudged } = score(change);
    expect(total).toBeNull();
    return unjudged;
  };
  expect(why({ awards: null })).toBe('not-counted');
  expect(why({ startOn: at('2026-01-04T00:00:00Z') })).toBe('began-before');
  expect(why({ readOn: at('2026-01-05T00:00:00Z') })).toBe('too-early');
  expect(why({ readOn: at('2026-02-03T00:00:00Z'), expiresOn: at('2026-04-01T00:00:00Z') })).toBe('read-after');
});

test('cycles are judged whole, the one that goes on up to now; those that reach out of the forecast are left out', () => {
  const cycle = (from: string, to: string, awards: number) => ({ window: 'w', from: at(from), to: at(to), awards });
  const cycles = [
    cycle('2026-01-12T00:00:00Z', '2026-01-19T00:00:00Z', 20),
    cycle('2026-01-05T00:00:00Z', '2026-01-12T00:00:00Z', 70),
    cycle('2025-12-29T00:00:00Z', '2026-01-05T00:00:00Z', 4),
    cycle('2026-01-19T00:00:00Z', '2026-01-26T00:00:00Z', 0),
  ];
  const { cycles: scored, cyclesOut } = score({ cycles });
  expect(
    scored.map(({ from, to, isOpen, scored: { actual, forecast, place } }) => [
      from,
      to,
      isOpen,
      actual,
      forecast.p50,
      place,
    ]),
  ).toEqual([
    ['2026-01-05', '2026-01-11', false, 70, 70, 'in'],
    ['2026-01-12', '2026-01-15', true, 20, 35, 'below'],
  ]);
  expect(cyclesOut).toBe(1);
  // The first cycle begins at midnight, the badge at noon: there were none before.
  const late = score({
    startOn: at('2026-01-06T12:00:00Z'),
    cycles: [cycle('2026-01-04T00:00:00Z', '2026-01-12T00:00:00Z', 55)],
  });
  expect(late.cycles[0]).toMatchObject({ from: '2026-01-06', scored: { forecast: { p50: 55 } } });
  // A forecast of which the badge goes on does not know the whole last cycle.
  const over = { readOn: at('2026-03-01T00:00:00Z'), expiresOn: at('2026-06-01T00:00:00Z') };
  expect(score({ ...over, cycles: [cycle('2026-01-26T00:00:00Z', '2026-02-09T00:00:00Z', 9)] }).cycles).toEqual([]);
});

test('a file that goes on past the count must have it, one that ends before may have less', () => {
  // The file of 20 days has 100 until the day on which the org was asked, and 110 with it.
  expect(score({}, days(20)).file).toEqual({ awards: 105, differs: false, later: null });
  expect(score({ awards: 111 }, days(20)).file).toEqual({ awards: 110, differs: true, later: null });
  expect(score({ awards: 99 }, days(20)).file).toEqual({ awards: 100, differs: true, later: null });
  // The file of seven days has 70; 35 came since.
  expect(score({}, days(7)).file).toMatchObject({ awards: 70, differs: false, later: { actual: 35, place: 'in' } });
  expect(score({ awards: 140 }, days(7)).file).toMatchObject({ differs: false, later: { actual: 70, place: 'above' } });
  expect(score({ awards: 69 }, days(7)).file).toEqual({ awards: 70, differs: true, later: null });
  expect(score({ readOn: at('2026-01-12T00:00:00Z'), awards: 71 }, days(7)).file).toMatchObject({ differs: true });
  expect(score({ awards: null }, days(7)).file).toBeNull();
});

test('a cycle is held against the file where the file knows just its days', () => {
  const cycles = [
    { window: 'w', from: at('2026-01-05T00:00:00Z'), to: at('2026-01-12T00:00:00Z'), awards: 68 },
    { window: 'w', from: at('2026-01-12T00:00:00Z'), to: at('2026-01-15T00:00:00Z'), awards: 30 },
    { window: 'berlin', from: at('2026-01-05T23:00:00Z'), to: at('2026-01-11T23:00:00Z'), awards: 68 },
  ];
  const inFile = score({ cycles }, days(9)).cycles.map(({ window, from, file }) => [window, from, file]);
  expect(inFile).toEqual([
    ['w', '2026-01-05', 70],
    ['berlin', '2026-01-05', null],
    ['w', '2026-01-12', null],
  ]);
});

const said = (readOn: string, awards: number) => ({ readOn: at(readOn), awards });
const told = (history: ReturnType<typeof score>['history']) =>
  history?.readings.map(({ day, awards, span, total }) => [
    ...[day, awards, span?.forecast.p50, span?.place, total.actual, total.place],
  ]);

test('what was counted time after time is held against the runs’ sums of just these spans, and the total says since when it is out', () => {
  const earlier = [
    said('2026-01-08T00:00:00Z', 30),
    said('2026-01-12T12:00:00Z', 74),
    said('2026-01-14T12:00:00Z', 76),
  ];
  const { history, fell, namesake } = score({ earlier, awards: 84 });
  expect(told(history)).toEqual([
    ['2026-01-08', 30, 30, 'in', 30, 'in'],
    ['2026-01-12', 74, 45, 'in', 74, 'in'],
    ['2026-01-14', 76, 20, 'below', 76, 'below'],
    ['2026-01-15', 84, 10, 'below', 84, 'below'],
  ]);
  expect(history).toMatchObject({
    ...{ from: { at: TIMELINE.from, day: '2026-01-05' }, place: 'below', spans: 4, spansOut: 2 },
    since: { from: { day: '2026-01-14' }, before: { day: '2026-01-12' } },
  });
  expect([fell, namesake]).toEqual([null, null]);
  // Bands of totals are of the runs' own totals, at the end of a day or at its reading.
  expect(history?.days.map(({ day, awards, forecast }) => [day, awards, forecast.p50])).toEqual([
    ...[5, 6].map((day) => [`2026-01-0${String(day)}`, null, (day - 4) * 10]),
    // A reading at midnight is of the day before.
    ['2026-01-07', 30, 30],
    ...[8, 9, 10, 11].map((day) => [`2026-01-${String(day).padStart(2, '0')}`, null, (day - 4) * 10]),
    ...[
      ['2026-01-12', 74, 75],
      ['2026-01-13', null, 90],
      ['2026-01-14', 76, 95],
      ['2026-01-15', 84, 105],
    ],
  ]);
  expect(score({ earlier: [], awards: 84 }).history).toMatchObject({ since: { before: null }, spans: 1 });
});

test('counts tell what would explain that they are out: off alike, since when, one stretch, or none of these', () => {
  const causeOf = (...awards: readonly number[]) => {
    const days = ['2026-01-08', '2026-01-12', '2026-01-15', '2026-01-19', '2026-01-22', '2026-01-26'];
    const all = awards.map((many, place) => said(`${days[place]!}T00:00:00Z`, many));
    return score({ earlier: all.slice(0, -1), ...all.at(-1)! }).history?.cause;
  };
  // 30, 40, 30, 40, 30 and 40 are expected.
  expect(causeOf(30, 70, 100, 140, 170, 210)).toBeNull();
  expect(causeOf(15)).toBeNull();
  expect(causeOf(21, 49, 70, 98, 119, 147)).toEqual({ code: 'even', ratio: 0.7 });
  expect(causeOf(30, 71, 100, 120, 135, 155)).toEqual({ code: 'since', ratio: 0.5, from: '2026-01-15' });
  expect(causeOf(30, 71, 201, 241, 271, 311)).toMatchObject({ code: 'span', from: '2026-01-12', to: '2026-01-15' });
  expect(causeOf(52, 87, 139, 174, 226, 261)).toEqual({ code: 'unclear', ratio: 261 / 210 });
});

test('a badge that began before the forecast is judged from its first count within it', () => {
  const began = { startOn: at('2025-06-01T00:00:00Z') };
  const earlier = [
    said('2026-01-01T00:00:00Z', 900),
    said('2026-01-07T00:00:00Z', 1_000),
    said('2026-01-12T00:00:00Z', 1_050),
  ];
  const { history, total, unjudged } = score({ ...began, earlier, awards: 1_070 });
  expect([total, unjudged]).toEqual([null, 'began-before']);
  expect(history?.from.day).toBe('2026-01-07');
  expect(told(history)).toEqual([
    ['2026-01-12', 1_050, 50, 'in', 50, 'in'],
    ['2026-01-15', 1_070, 35, 'below', 70, 'below'],
  ]);
  expect(history?.days[0]).toMatchObject({ day: '2026-01-07', forecast: { p50: 10 } });
  // One count alone says nothing of a span.
  expect(score({ ...began, earlier: [], awards: 1_070 }).history).toBeNull();
});

test('a count that fell is told, and what was said before it is not used', () => {
  const earlier = [
    said('2026-01-08T00:00:00Z', 90),
    said('2026-01-10T00:00:00Z', 50),
    said('2026-01-12T00:00:00Z', 70),
  ];
  const { history, fell } = score({ earlier });
  expect([fell?.before.awards, fell?.after.awards, fell?.after.day]).toEqual([90, 50, '2026-01-10']);
  // What came in one go up to the fall nobody knows; the total is that of the count.
  expect(told(history)).toEqual([
    ['2026-01-10', 50, undefined, undefined, 50, 'in'],
    ['2026-01-12', 70, 20, 'in', 70, 'in'],
    ['2026-01-15', 105, 35, 'in', 105, 'in'],
  ]);
  expect(history?.spans).toBe(2);
});

test('counts outside of the forecast are left out, but the last of a badge that ended with it is that of its end', () => {
  const earlier = [said('2026-01-05T00:00:00Z', 0), said('2026-01-26T00:00:00Z', 205)];
  const late = { earlier, readOn: at('2026-03-01T00:00:00Z'), awards: 280 };
  expect(told(score(late).history)).toEqual([
    ['2026-01-26', 205, 210, 'in', 205, 'in'],
    ['2026-03-01', 280, 70, 'in', 280, 'in'],
  ]);
  const { history, unjudged } = score({ ...late, expiresOn: at('2026-06-01T00:00:00Z'), awards: 900 });
  expect([told(history), unjudged]).toEqual([[['2026-01-26', 205, 210, 'in', 205, 'in']], 'read-after']);
  // An org that no longer says a number has said some.
  expect(told(score({ earlier: [said('2026-01-08T00:00:00Z', 10)], awards: null }).history)).toEqual([
    ['2026-01-08', 10, 30, 'below', 10, 'below'],
  ]);
  expect(score({ readOn: at('2026-01-04T00:00:00Z'), awards: 0 }).history).toBeNull();
});
