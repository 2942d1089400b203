import type { ChartTable } from '../charts/chart-data';
import { toIsoExact } from '../domain/instant';
import type { CountsCause, OrgHistory, OrgScore, ScoredCycle } from '../simulation/org-score';
import type { Cause, Compared, Score, Scored, ScoredWeek } from '../simulation/scorecard';
import type { Uplift } from '../simulation/uplift';
import type { Speaker } from '../words/speaker';

/** How days and months are told: `2026-12-24` and `2026-12` to what people read. */
export interface DayWords {
  day: (day: string) => string;
  month: (month: string) => string;
}

const PLACES = { in: 'scorecard.in', below: 'scorecard.below', above: 'scorecard.above' } as const;
const VERDICTS = { in: 'scorecard.placeIn', below: 'scorecard.placeBelow', above: 'scorecard.placeAbove' } as const;

/** Share of weeks that a band of P10 to P90 leaves out by itself. */
const OUT_BY_CHANCE = 0.2;

/** Off by so many per cent, without its sign. */
const percentOf = (ratio: number): number => Math.abs(Math.round((ratio - 1) * 1000) / 10);
const hundredths = (value: number): number => Math.round(value * 100) / 100;

function causeInWords({ say }: Speaker, cause: Cause, { day, month }: DayWords): string {
  const isMore = cause.ratio >= 1;
  const percent = percentOf(cause.ratio);
  switch (cause.code) {
    case 'rate': {
      const facts = { percent, actual: Math.round(cause.actual), expected: Math.round(cause.expected) };
      return isMore ? say('scorecard.rateMore', facts) : say('scorecard.rateLess', facts);
    }
    case 'amounts': {
      const facts = { percent, actual: hundredths(cause.actual), expected: hundredths(cause.expected) };
      return isMore ? say('scorecard.amountsMore', facts) : say('scorecard.amountsLess', facts);
    }
    case 'season': {
      const facts = { percent, month: month(cause.month) };
      return isMore ? say('scorecard.seasonMore', facts) : say('scorecard.seasonLess', facts);
    }
    case 'since': {
      const facts = { percent, since: day(cause.from) };
      return isMore ? say('scorecard.sinceMore', facts) : say('scorecard.sinceLess', facts);
    }
    case 'even':
      return isMore ? say('scorecard.evenMore', { percent }) : say('scorecard.evenLess', { percent });
    case 'unclear':
      return isMore ? say('scorecard.unclearMore', { percent }) : say('scorecard.unclearLess', { percent });
    case 'other':
      return say('scorecard.otherCause');
  }
}

const UPLIFT_WORDS = {
  purchases: { more: 'scorecard.upliftMore', less: 'scorecard.upliftLess', none: 'scorecard.upliftNone' },
  amounts: {
    more: 'scorecard.upliftAmountsMore',
    less: 'scorecard.upliftAmountsLess',
    none: 'scorecard.upliftAmountsNone',
  },
} as const;

function upliftInWords({ say }: Speaker, of: keyof typeof UPLIFT_WORDS, uplift: Uplift | null): string[] {
  const { more, less, none } = UPLIFT_WORDS[of];
  if (uplift === null) return [say(none)];
  const signed = (share: number): number => Math.round(share * 1000) / 10;
  const facts = {
    ...{ percent: percentOf(uplift.value + 1), low: signed(uplift.low), high: signed(uplift.high) },
    ...{ reached: hundredths(uplift.reached), control: hundredths(uplift.control) },
  };
  const isByChance = uplift.low <= 0 && uplift.high >= 0;
  return [say(uplift.value >= 0 ? more : less, facts), ...(isByChance ? [say('scorecard.upliftChance')] : [])];
}

const UNKNOWN_WORDS = {
  reached: { before: 'scorecard.reachedBegins', after: 'scorecard.reachedEnds' },
  control: { before: 'scorecard.controlBegins', after: 'scorecard.controlEnds' },
} as const;

