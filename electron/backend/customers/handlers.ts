import type { Handlers } from '../../../shared/ipc/contract';
import { Failure } from '../../../shared/ipc/errors';
import type { CustomerSource } from '../../../shared/ipc/issuance-contract';
import type { BackendContext } from '../context';
import { requireColumn } from './rows';
import { MOST_CUSTOMERS, type ResolvedSource } from './source';
import { nameOfColumn, type Role } from '../tables/column-roles';
import { lookAtTable, type TableLook } from '../tables/inspect-table';
import { TableRows, type ReadingChoices, type TableReading } from '../tables/table-reading';
import type { TextDialect } from '../tables/text-dialect';

/** What a failed attempt to read a chosen file says. @param reason why, in words */
export function unreadable(
  name: string,
  reason = 'it was moved, deleted, or may not be read by you. Choose it again',
): Failure {
  return new Failure('not-found', `${name} cannot be read: ${reason}. Nothing was issued.`);
}

/** Replaces tokens by the files behind them. @throws Failure `not-found`, `invalid-input` */
export async function resolveSource(
  context: Pick<BackendContext, 'files'>,
  source: CustomerSource,
): Promise<ResolvedSource> {
  switch (source.kind) {
    case 'paste':
      return { kind: 'text', text: source.text };
    case 'one':
      return source;
    case 'range':
      if (source.to < source.from) {
        throw new Failure('invalid-input', 'The range ends before it starts. Swap its two numbers.');
      }
      if (source.to - source.from >= MOST_CUSTOMERS) {
        throw new Failure(
          'invalid-input',
          'A request can name up to 10,000,000 customers. Choose a shorter range, or several.',
        );
      }
      return source;
    case 'file': {
      const file = context.files.find(source.token, 'read');
      const look = await lookAtTable(file.path, file.name, choicesOf(source), 'customers');
      requireColumn(look.questions, file.name);
      return { kind: 'file', name: file.name, reading: look.reading };
    }
  }
}

function choicesOf({ column, choices }: Pick<CustomerSource & { kind: 'file' }, 'column' | 'choices'>): ReadingChoices {
  const customer = choices?.column ?? (column === undefined ? undefined : `#${String(column + 1)}`);
  return {
    ...(customer === undefined ? {} : { columns: { customer } }),
    ...(choices?.sheet === undefined ? {} : { sheet: choices.sheet }),
  };
}

/** Handlers of `customers.*`. */
export function customersHandlers(context: Pick<BackendContext, 'files'>): Pick<Handlers, 'customers.inspectFile'> {
  return {
    'customers.inspectFile': async ({ token, column, sheet, purpose }) => {
      const file = context.files.find(token, 'read');
      const choices = choicesOf({ column, choices: sheet === undefined ? undefined : { sheet } });
      const look = await lookAtTable(file.path, file.name, choices, purpose ?? 'customers');
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
          ? 'every cell holds one'
          : (question?.words ?? look.roles.get('customer')?.why ?? ''),
        roles: rolesOf(look),
        columns: dialect.columns,
        sample: dialect.sample.slice(0, SHOWN_ROWS).map(({ cells }) => cells),
        estimatedLines: Math.max(dialect.sample.length, estimateRows(reading, dialect)),
      };
    },
  };
}

function rolesOf({ reading, dialect }: TableLook): Record<Role, string | null> {
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
