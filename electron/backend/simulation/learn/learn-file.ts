import { Failure } from '../../../../shared/ipc/errors';
import { dateAt, startOfDate } from '../../../../shared/domain/calendar';
import { instantOf, toMilliseconds, type Instant } from '../../../../shared/domain/instant';
import type { TableInspection } from '../../../../shared/ipc/tables-contract';
import {
  firstEvents,
  fittedDays,
  fittedHours,
  heldHours,
  holdOut,
  learnGroups,
  learnSegment,
  type HoldOut,
  type LearnedSegment,
  type Observed,
} from '../../../../shared/simulation/learning/learn';
import type { ReplayEvents } from '../../../../shared/simulation/scenario';
import {
  judgeFit,
  learnedCurves,
  type FitVerdict,
  type LearnedCurves,
} from '../../../../shared/simulation/learning/curves';
import { dateText, Timeline } from '../../../../shared/simulation/timeline';
import { message } from '../../../../shared/words/message';
import type { ReadingChoices } from '../../tables/table-reading';
import { inspectTable } from '../../tables/inspect-table';
import { MONTH, observe, type Observation } from './observe';

export interface LearnOrder {
  file: string;
  name: string;
  choices: ReadingChoices;
  /** The date format as it was said; null: as the table is found to have it. */
  dateFormat: string | null;
  /** Of the days and the hours that are learned; dates that name no zone are read in that of the choices, or in this. */
  zone: string;
  /** `column`: those of the file; a number: so many groups by how often customers come; `auto`: a column where there is one. */
  segments: 'column' | number | 'auto';
  from: Instant | null;
  to: Instant | null;
  /** Share of the days that is held back. */
  holdOut: number;
  /** All customers there are; null: unknown. */
  population: number | null;
  signal: AbortSignal;
  /** Looks whether the signal has to be raised, where nothing else can raise it while the file is read. */
  poll?: () => void;
  /** From 0 to 1, over all of the work. */
  progress?: (share: number) => void;
}

/** Share of the work that the look at the whole table is, and the reading of its rows. */
const LOOKING = 0.4;
const READING = 0.55;

export interface Learned extends Omit<Observation, 'observed'> {
  inspection: TableInspection;
  from: Instant;
  to: Instant;
  cut: Instant;
  segments: LearnedSegment[];
  /** Segments of which too little is there to learn anything. */
  leftOut: string[];
  holdOut: HoldOut | null;
  /** Days of the period. */
  days: number;
  /** All customers there are said to be; null: it is not known, or the segments of the file are learned apart. */
  population: number | null;
  curves: LearnedCurves;
  verdict: FitVerdict;
}

/**
 * Learns the segments of a scenario from a file of transactions.
 *
 * @returns only the questions where something of the table has to be said first
 * @throws Failure `invalid-input` where nothing can be learned
 */
export async function learnFile(order: LearnOrder): Promise<Learned | Pick<TableInspection, 'questions'>> {
  const { file, name, choices, signal, poll = () => undefined, progress = () => undefined } = order;
  const { inspection, dispose } = await inspectTable(file, name, choices, 'events', signal, (share) => {
    poll();
    progress(share * LOOKING);
  });
  dispose();
  if (inspection.questions.length > 0) return { questions: inspection.questions };
  const events = eventsOf(inspection, order);
  const { span } = inspection;
  if (span === null) throw new Failure('invalid-input', message('learning.noRows', { file: name }));
  const zone = order.zone;
  const from = order.from ?? startOfDate(dateAt(instantOf(span.from), zone), zone);
  const to = order.to ?? startOfDate(dateAt(instantOf(span.to), zone) + 1, zone);
  if (from >= to) throw new Failure('invalid-input', message('learning.emptyPeriod'));
  if (order.from === null || order.to === null) requireOneEra(name, from, to);
  const timeline = new Timeline(from, to, zone);
  const cut = Math.min(timeline.days - 1, Math.max(1, Math.round(timeline.days * (1 - order.holdOut))));
  const bySegment = events.segment !== null;
  const { observed, ...seen } = await observe(
    file,
    events,
    timeline,
    { cut, bySegment },
    { signal, poll, progress: (share) => progress(LOOKING + share * READING) },
  );
  if (order.from === null || order.to === null) requireNoGap(name, observed, timeline);
  const groups = typeof order.segments === 'number' && order.segments > 1 ? order.segments : null;
  const end = (to - from) / MONTH;
  const population = observed.length === 1 ? order.population : null;
  if (population !== null && population < seen.customers)
    throw new Failure(
      'invalid-input',
      message('learning.tooFewInAll', { file: name, seen: seen.customers, population }),
    );
  const segments: LearnedSegment[] = [];
  const leftOut: string[] = [];
  for (const one of observed) {
    const learned =
      groups === null
        ? [learnSegment(one, end, population)].filter((segment) => segment !== null)
        : (learnGroups(one, end, population, groups) ?? []);
    if (learned.length === 0) leftOut.push(one.name);
    segments.push(...learned);
  }
  if (segments.length === 0) throw new Failure('invalid-input', message('learning.tooLittle', { file: name }));
  requireSizes(name, segments, observed.length > 1);
  const held = order.holdOut === 0 ? null : holdOut(observed, cut, () => population, groups ?? 1);
  const fits = fittedDays(observed, population);
  const days = fits.map((fitted, day) => ({
    day: dateText(timeline.dateOf(day)),
    weekDay: timeline.weekDay(day),
    actual: observed.reduce((sum, one) => sum + one.days[day]!.events, 0),
    fitted,
  }));
  const hours = seen.times.kind === 'dates' ? null : fittedHours(observed, population);
  const scatter = Math.max(1, ...segments.map((segment) => segment.scatter));
  return {
    ...{ ...seen, inspection, from, to, cut: timeline.starts[cut] ?? to, segments, leftOut, holdOut: held },
    ...{ days: days.length, population },
    curves: learnedCurves(days, hours, cut, held, firstEvents(observed, population)),
    verdict: judgeFit(days, cut, held, scatter, heldHours(observed, cut, population)),
  };
}