/** Over which days and how many customers the uplift was counted, and which days were left out. */
function comparedInWords(
  { say }: Speaker,
  { days, reached, control, scenario }: Compared,
  { day }: DayWords,
): string[] {
  if (days === null) return [];
  return [
    say('scorecard.compared', { ...{ from: day(days.from), to: day(days.to) }, ...{ reached, control } }),
    ...days.unknown.map(({ of, where, day: last, expected }) =>
      say(UNKNOWN_WORDS[of][where], { day: day(last), expected: Math.round(expected) }),
    ),
    ...(scenario === null || scenario === reached ? [] : [say('scorecard.scenarioHas', { scenario, reached })]),
  ];
}

/** A scorecard in sentences: where it stands, why, and what the badge did; the first is the answer. */
export function scorecardInWords(
  speaker: Speaker,
  score: Score,
  words: DayWords,
): { verdict: string; weeks: string | null; causes: string[]; uplift: string[] } {
  const { weeks, place, since, weeksOut, causes } = score;
  const { compared } = score;
  const uplift = [
    ...(compared?.days === null
      ? [speaker.say('scorecard.upliftNoDays')]
      : score.uplift === undefined
        ? []
        : upliftInWords(speaker, 'purchases', score.uplift)),
    // Where nothing can be told of purchases, nothing can be of their amounts.
    ...(score.uplift && score.upliftOfAmounts !== undefined
      ? upliftInWords(speaker, 'amounts', score.upliftOfAmounts)
      : []),
    ...(compared === undefined ? [] : comparedInWords(speaker, compared, words)),
  ];
  const last = weeks.at(-1);
  if (last === undefined || place === null)
    return { verdict: speaker.say('scorecard.tooEarly'), weeks: null, causes: [], uplift };
  const { actual, forecast } = last.total;
  const [low, middle, high] = [forecast.p10, forecast.p50, forecast.p90].map(Math.round) as [number, number, number];
  const facts = { actual, low, middle, high, day: words.day(last.to), since: since === null ? '' : words.day(since) };
  return {
    verdict: speaker.say(VERDICTS[place], facts),
    weeks: speaker.say('scorecard.weeksOut', {
      ...{ out: weeksOut, count: weeks.length, expected: Math.round(weeks.length * OUT_BY_CHANCE) },
    }),
    causes: causes.map((cause) => causeInWords(speaker, cause, words)),
    uplift,
  };
}

/** Values of a file that are told by name; the others are counted. */
const MOST_UNMATCHED = 5;

/** What of a file of several badges is of none that is scored; null: all of it is of one. */
export function unmatchedInWords(
  { say }: Speaker,
  {
    unmatched,
    badges,
  }: { unmatched: readonly { value: string; awards: number }[]; badges: readonly { score: unknown }[] },
): string | null {
  if (unmatched.length === 0) return null;
  const names = unmatched.slice(0, MOST_UNMATCHED).map((one) => say('scorecard.unmatchedOne', one));
  const count = unmatched.length - names.length;
  if (count > 0) names.push(say('scorecard.unmatchedMore', { count }));
  const others = say('scorecard.unmatched', { names: names.join(', ') });
  return badges.every(({ score }) => score === null) ? `${say('scorecard.noneOfThem')} ${others}` : others;
}

/** The weeks of scorecards as a table, as they are exported: of one badge, or of several, whose names stand before. */
export function scorecardTable(
  speaker: Speaker,
  cards: readonly { name: string; weeks: readonly ScoredWeek[] }[],
): ChartTable {
  const tables = cards.map(({ name, weeks }) => ({ name, table: weeksTable(speaker, weeks) }));
  const [first] = tables;
  if (first === undefined || tables.length === 1) return first?.table ?? weeksTable(speaker, []);
  return {
    columns: [speaker.say('activity.badge'), ...first.table.columns],
    rows: tables.flatMap(({ name, table }) => table.rows.map((row) => [name, ...row])),
  };
}

