import type { Handlers } from '../../../shared/ipc/contract';
import { Failure } from '../../../shared/ipc/errors';
import type { TableChoices } from '../../../shared/ipc/tables-contract';
import { message } from '../../../shared/words/message';
import type { BackendContext } from '../context';
import { readDateFormat, shown } from './date-format';
import { inspectTable } from './inspect-table';
import type { ReadingChoices } from './table-reading';

/** Handlers of `tables.*`. */
export function tablesHandlers(context: Pick<BackendContext, 'files'>): Pick<Handlers, 'tables.inspect'> {
  return {
    'tables.inspect': async ({ token, purpose, choices }, { signal, progress }) => {
      const file = context.files.find(token, 'read');
      const { inspection, dispose } = await inspectTable(
        file.path,
        file.name,
        readingChoices(choices),
        purpose,
        signal,
        (share) => progress({ share }),
      );
      dispose();
      return inspection;
    },
  };
}

/** @throws Failure `invalid-input` where a date format is none */
function readingChoices({ dateFormat, ...said }: TableChoices): ReadingChoices {
  const date = dateFormat === undefined ? undefined : readDateFormat(dateFormat);
  if (date === null)
    throw new Failure('invalid-input', message('tables.noDateFormat', { format: shown(dateFormat ?? '') }));
  return {
    ...(said.sheet === undefined ? {} : { sheet: said.sheet }),
    ...(said.columns === undefined ? {} : { columns: said.columns }),
    ...(said.zone === undefined ? {} : { zone: said.zone }),
    ...(said.decimal === undefined ? {} : { decimal: said.decimal }),
    ...(date === undefined ? {} : { date }),
  };
}
