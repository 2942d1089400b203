import { dateAt } from '../../../../shared/domain/calendar';
import { instantOf, type Instant } from '../../../../shared/domain/instant';
import { Failure } from '../../../../shared/ipc/errors';
import type { TableInspection } from '../../../../shared/ipc/tables-contract';
import type { Observed } from '../../../../shared/simulation/learning/learn';
import { Timeline } from '../../../../shared/simulation/timeline';
import { message } from '../../../../shared/words/message';
import { inspectTable } from '../../tables/inspect-table';
import type { ReadingChoices } from '../../tables/table-reading';
import { eventsOf } from '../learn/learn-file';
import { observe } from '../learn/observe';

/** A file of awards or of purchases that is to be counted by the days of a period. */
export interface ObserveOrder {
  file: string;
  /** For people. */
  name: string;
  choices: ReadingChoices;
  /** The date format as it was said; null: as the table is found to have it. */
  dateFormat: string | null;
  zone: string;
  from: Instant;
  to: Instant;
  /** Whether the values of its segment column are kept apart. */
  bySegment: boolean;
  /** A column whose values are kept apart in place of it, row by row, whoever the customer is; absent: none. */
  byColumn?: string | null;
  signal: AbortSignal;
  /** Looks whether the signal has to be raised, where nothing else can raise it while the file is read. */
  poll?: () => void;
  /** From 0 to 1. */
  progress?: (share: number) => void;
}

export interface ObservedFile {
  observed: Observed[];
  rows: number;
  /** Rows outside of the period, and rows that cannot be read. */
  skipped: number;
  badRows: number;
  firstBadRows: Awaited<ReturnType<typeof observe>>['firstBadRows'];
  /** Days of the period up to the one of the last row, that one included. */
  days: number;
}

const dayOf = (date: number): string => new Date(date * 86_400_000).toISOString().slice(0, 10);

/** Share of the work that the look at the whole table is. */
const LOOKING = 0.4;

/**
 * Counts the rows of a file by the days of a period.
 *
 * @returns only the questions where something of the table has to be said first
 * @throws Failure `invalid-input` where the file cannot be counted
 */
export async function observeFile(order: ObserveOrder): Promise<ObservedFile | Pick<TableInspection, 'questions'>> {
  const { file, name, choices, zone, from, to, signal, poll = () => undefined, progress = () => undefined } = order;
  const { inspection, dispose } = await inspectTable(file, name, choices, 'events', signal, (share) => {
    poll();
    progress(share * LOOKING);
  });
  dispose();
  if (inspection.questions.length > 0) return { questions: inspection.questions };
  const named = eventsOf(inspection, { ...order, segments: order.bySegment ? 'column' : 'auto' });
  const { byColumn = null } = order;
  if (byColumn !== null && !inspection.columns.some((column) => column.name === byColumn))
    throw new Failure('invalid-input', message('scorecard.noColumn', { file: name, column: byColumn }));
  // A customer is of one segment, and a row of one badge: whoever is counted by badges has them for customers.
  const events = byColumn === null ? named : { ...named, customer: byColumn, segment: byColumn, amount: null };
  const timeline = new Timeline(from, to, zone);
  const { observed, ...seen } = await observe(
    file,
    events,
    timeline,
    { cut: timeline.days, bySegment: order.bySegment || byColumn !== null },
    { signal, poll, progress: (share) => progress(LOOKING + share * (1 - LOOKING)) },
  );
  if (seen.events === 0 && seen.skipped === 0) {
    const [first] = seen.firstBadRows;
    throw new Failure(
      'invalid-input',
      first === undefined
        ? message('scorecard.noRow', { file: name })
        : message('scorecard.allUnreadable', {
            ...{ file: name, count: seen.badRows, line: first.line, reason: first.reason },
          }),
    );
  }
  if (seen.events === 0)
    throw new Failure(
      'invalid-input',
      message('scorecard.allOutside', {
        ...{ file: name, count: seen.skipped, badRows: seen.badRows, from: dayOf(timeline.firstDate) },
        to: dayOf(timeline.firstDate + timeline.days - 1),
      }),
    );
  const last = inspection.span === null ? -1 : dateAt(instantOf(inspection.span.to), zone) - timeline.firstDate;
  return {
    ...{ observed, rows: seen.events, skipped: seen.skipped, badRows: seen.badRows, firstBadRows: seen.firstBadRows },
    days: Math.min(timeline.days, Math.max(0, last + 1)),
  };
}