function weeksTable({ say }: Speaker, weeks: readonly ScoredWeek[]): ChartTable {
  const name = (scored: ScoredWeek['week']): string => say(PLACES[scored.place]);
  return {
    columns: [
      ...[say('scorecard.week'), say('scorecard.until')],
      ...[say('scorecard.actual'), 'P10', 'P50', 'P90', say('scorecard.place')],
      ...[say('scorecard.totalActual'), 'Σ P10', 'Σ P50', 'Σ P90', `Σ ${say('scorecard.place')}`],
    ],
    rows: weeks.map(({ from, to, week, total }) => [
      ...[from, to, ...numbersOf(week), name(week), ...numbersOf(total), name(total)],
    ]),
  };
}

/** What an org said time after time as tables, as they are exported; one column before tells badges apart where there are several. */
export function countsTable(
  speaker: Speaker,
  cards: readonly { name: string; history: OrgHistory | null }[],
): ChartTable {
  const { say } = speaker;
  const places = (scored: Scored | null): (string | number | null)[] =>
    scored === null ? [null, null, null, null, null] : [...numbersOf(scored), say(PLACES[scored.place])];
  const rows = cards.flatMap(({ name, history }) =>
    (history?.readings ?? []).map(({ readOn, awards, span, total }) => [
      ...(cards.length > 1 ? [name] : []),
      ...[toIsoExact(readOn), awards, ...places(span), ...places(total)],
    ]),
  );
  return {
    columns: [
      ...(cards.length > 1 ? [say('activity.badge')] : []),
      ...[say('scorecard.orgCountOf'), say('scorecard.orgCountSaid')],
      ...[say('scorecard.orgSpanCame'), 'P10', 'P50', 'P90', say('scorecard.place')],
      ...[say('scorecard.totalActual'), 'Σ P10', 'Σ P50', 'Σ P90', `Σ ${say('scorecard.place')}`],
    ],
    rows,
  };
}

const numbersOf = ({ actual, forecast }: Scored): number[] => [actual, forecast.p10, forecast.p50, forecast.p90];

const ORG_HISTORIES = {
  in: 'scorecard.orgHistoryIn',
  below: 'scorecard.orgHistoryBelow',
  above: 'scorecard.orgHistoryAbove',
} as const;

const ORG_PLACES = { in: 'scorecard.orgIn', below: 'scorecard.orgBelow', above: 'scorecard.orgAbove' } as const;

const bandFacts = ({ actual, forecast }: Scored): Record<'actual' | 'low' | 'middle' | 'high', number> => ({
  ...{ actual, low: Math.round(forecast.p10), middle: Math.round(forecast.p50), high: Math.round(forecast.p90) },
});

function unjudgedInWords({ say }: Speaker, org: string, { unjudged, awards }: OrgScore): string[] {
  const facts = { org, awards: awards ?? 0 };
  switch (unjudged) {
    case 'not-counted':
      return [say('scorecard.orgNotCounted', { org })];
    case 'began-before':
      return [say('scorecard.orgBeganBefore', facts)];
    case 'read-after':
      return [say('scorecard.orgReadAfter', facts)];
    case 'too-early':
      return [say('scorecard.orgTooEarly', { org })];
    case null:
      return [];
  }
}

/** Cycles in which a file has other numbers than the org. */
const differing = ({ cycles }: OrgScore): ScoredCycle[] =>
  cycles.filter(({ file, scored: { actual } }) => file !== null && file !== actual);

