import { connectDatabase, refuseForeign } from '../open';
import { closeReader } from '../sqlite';
import { WORKSPACE } from '../kinds';
import { ArtStore } from './arts';
import { DraftList } from './draft-list';
import { DraftStore } from './drafts';
import { ListRows } from './list-row';
import { SettingsStore } from './settings';

/** The drafts of a workspace, to be read and not changed. */
export interface Library {
  drafts: Pick<DraftStore, 'find' | 'inspect'>;
  list: Pick<DraftList, 'page' | 'line' | 'ids'>;
  arts: Pick<ArtStore, 'find'>;
  settings: Pick<SettingsStore, 'current'>;
  close(): void;
}

/**
 * Opens the drafts of a workspace for reading, also while a window has it open: nothing is locked, written or updated.
 *
 * @param file absolute path of a workspace that is there and of this version
 * @throws Failure `database` or `database-newer`
 */
export function readLibrary(file: string): Library {
  refuseForeign(file, WORKSPACE);
  const connection = connectDatabase(file, WORKSPACE, true);
  const settings = new SettingsStore(connection);
  return {
    drafts: new DraftStore(connection, settings, new ListRows(connection)),
    list: new DraftList(connection, settings),
    arts: new ArtStore(connection),
    settings,
    close: () => closeReader(connection),
  };
}
