import type { Message, PlainKey } from '../../words/message';
import { message } from '../../words/message';
import { hourText } from '../timeline';
import type { FitVerdict } from './curves';
import type { HoldOut } from './learn';

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

/** A fit as it was judged. */
export interface JudgedFit {
  verdict: FitVerdict;
  holdOut: Omit<HoldOut, 'days'> | null;
  /** Days held back. */
  heldDays: number;
}

/** The language in which a fit is told. */
export interface VerdictVoice {
  say: (message: Message) => string;
  /** A share from 0 to 1. */
  share: (share: number) => string;
  /** `2026-03`. */
  month: (month: string) => string;
}

/** How good a fit is, in sentences: the forecast of the days held back, what is wrong most, a plain forecast beside it. */
export function verdictSentences(fit: JudgedFit, voice: VerdictVoice): string[] {
  return verdictMessages(fit, voice).map(voice.say);
}

function verdictMessages({ verdict, holdOut, heldDays: days }: JudgedFit, voice: VerdictVoice): Message[] {
  const { grade, isBeaten, weekday, hour, month } = verdict;
  const size = (error: number): string => voice.share(Math.abs(error));
  const misfits = [
    ...(weekday === null ? [] : [ofWeekday(weekday, size, voice)]),
    ...(hour === null ? [] : [ofHour(hour, size)]),
    ...(month === null ? [] : [ofMonth(month, size, voice)]),
  ];
  if (grade === 'untold' || typeof holdOut?.error !== 'number') return [message('learning.untold'), ...misfits];
  const { error, naiveError, naiveDaysBack } = holdOut;
  const facts = { grade: voice.say(message(GRADES[grade])), days, error: size(error) };
  const held = error < 0 ? message('learning.heldUnder', facts) : message('learning.heldOver', facts);
  return [
    Math.abs(error) < NOTHING ? message('learning.heldRight', { grade: facts.grade, days }) : held,
    ...misfits,
    ...(naiveError === null ? [] : [ofNaive(naiveError, naiveDaysBack, size)]),
    ...(isBeaten ? [message('learning.beaten')] : []),
  ];
}

type Size = (error: number) => string;

function ofWeekday({ day, error }: NonNullable<FitVerdict['weekday']>, size: Size, { say }: VerdictVoice): Message {
  const weekdays = say(message(WEEKDAYS[day] ?? WEEKDAYS[0]));
  if (error === null) return message('learning.weekdayNone', { weekdays });
  return message(error < 0 ? 'learning.weekdayUnder' : 'learning.weekdayOver', { weekdays, error: size(error) });
}

function ofHour({ hour, error }: NonNullable<FitVerdict['hour']>, size: Size): Message {
  const [from, to] = [hourText(hour), hourText(hour + 1)];
  if (error === null) return message('learning.hourNone', { from, to });
  return message(error < 0 ? 'learning.hourUnder' : 'learning.hourOver', { from, to, error: size(error) });
}

function ofMonth({ month: of, error }: NonNullable<FitVerdict['month']>, size: Size, voice: VerdictVoice): Message {
  const month = voice.month(of);
  if (error === null) return message('learning.monthNone', { month });
  return message(error < 0 ? 'learning.monthUnder' : 'learning.monthOver', { month, error: size(error) });
}

function ofNaive(error: number, days: number, size: Size): Message {
  return message(error < 0 ? 'learning.naiveUnder' : 'learning.naiveOver', { days, error: size(error) });
}
