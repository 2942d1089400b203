import type { TableChoices, TableInspection } from '../../../shared/ipc/tables-contract';
import type { EventsDraft } from './scenario-draft';

/** What a scenario says of its file, as the look at the table takes it. */
export function choicesOfEvents(events: EventsDraft): TableChoices {
  const { customer, at, time, amount, segment, sheet, dateFormat, zone, decimal } = events;
  return {
    columns: {
      ...(customer === '' ? {} : { customer }),
      ...(at === '' ? {} : { at }),
      ...(time === undefined ? {} : { time }),
      ...(amount === null ? {} : { amount }),
      ...(segment === null ? {} : { segment }),
    },
    ...(sheet === undefined ? {} : { sheet }),
    ...(dateFormat === undefined ? {} : { dateFormat }),
    ...(zone === undefined ? {} : { zone }),
    ...(decimal === undefined ? {} : { decimal }),
  };
}

/** Forgets what was said of the columns of another sheet. */
export function forgetColumns(events: EventsDraft): void {
  events.customer = '';
  events.at = '';
  events.amount = null;
  events.segment = null;
  delete events.time;
  delete events.dateFormat;
  delete events.decimal;
}

/** Takes the columns that were found, and how they are read. */
export function takeColumns(events: EventsDraft, found: TableInspection): void {
  const named = (role: string): string | null => found.columns.find((column) => column.role === role)?.name ?? null;
  events.customer = named('customer') ?? '';
  events.at = named('at') ?? '';
  events.amount = named('amount');
  events.segment = named('segment');
  takeReading(events, found);
}

/**
 * Writes into the scenario how its file is read, so that a result hangs on the scenario alone. What a person has said
 * stays, and what only a person can say is left open.
 */
export function takeReading(events: EventsDraft, found: TableInspection): void {
  const isAsked = (code: string): boolean => found.questions.some((question) => question.code === code);
  const date = found.columns.find(({ role }) => role === 'at');
  const amount = found.columns.find(({ role }) => role === 'amount');
  const time = found.columns.find(({ role }) => role === 'time');
  if (time !== undefined) events.time ??= time.name;
  if (found.sheets.length > 1 && found.sheet !== null) events.sheet ??= found.sheet;
  const order = date?.dateOrder ?? null;
  // Day numbers are of use with their day 1 only, which is asked for.
  const isPlain = order === null || order === 'iso' || order === 'seconds' || order === 'day-number';
  if (!isPlain && !isAsked('date-order')) events.dateFormat ??= order;
  if (amount?.decimal === ',' && !isAsked('decimal')) events.decimal ??= ',';
}