/** What the org said time after time, where that is more than once. */
function historyInWords(
  { say }: Speaker,
  org: string,
  { total, history, file }: OrgScore,
  day: DayWords['day'],
): string[] {
  const last = history?.readings.at(-1);
  if (history === null || last === undefined) return [];
  const { since, from, spans, spansOut, readings, cause } = history;
  const lines =
    total === null
      ? [
          say(ORG_HISTORIES[last.total.place], {
            ...{ org, from: day(from.day), day: day(last.day) },
            ...bandFacts(last.total),
          }),
        ]
      : [];
  if (since !== null && readings.length > 1)
    lines.push(
      since.before === null
        ? say('scorecard.orgSinceFirst', { since: day(since.from.day) })
        : say('scorecard.orgSince', { since: day(since.from.day), before: day(since.before.day) }),
    );
  if (readings.length > 1 && spans > 0)
    lines.push(say('scorecard.orgSpans', { out: spansOut, count: spans, expected: Math.round(spans * OUT_BY_CHANCE) }));
  // A file of awards tells it week by week.
  if (cause !== null && file === null) lines.push(countsCauseInWords(say, cause, day));
  return lines;
}

function countsCauseInWords(say: Speaker['say'], cause: CountsCause, day: DayWords['day']): string {
  const isMore = cause.ratio >= 1;
  const percent = percentOf(cause.ratio);
  switch (cause.code) {
    case 'span': {
      const facts = { percent, from: day(cause.from), to: day(cause.to) };
      return isMore ? say('scorecard.orgSpanMore', facts) : say('scorecard.orgSpanLess', facts);
    }
    case 'since': {
      const facts = { percent, since: day(cause.from) };
      return isMore ? say('scorecard.orgSinceMore', facts) : say('scorecard.orgSinceLess', facts);
    }
    case 'even':
      return isMore ? say('scorecard.orgEvenMore', { percent }) : say('scorecard.orgEvenLess', { percent });
    case 'unclear':
      return isMore ? say('scorecard.orgUnclearMore', { percent }) : say('scorecard.orgUnclearLess', { percent });
  }
}

/** What an org's own counts say in sentences, the first of all awards; `differs` where they and a file of awards disagree. */
export function orgScoreInWords(
  speaker: Speaker,
  { name: org, score }: { name: string; score: OrgScore | null },
  { day }: DayWords,
): { lines: string[]; differs: string[] } {
  const { say } = speaker;
  if (score === null) return { lines: [say('scorecard.orgHasNone', { org })], differs: [] };
  const { total, cycles, cyclesOut, file, fell, namesake } = score;
  const lines =
    total === null
      ? unjudgedInWords(speaker, org, score)
      : [say(ORG_PLACES[total.place], { org, ...bandFacts(total) })];
  lines.push(...historyInWords(speaker, org, score, day));
  const count = cycles.length;
  if (count > 0)
    lines.push(say('scorecard.orgCycles', { out: cyclesOut, count, expected: Math.round(count * OUT_BY_CHANCE) }));
  const differs: string[] = [];
  if (fell !== null)
    differs.push(
      say('scorecard.orgFell', {
        ...{ org, before: fell.before.awards, from: day(fell.before.day) },
        ...{ after: fell.after.awards, to: day(fell.after.day) },
      }),
    );
  if (namesake !== null)
    lines.push(say('scorecard.orgNamesake', { org, awards: namesake.awards, day: day(namesake.day) }));
  const others = differing(score);
  if (file?.differs === true)
    differs.push(say('scorecard.orgFileDiffers', { org, file: file.awards, awards: score.awards ?? 0 }));
  else if (file?.later) {
    const facts = { org, ...bandFacts(file.later) };
    lines.push(file.later.place === 'in' ? say('scorecard.orgLaterIn', facts) : say('scorecard.orgLaterOut', facts));
  } else if (file !== null && others.length === 0) lines.push(say('scorecard.orgFileSame'));
  const [first] = others;
  if (first !== undefined)
    differs.push(
      say('scorecard.orgCyclesDiffer', {
        ...{ org, count: others.length, from: day(first.from), to: day(first.to) },
        ...{ file: first.file ?? 0, awards: first.scored.actual },
      }),
    );
  return { lines, differs };
}
