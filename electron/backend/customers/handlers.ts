import type { CustomerFileView } from '../../../shared/ipc/issuance-contract';
import type { Handlers } from '../../../shared/ipc/contract';
import type { BackendContext } from '../context';
import { choicesOf } from './resolve-source';
import { nameOfColumn, type Role } from '../tables/column-roles';
import { lookAtTable, type TableLook } from '../tables/inspect-table';
import { TableRows, type TableReading } from '../tables/table-reading';
import type { TextDialect } from '../tables/text-dialect';
import { message } from '../../../shared/words/message';

/** Handlers of `customers.*`. */
export function customersHandlers(context: Pick<BackendContext, 'files'>): Pick<Handlers, 'customers.inspectFile'> {
  return {
    'customers.inspectFile': async ({ token, column, sheet, purpose }) => {
      const file = context.files.find(token, 'read');
      const choices = choicesOf({ column, choices: sheet === undefined ? undefined : { sheet } });
      const look = await lookAtTable(file.path, file.name, choices, purpose ?? 'customers');
      try {
        return viewOf(token, file, look);
      } finally {
        look.decoded.dispose();
      }
    },
  };
}

function viewOf(token: string, file: { name: string; bytes: number }, look: TableLook): CustomerFileView {
  const { dialect, reading, decoded } = look;
  const customer = reading.places.customer;
  const question = look.questions.find(({ code }) => code === 'column');
  return {
    token,
    name: file.name,
    bytes: file.bytes,
    kind: decoded.kind,
    sheet: decoded.sheet,
    sheets: decoded.sheets,
    delimiter: decoded.kind === 'csv' ? dialect.delimiter : null,
    encoding: decoded.kind === 'csv' ? look.encoding : null,
    header: dialect.header,
    isList: reading.isList,
    column: customer ?? null,
    columnReason: reading.isList
      ? message('tables.everyCell')
      : (question?.words ?? look.roles.get('customer')?.why ?? message('tables.noColumn')),
    roles: rolesOf(look),
    columns: dialect.columns,
    sample: dialect.sample.slice(0, SHOWN_ROWS).map(({ cells }) => cells),
    estimatedLines: Math.max(dialect.sample.length, estimateRows(reading, dialect)),
  };
}

function rolesOf({ reading, dialect }: TableLook): Record<Exclude<Role, 'expiry'>, string | null> {
  const named = (role: Role): string | null => {
    const column = reading.places[role];
    return column === undefined ? null : nameOfColumn(dialect.header, column);
  };
  return {
    customer: named('customer'),
    at: named('at'),
    time: named('time'),
    amount: named('amount'),
    segment: named('segment'),
  };
}

const SHOWN_ROWS = 20;

/** Rows of the table, from the length of the first ones. */
function estimateRows(reading: TableReading, { sample, isWhole }: TextDialect): number {
  if (isWhole) return sample.length;
  const rows = new TableRows(reading);
  try {
    const lengths = sample.reduce(
      (sum, { cells }) => sum + cells.reduce((bytes, cell) => bytes + cell.length + 1, 0),
      0,
    );
    return lengths === 0 ? 0 : Math.round((rows.size * sample.length) / lengths);
  } finally {
    rows.close();
  }
}
