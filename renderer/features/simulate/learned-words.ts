import { instantOf } from '../../../shared/domain/instant';
import type { LearnedView } from '../../../shared/ipc/learning-contract';
import type { Estimate } from '../../../shared/simulation/learning/count-model';
import { hourText } from '../../../shared/simulation/timeline';
import type { PlainKey } from '../../../shared/words/message';
import { formatShare, numberFormat } from '../../lib/format';
import { monthWord } from '../../lib/date-words';
import { say } from '../../lib/say.svelte';
import { monthText } from './day-text';

/** From Monday on. */
const WEEKDAYS = [
  'learning.mondays',
  'learning.tuesdays',
  'learning.wednesdays',
  'learning.thursdays',
  'learning.fridays',
  'learning.saturdays',
  'learning.sundays',
] as const satisfies readonly PlainKey[];

const GRADES = { good: 'learning.good', fair: 'learning.fair', poor: 'learning.poor' } as const;
/** Below this an error is none that anybody reads. */
const NOTHING = 0.0005;

const size = (error: number): string => formatShare(Math.abs(error));

type Verdict = LearnedView['verdict'];

/** The weekday, the hour and the month that are most wrong: too few, too many, or expected where nobody came. */
function weekdaySentence({ day, error }: NonNullable<Verdict['weekday']>): string {
  const weekdays = say(WEEKDAYS[day] ?? WEEKDAYS[0]);
  if (error === null) return say('learning.weekdayNone', { weekdays });
  return say(error < 0 ? 'learning.weekdayUnder' : 'learning.weekdayOver', { weekdays, error: size(error) });
}

function hourSentence({ hour, error }: NonNullable<Verdict['hour']>): string {
  const [from, to] = [hourText(hour), hourText(hour + 1)];
  if (error === null) return say('learning.hourNone', { from, to });
  return say(error < 0 ? 'learning.hourUnder' : 'learning.hourOver', { from, to, error: size(error) });
}

function monthSentence({ month: of, error }: NonNullable<Verdict['month']>): string {
  const month = monthText(of);
  if (error === null) return say('learning.monthNone', { month });
  return say(error < 0 ? 'learning.monthUnder' : 'learning.monthOver', { month, error: size(error) });
}

/** How good the fit is, in sentences: the forecast of the days held back, a plain one beside it, what is wrong most. */
export function verdictSentences({ verdict, holdOut, heldDays }: LearnedView): string[] {
  const { grade, isBeaten, weekday, hour, month } = verdict;
  const season = month === null ? [] : [monthSentence(month)];
  if (grade === 'untold' || typeof holdOut?.error !== 'number') return [say('learning.untold'), ...season];
  const { error, naiveError, naiveDaysBack } = holdOut;
  const facts = { grade: say(GRADES[grade]), days: heldDays, error: size(error) };
  return [
    say(
      Math.abs(error) < NOTHING ? 'learning.heldRight' : error < 0 ? 'learning.heldUnder' : 'learning.heldOver',
      facts,
    ),
    ...(weekday === null ? [] : [weekdaySentence(weekday)]),
    ...(hour === null ? [] : [hourSentence(hour)]),
    ...season,
    ...(naiveError === null
      ? []
      : [
          say(naiveError < 0 ? 'learning.naiveUnder' : 'learning.naiveOver', {
            days: naiveDaysBack,
            error: size(naiveError),
          }),
        ]),
    ...(isBeaten ? [say('learning.beaten')] : []),
  ];
}

/** What else a person should know of it. */
export function learnedNotes({ segments, times, leftOut, skipped, badRows, returns }: LearnedView): string[] {
  const scatter = Math.max(...segments.map((segment) => segment.scatter));
  const named = (note: LearnedView['segments'][number]['notes'][number]): string[] =>
    segments.filter(({ notes }) => notes.includes(note)).map(({ name }) => name);
  return [
    ...(scatter < 1.5 ? [] : [say('learning.scatter', { times: Number(scatter.toPrecision(2)) })]),
    ...(named('short').length === 0 ? [] : [say('learning.short')]),
    ...timesSentences(times),
    ...segments.flatMap(({ name, hours }) => (hours === null ? [] : [hoursSentence(name, hours)])),
    ...segments.flatMap(({ name, season }) => (season === null ? [] : [seasonSentence(name, season)])),
    ...segments.flatMap(({ name, coming }) => (coming === null ? [] : comingSentences(name, coming))),
    ...(named('group-of-those-there').length === 0 ? [] : [say('learning.groupsOfThoseThere')]),
    ...named('growth-as-coming').map((segment) => say('learning.growthAsComing', { segment })),
    ...named('coming-not-told').map((segment) => say('learning.comingNotTold', { segment })),
    ...named('season-or-growth').map((segment) => say('learning.seasonOrGrowth', { segment })),
    ...named('growth-or-season').map((segment) => say('learning.growthOrSeason', { segment })),
    ...named('season-needs-year').map((segment) => say('learning.seasonNeedsYear', { segment })),
    ...named('season-not-told').map((segment) => say('learning.seasonNotTold', { segment })),
    ...named('hours-short').map((segment) => say('learning.hoursShort', { segment })),
    ...named('hours-not-told').map((segment) => say('learning.hoursNotTold', { segment })),
    ...named('growth-not-told').map((segment) => say('learning.growthNotTold', { segment })),
    ...named('dispersion-not-told').map((segment) => say('learning.dispersionNotTold', { segment })),
    ...leftOut.map((segment) => say('learning.leftOut', { segment })),
    ...(skipped === 0 ? [] : [say('learning.skippedRows', { count: skipped })]),
    ...(badRows === 0 ? [] : [say('learning.badRows', { count: badRows })]),
    ...(returns === 0 ? [] : [say('learning.returns', { count: returns })]),
  ];
}

