import { instantOf } from '../../../shared/domain/instant';
import type { LearnedView } from '../../../shared/ipc/learning-contract';
import type { Estimate } from '../../../shared/simulation/learning/count-model';
import { verdictSentences } from '../../../shared/simulation/learning/verdict-words';
import { hourText } from '../../../shared/simulation/timeline';
import type { MessageKey } from '../../../shared/words/message';
import { formatShare, numberFormat } from '../../lib/format';
import { monthWord } from '../../lib/date-words';
import { say, sayMessage } from '../../lib/say.svelte';
import { monthText } from './day-text';

/** How good the fit is, in sentences. */
export function fitSentences(learned: LearnedView): string[] {
  return verdictSentences(learned, { say: sayMessage, share: formatShare, month: monthText });
}

/** Notes that hold for a group each, as a sentence that is told of whichever groups it is true of. */
type NoteOf = (groups: string) => string;

/** What else a person should know of it. */
export function learnedNotes({ segments, times, leftOut, skipped, badRows, returns }: LearnedView): string[] {
  const scatter = Math.max(...segments.map((segment) => segment.scatter));
  const named = (note: Note): string[] => segments.filter(({ notes }) => notes.includes(note)).map(({ name }) => name);
  return [
    ...(scatter < 1.5 ? [] : [say('learning.scatter', { times: Number(scatter.toPrecision(2)) })]),
    ...(named('short').length === 0 ? [] : [say('learning.short')]),
    ...timesSentences(times),
    ...toldOnce(segments, ({ hours }) => (hours === null ? [] : [hoursSentence(hours)])),
    ...toldOnce(segments, ({ season }) => (season === null ? [] : [seasonSentence(season)])),
    ...toldOnce(segments, ({ coming }) => (coming === null ? [] : comingSentences(coming))),
    ...(named('group-of-those-there').length === 0 ? [] : [say('learning.groupsOfThoseThere')]),
    ...NOTES.flatMap(([note, key]) =>
      toldOnce(segments, ({ notes }) => (notes.includes(note) ? [(groups) => say(key, { groups })] : [])),
    ),
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
function hoursSentence(hours: readonly number[]): NoteOf {
  const most = Math.max(...hours);
  const hour = hours.indexOf(most);
  const facts = { from: hourText(hour), to: hourText(hour + 1), times: Number(most.toPrecision(2)) };
  return (groups) => say('learning.hours', { groups, ...facts });
}

type LearnedGroup = LearnedView['segments'][number];
type Note = LearnedGroup['notes'][number];

const NOTES = [
  ['growth-as-coming', 'learning.growthAsComing'],
  ['coming-not-told', 'learning.comingNotTold'],
  ['season-or-growth', 'learning.seasonOrGrowth'],
  ['growth-or-season', 'learning.growthOrSeason'],
  ['season-needs-year', 'learning.seasonNeedsYear'],
  ['season-not-told', 'learning.seasonNotTold'],
  ['hours-short', 'learning.hoursShort'],
  ['hours-not-told', 'learning.hoursNotTold'],
  ['growth-not-told', 'learning.growthNotTold'],
  ['dispersion-not-told', 'learning.dispersionNotTold'],
] as const satisfies readonly (readonly [Note, MessageKey])[];

/** What is the same of several groups is told once, with their names, or of every group. */
function toldOnce(segments: readonly LearnedGroup[], notesOf: (segment: LearnedGroup) => readonly NoteOf[]): string[] {
  const found = new Map<string, { names: string[]; note: NoteOf }>();
  for (const segment of segments)
    for (const note of notesOf(segment)) {
      const known = found.get(note(''));
      if (known === undefined) found.set(note(''), { names: [segment.name], note });
      else known.names.push(segment.name);
    }
  return [...found.values()].map(({ names, note }) =>
    note(
      names.length > 1 && names.length === segments.length
        ? say('learning.everyGroup')
        : names.map((segment) => say('learning.group', { segment })).join(', '),
    ),
  );
}

/** The strongest month of a season and its weakest. */
function seasonSentence(season: readonly Estimate[]): NoteOf {
  const values = season.map(({ value }) => value);
  const [high, low] = [Math.max(...values), Math.min(...values)];
  const monthOf = (value: number): string => monthWord(values.indexOf(value) + 1);
  const digits = (value: number): number => Number(value.toPrecision(2));
  const facts = { most: monthOf(high), times: digits(high), least: monthOf(low), fewest: digits(low) };
  return (groups) => say('learning.season', { groups, ...facts });
}

type Coming = NonNullable<LearnedGroup['coming']>;

/** Who joins, and who leaves. */
function comingSentences({ joins, probability, dropOut }: Coming): NoteOf[] {
  return [
    ...(joins === null
      ? []
      : [(groups: string) => say('learning.comingJoins', { groups, joins: estimateWords(joins) })]),
    ...leavingSentences(probability, dropOut?.probability ?? null),
  ];
}

/** How newcomers leave after an event, and those who are there at the end; a group has only these, and newcomers beside groups only those. */
function leavingSentences(ofNew: Estimate | null, ofThose: number | null): NoteOf[] {
  if (ofNew !== null && ofThose !== null)
    return [
      (groups) => say('learning.comingLeaves', { groups, probability: shareWords(ofNew), there: formatShare(ofThose) }),
    ];
  if (ofNew !== null) return [(groups) => say('learning.newcomersLeave', { groups, probability: shareWords(ofNew) })];
  return ofThose === null ? [] : [(groups) => say('learning.thoseThereLeave', { groups, there: formatShare(ofThose) })];
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

/** `24.1 (23.6 to 24.6)`, of the amounts’ mean or of their spread; a dash where there are none. */
export const amountWords = ({ intervals }: LearnedGroup, of: 'mean' | 'spread'): string =>
  intervals.amount === null ? '–' : estimateWords(intervals.amount[of]);

/** The day on which the period begins. */
export const startOf = ({ from }: Pick<LearnedView, 'from'>): number => instantOf(from);

/** Within the last day that was learned from. */
export const lastOf = ({ to }: Pick<LearnedView, 'to'>): number => instantOf(to) - 1;
