import { Failure } from '../../../shared/ipc/errors';
import type { CancelSignal } from '../../../shared/ipc/method';
import type { CustomerSource } from '../../../shared/ipc/issuance-contract';
import type { BackendContext } from '../context';
import { nameOfColumn } from '../tables/column-roles';
import { lookAtTable, type TableLook } from '../tables/inspect-table';
import type { ReadingChoices } from '../tables/table-reading';
import { removeMadeText } from '../tables/temporary-folder';
import { requireColumn } from './rows';
import { MOST_CUSTOMERS, type LookAtCustomers, type ResolvedSource } from './source';
import { message, type MessagePart } from '../../../shared/words/message';

/** What a failed attempt to read a chosen file says. @param reason why, in words */
export function unreadable(name: MessagePart, reason: MessagePart = message('customers.movedOrDeleted')): Failure {
  return new Failure('not-found', message('customers.unreadable', { name, reason }));
}

/** Removes what was made to read a source, once it has been read. */
export function releaseSource(source: ResolvedSource): void {
  if (source.kind === 'file' && 'path' in source.reading.text) removeMadeText(source.reading.text.path);
}

/**
 * Replaces tokens by the files behind them; whoever takes it calls `releaseSource` in the end.
 *
 * @param report hears which share of a table that is no text is made one
 * @throws Failure `not-found`, `invalid-input`, `cancelled`
 */
export async function resolveSource(
  context: Pick<BackendContext, 'files'>,
  source: CustomerSource,
  signal?: CancelSignal,
  report?: (share: number) => void,
): Promise<ResolvedSource> {
  switch (source.kind) {
    case 'paste':
      return { kind: 'text', text: source.text };
    case 'one':
      return source;
    case 'range':
      if (source.to < source.from) {
        throw new Failure('invalid-input', message('customers.rangeSwapped'));
      }
      if (source.to - source.from >= MOST_CUSTOMERS) {
        throw new Failure('invalid-input', message('customers.rangeTooMany', { most: MOST_CUSTOMERS }));
      }
      return source;
    case 'file': {
      const file = context.files.find(source.token, 'read');
      const look = await lookAtTable(file.path, file.name, choicesOf(source), 'customers', signal, report);
      try {
        requireColumn(look.questions, file.name);
      } catch (error) {
        look.decoded.dispose();
        throw error;
      }
      return { kind: 'file', name: file.name, reading: look.reading, look: whatWasFound(look) };
    }
  }
}

function whatWasFound({ decoded, dialect, reading, roles }: TableLook): LookAtCustomers {
  const { customer } = reading.places;
  const { kind, sheet, notes } = decoded;
  const column = reading.isList || customer === undefined ? null : nameOfColumn(dialect.header, customer);
  const why = column === null ? null : (roles.get('customer')?.why ?? null);
  return { kind, sheet, column, why, columns: dialect.columns, notes };
}

/** What a person chose of a file, as its reader takes it. A column by its place comes as `#2`. */
export function choicesOf({
  column,
  choices,
}: Pick<CustomerSource & { kind: 'file' }, 'column' | 'choices'>): ReadingChoices {
  const customer = choices?.column ?? (column === undefined ? undefined : `#${String(column + 1)}`);
  return {
    ...(customer === undefined ? {} : { columns: { customer } }),
    ...(choices?.sheet === undefined ? {} : { sheet: choices.sheet }),
  };
}
