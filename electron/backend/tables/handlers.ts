import type { Handlers } from '../../../shared/ipc/contract';
import { Failure } from '../../../shared/ipc/errors';
import type { TableChoices } from '../../../shared/ipc/tables-contract';
import { message } from '../../../shared/words/message';
import type { BackendContext } from '../context';
import { readDateFormat, shown } from './date-format';
import { inspectTable } from './inspect-table';
import { shapeOf, TableProfiles } from './profiles';
import type { ReadingChoices } from './table-reading';

export type TableHandlers = Pick<Handlers, 'tables.inspect' | 'tables.profiles' | 'tables.remember' | 'tables.forget'>;

/** Handlers of `tables.*`. */
export function tablesHandlers(context: {
  files: Pick<BackendContext['files'], 'find'>;
  workspace: { settings: Pick<BackendContext['workspace']['settings'], 'kept' | 'keep'> };
}): TableHandlers {
  const profiles = new TableProfiles(context.workspace.settings);
  return {
    'tables.inspect': async ({ token, purpose, choices }, { signal, progress }) => {
      const file = context.files.find(token, 'read');
      const { inspection, header, dispose } = await inspectTable(
        file.path,
        file.name,
        readingChoices(choices),
        purpose,
        signal,
        (share) => progress({ share }),
      );
      dispose();
      const shape = shapeOf(header);
      return { ...inspection, shape, remembered: profiles.of(shape) };
    },
    'tables.profiles': () => profiles.list(),
    'tables.remember': (profile) => {
      profiles.remember(profile);
      return null;
    },
    'tables.forget': ({ name }) => {
      profiles.forget(name);
      return null;
    },
  };
}

/** @throws Failure `invalid-input` where a date format is none */
export function readingChoices({ dateFormat, ...said }: TableChoices): ReadingChoices {
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
