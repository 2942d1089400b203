import type { ReadingChoices } from '../backend/tables/table-reading';
import { EVENT_ROLES, type Role } from '../backend/tables/column-roles';
import { readDateFormat } from '../backend/tables/date-format';
import { UsageError } from './command';
import type { TableChoices } from '../../shared/ipc/tables-contract';

const DATE_FORMATS = [
  ...['iso', 'day-month-year', 'month-day-year', 'compact', 'seconds', 'milliseconds', 'microseconds'],
  ...['excel', 'excel-1904'],
];

/** Options of every command that reads a table, for `parseArgs`. */
export const TABLE_OPTIONS = {
  sheet: { type: 'string' },
  column: { type: 'string', multiple: true },
  'date-format': { type: 'string', completes: DATE_FORMATS },
  zone: { type: 'string' },
  decimal: { type: 'string', completes: ['.', ','] },
} as const;

export const TABLE_OPTIONS_HELP = `  --sheet NAME       sheet of a workbook
  --column ROLE=NAME column of a role: customer, at, time, amount or segment. Of two columns with one name the second
                     is NAME#2; #3 is the third column
  --date-format F    iso, day-month-year, month-day-year, compact (20240331), seconds, milliseconds, microseconds,
                     excel, excel-1904, day-number@2024-01-01 (the date of day 1), or a pattern such as dd.MM.yyyy
  --zone ZONE        time zone of dates that name none, such as Europe/Berlin
  --decimal SIGN     decimal sign of the amounts: . or ,`;

interface TableValues {
  sheet?: string | undefined;
  column?: string[] | undefined;
  'date-format'?: string | undefined;
  zone?: string | undefined;
  decimal?: string | undefined;
}

/** @throws UsageError where an option says nothing that can be done */
export function readTableOptions(values: TableValues): ReadingChoices {
  const columns: Partial<Record<Role, string>> = {};
  for (const text of values.column ?? []) {
    const equals = text.indexOf('=');
    const role = EVENT_ROLES.find((one) => one === text.slice(0, equals));
    if (equals < 0 || role === undefined || equals === text.length - 1)
      throw new UsageError(
        `--column is ROLE=NAME, such as customer=Kundennummer, with a role of ${EVENT_ROLES.join(', ')}.`,
      );
    if (columns[role] !== undefined) throw new UsageError(`--column ${role}=… is given twice.`);
    columns[role] = text.slice(equals + 1);
  }
  const { decimal, zone, sheet } = values;
  if (decimal !== undefined && decimal !== '.' && decimal !== ',')
    throw new UsageError('--decimal is . or , (a point or a comma).');
  const wanted = values['date-format'];
  const date = wanted === undefined ? undefined : readDateFormat(wanted);
  if (date === null)
    throw new UsageError(
      `--date-format ${wanted ?? ''} is not known: name iso, day-month-year, month-day-year, compact, seconds, milliseconds, microseconds, excel, excel-1904, day-number@2024-01-01 or a pattern such as dd.MM.yyyy.`,
    );
  return {
    columns,
    ...(sheet === undefined ? {} : { sheet }),
    ...(zone === undefined ? {} : { zone }),
    ...(decimal === undefined ? {} : { decimal }),
    ...(date === undefined ? {} : { date }),
  };
}

/** What was said, as it is saved. */
export function tableChoicesOf(values: TableValues): TableChoices {
  const { columns = {}, sheet, zone, decimal } = readTableOptions(values);
  const dateFormat = values['date-format'];
  return {
    columns,
    ...(sheet === undefined ? {} : { sheet }),
    ...(dateFormat === undefined ? {} : { dateFormat }),
    ...(zone === undefined ? {} : { zone }),
    ...(decimal === undefined ? {} : { decimal }),
  };
}