/** A year of transactions repeats itself after so many days; where none came for longer, what lies beyond is mostly a mistake. */
const LONGEST_GAP = 366;
/** No shop's transactions reach back further; and tables of each day are made before a gap can be seen. */
const MOST_YEARS = 60;

const dayOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

/** @throws Failure `invalid-input` where nobody can tell how many customers there are */
function requireSizes(file: string, segments: readonly LearnedSegment[], isOfSeveral: boolean): void {
  const untold = segments.find(({ isSizeKnown }) => !isSizeKnown);
  if (untold === undefined) return;
  const said = isOfSeveral
    ? message('learning.sizeUntoldOfSegment', { file, segment: untold.name })
    : message('learning.sizeUntold', { file });
  throw new Failure('invalid-input', said);
}

/** @throws Failure `invalid-input` where the rows lie further apart than any file of transactions reaches */
function requireOneEra(file: string, from: Instant, to: Instant): void {
  const years = Math.floor((to - from) / (12 * MONTH));
  if (years < MOST_YEARS) return;
  throw new Failure(
    'invalid-input',
    message('learning.farApart', {
      file,
      years,
      first: dayOf(toMilliseconds(from)),
      last: dayOf(toMilliseconds(to) - 1),
    }),
  );
}

/** @throws Failure `invalid-input` where more than a year lies between some of the rows and all others */
function requireNoGap(file: string, observed: readonly Observed[], timeline: Timeline): void {
  let last = -1;
  for (let day = 0; day < timeline.days; day += 1) {
    if (!observed.some(({ days }) => days[day]!.events > 0)) continue;
    if (last >= 0 && day - last > LONGEST_GAP) {
      const facts = { before: dateText(timeline.dateOf(last)), after: dateText(timeline.dateOf(day)) };
      throw new Failure('invalid-input', message('learning.gap', { file, days: day - last - 1, ...facts }));
    }
    last = day;
  }
}

/** The file as a scenario's `events` name it. @throws Failure `invalid-input` where it has no such columns */
export function eventsOf(
  found: TableInspection,
  {
    file,
    name,
    choices,
    dateFormat,
    zone,
    segments,
  }: Pick<LearnOrder, 'file' | 'name' | 'choices' | 'dateFormat' | 'zone' | 'segments'>,
): ReplayEvents {
  const named = (role: string): string | null => found.columns.find((column) => column.role === role)?.name ?? null;
  const [customer, at] = [named('customer'), named('at')];
  if (customer === null || at === null)
    throw new Failure('invalid-input', message('learning.noColumns', { file: name }));
  const segment = named('segment');
  if (segments === 'column' && segment === null)
    throw new Failure('invalid-input', message('learning.noSegments', { file: name }));
  const order = found.columns.find(({ role }) => role === 'at')?.dateOrder ?? null;
  const isPlain = order === null || order === 'iso' || order === 'seconds' || order === 'day-number';
  const format = dateFormat ?? (isPlain ? null : order);
  const decimal = found.columns.find(({ role }) => role === 'amount')?.decimal ?? null;
  const time = named('time');
  return {
    ...{
      csv: file,
      customer,
      at,
      amount: named('amount'),
      segment: typeof segments === 'number' ? null : segment,
      zone: choices.zone ?? zone,
    },
    ...(time === null ? {} : { time }),
    ...(found.sheets.length > 1 && found.sheet !== null ? { sheet: found.sheet } : {}),
    ...(format === null ? {} : { dateFormat: format }),
    ...(decimal === ',' ? { decimal } : {}),
  };
}