/** Why no hours are learned, where the file does not say when events were. */
function timesSentences(times: LearnedView['times']): string[] {
  if (times.kind === 'dates') return [say('learning.timesDates')];
  if (times.kind === 'timed') return [];
  return [say('learning.timesStamped', { share: formatShare(times.share), times: times.at.join(', ') })];
}

/** The strongest hour. */
function hoursSentence(segment: string, hours: readonly number[]): string {
  const most = Math.max(...hours);
  const hour = hours.indexOf(most);
  return say('learning.hours', {
    ...{ segment, from: hourText(hour), to: hourText(hour + 1), times: Number(most.toPrecision(2)) },
  });
}

/** The strongest month of a season and its weakest. */
function seasonSentence(segment: string, season: readonly Estimate[]): string {
  const values = season.map(({ value }) => value);
  const [high, low] = [Math.max(...values), Math.min(...values)];
  const monthOf = (value: number): string => monthWord(values.indexOf(value) + 1);
  const digits = (value: number): number => Number(value.toPrecision(2));
  return say('learning.season', {
    ...{ segment, most: monthOf(high), times: digits(high), least: monthOf(low), fewest: digits(low) },
  });
}

type Coming = NonNullable<LearnedView['segments'][number]['coming']>;

/** Who joins, and who leaves. */
function comingSentences(segment: string, { joins, probability, dropOut }: Coming): string[] {
  return [
    ...(joins === null ? [] : [say('learning.comingJoins', { segment, joins: estimateWords(joins) })]),
    ...leavingSentences(segment, probability, dropOut?.probability ?? null),
  ];
}

/** How newcomers leave after an event, and those who are there at the end; a group has only these, and newcomers beside groups only those. */
function leavingSentences(segment: string, ofNew: Estimate | null, ofThose: number | null): string[] {
  if (ofNew !== null && ofThose !== null)
    return [say('learning.comingLeaves', { segment, probability: shareWords(ofNew), there: formatShare(ofThose) })];
  if (ofNew !== null) return [say('learning.newcomersLeave', { segment, probability: shareWords(ofNew) })];
  return ofThose === null ? [] : [say('learning.thoseThereLeave', { segment, there: formatShare(ofThose) })];
}

const figure = (value: number): string => numberFormat({ maximumSignificantDigits: 3 }).format(value);

/** `1.19 (1.15 to 1.24)` */
export function estimateWords({ value, low, high }: Estimate): string {
  return say('learning.interval', { value: figure(value), low: figure(low), high: figure(high) });
}

/** The same of a share. */
function shareWords({ value, low, high }: Estimate): string {
  return say('learning.interval', { value: formatShare(value), low: formatShare(low), high: formatShare(high) });
}

/** The growth of a segment; a year whose course counts as season knows none. */
export function growthWords({ growthPerMonth, notes }: LearnedView['segments'][number]): string {
  if (notes.includes('growth-as-coming')) return '–';
  return notes.includes('season-or-growth') ? say('learning.unknown') : shareWords(growthPerMonth);
}

/** `0.72 to 1.68`, the weakest month and the strongest. */
export function seasonWords(season: readonly Estimate[] | null): string {
  if (season === null) return '–';
  const values = season.map(({ value }) => value);
  return say('learning.seasonRange', { low: figure(Math.min(...values)), high: figure(Math.max(...values)) });
}

/** `25.6 (24.4 to 26.9)` newcomers; a dash for none. */
export const joinsWords = (coming: Coming | null): string =>
  typeof coming?.joins?.value === 'number' ? estimateWords(coming.joins) : '–';

/** `10.1% (9.4% to 10.9%)` of newcomers after an event, `3%` of a group of those who are there; a dash for nobody. */
export function leaveWords(coming: Coming | null): string {
  if (coming === null) return '–';
  if (coming.probability !== null) return shareWords(coming.probability);
  return coming.dropOut === null ? '–' : formatShare(coming.dropOut.probability);
}

export const amountWords = (amount: { mean: number } | null): string => (amount === null ? '–' : figure(amount.mean));

/** The day on which the period begins. */
export const startOf = ({ from }: Pick<LearnedView, 'from'>): number => instantOf(from);
