import { Failure } from '../../shared/ipc/errors';
import { message } from '../../shared/words/message';
import { GrantedFiles } from '../backend/files/granted-files';
import { readingChoices, tablesHandlers, type TableHandlers } from '../backend/tables/handlers';
import type { ReadingChoices } from '../backend/tables/table-reading';
import { UsageError, type Terminal } from './command';
import { presentWorkspace } from './export';
import { openWorkspaceAlone } from './open-alone';

type Profiles = Pick<TableHandlers, 'tables.profiles' | 'tables.remember'>;

/** Opens the profiles of a workspace. @throws UsageError where none is named; Failure where it cannot be opened */
export async function withProfiles<T>(
  terminal: Terminal,
  workspace: string | undefined,
  work: (profiles: Profiles) => Promise<T> | T,
): Promise<T> {
  if (workspace === undefined) throw new UsageError('Say where profiles are: --workspace FILE.');
  const store = await openWorkspaceAlone(presentWorkspace(terminal.cwd, workspace));
  try {
    return await work(tablesHandlers({ files: new GrantedFiles([]), workspace: store }));
  } finally {
    store.close();
  }
}

/** What a profile says, under what was said beside it. @throws Failure `not-found` */
export async function withProfile(profiles: Profiles, name: string, said: ReadingChoices): Promise<ReadingChoices> {
  const all = await profiles['tables.profiles']({});
  const found = all.find((profile) => profile.name === name);
  if (found === undefined) throw new Failure('not-found', message('tables.noProfile', { name }));
  const kept = readingChoices(found.choices);
  return { ...kept, ...said, columns: { ...kept.columns, ...said.columns } };
}
