import { existsSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { getTableConfig, type SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Person } from '../../shared/fidelity/without-person';
import type { ForgetBackup, ForgetCount, ForgetKind, ForgetProgress } from '../../shared/ipc/forget-contract';
import { pairOf, storedBackups } from '../backups/backups';
import { updateCopies } from '../backups/update-copies';
import { keptUntil } from '../backups/rotation';
import { ORG, orgFileOf, practiceFileOf, WORKSPACE } from '../kinds';
import { connectDatabase, openDatabase } from '../open';
import { columnsOf } from '../portable/table-rows';
import { connectSqlite } from '../sqlite';
import { ORG_PLACES, WORKSPACE_PLACES, type Place } from './columns';
import { alsoKnown, erasingFor, openJobsNaming, sweep } from './sweep';

export interface ForgetOrder {
  /** Absolute real path of a workspace that is open, and stays so. */
  workspaceFile: string;
  person: Person;
  erases: boolean;
  /** Asked between portions, so that others get their turn. @throws Failure `cancelled` where it is to stop */
  pause(progress: ForgetProgress): Promise<void>;
}

/** The kept practice org, where there is one; it may be running in another thread. */
async function connectPractice(file: string): Promise<Database | null> {
  if (!existsSync(file)) return null;
  return (await openDatabase(file, ORG)).connection;
}

/** Everybody that the rosters know as the same customer. @throws Failure `database` */
export async function resolvePerson(workspaceFile: string, person: Person): Promise<Person> {
  const org = connectDatabase(orgFileOf(workspaceFile), ORG, true);
  const practice = await connectPractice(practiceFileOf(workspaceFile));
  try {
    const known = [org, practice].flatMap((each) => (each === null ? [] : alsoKnown(each, person)));
    const isId = (text: string): boolean => /^[1-9]\d*$/.test(text);
    return {
      ...person,
      ids: new Set([...person.ids, ...known.filter(isId)]),
      identifiers: [...new Set([...person.identifiers, ...known.filter((text) => !isId(text))])],
    };
  } finally {
    org.close();
    practice?.close();
  }
}

/** What is found, or erased, in the files of a workspace. */
export interface SweptWorkspace {
  found: readonly ForgetCount[];
  /** Live jobs that are not over and name the customer; where there are some, nothing was erased. */
  openJobs: readonly { badge: string; connection: string }[];
}

/**
 * Goes through the workspace, its org and its kept practice org.
 *
 * @throws Failure `database`; what `pause` throws: what was erased before stays erased, and the rest is found next time
 */
export async function sweepWorkspace({ workspaceFile, person, erases, pause }: ForgetOrder): Promise<SweptWorkspace> {
  const workspace = connectDatabase(workspaceFile, WORKSPACE);
  const org = connectDatabase(orgFileOf(workspaceFile), ORG);
  const practice = await connectPractice(practiceFileOf(workspaceFile));
  const open = [workspace, org, ...(practice === null ? [] : [practice])];
  const endings = erases ? open.map(erasingFor) : [];
  try {
    const openJobs = openJobsNaming(workspace, person);
    if (erases && openJobs.length > 0) return { found: [], openJobs };
    const options = { person, erases, pause: (kind: ForgetKind, rows: number) => pause({ kind, rows }) };
    const counts = await sweep(org, ORG_PLACES, options);
    counts.addAll(await sweep(workspace, WORKSPACE_PLACES, options));
    if (practice !== null) counts.add('practice', (await sweep(practice, ORG_PLACES, options)).total);
    return { found: counts.all, openJobs };
  } finally {
    try {
      for (const end of endings) end();
    } finally {
      for (const connection of open) connection.close();
    }
  }
}

/** A file and where customers may stand in it. */
type SweptFile = readonly [file: string, places: readonly Place[]];

/**
 * Backups, and copies of single files from before an update, that hold a customer or cannot be read; nothing is changed in
 * them.
 *
 * @returns the latest first @throws what `pause` throws
 */
export async function backupsHolding({ workspaceFile, person, pause }: ForgetOrder): Promise<ForgetBackup[]> {
  const holding: ForgetBackup[] = [];
  for (const backup of storedBackups(workspaceFile)) {
    const pair = pairOf(backup);
    const files: SweptFile[] = [
      [pair.workspace, WORKSPACE_PLACES],
      [pair.org, ORG_PLACES],
    ];
    const rows = await rowsInFiles(files, person, pause);
    if (rows === 0) continue;
    const { madeOn, occasion } = backup.manifest;
    holding.push({ id: backup.id, madeOn, occasion, copyOf: null, rows, until: keptUntil({ madeOn, occasion }) });
  }
  for (const { id, file, of, madeOn } of updateCopies(workspaceFile)) {
    const places = of === 'workspace' ? WORKSPACE_PLACES : ORG_PLACES;
    const rows = await rowsInFiles([[file, places]], person, pause);
    if (rows === 0) continue;
    holding.push({ id, madeOn, occasion: 'update', copyOf: of, rows, until: null });
  }
  return holding.sort((one, other) => other.madeOn - one.madeOn);
}

/** @returns null where a file cannot be read */
async function rowsInFiles(
  files: readonly SweptFile[],
  person: Person,
  pause: ForgetOrder['pause'],
): Promise<number | null> {
  const options = {
    ...{ person, erases: false },
    pause: (_: unknown, rows: number) => pause({ kind: 'backups' as const, rows }),
  };
  let rows = 0;
  for (const [file, places] of files) {
    let connection: Database | undefined;
    try {
      connection = connectSqlite(file, { fileMustExist: true, readonly: true });
      rows += (await sweep(connection, presentIn(connection, places), options)).total;
    } catch (error) {
      if (!isSqliteError(error)) throw error;
      return null;
    } finally {
      connection?.close();
    }
  }
  return rows;
}

const isSqliteError = (error: unknown): boolean => error instanceof Error && error.name === 'SqliteError';

/** Places as far as a file of an older version has them. */
function presentIn(connection: Database, places: readonly Place[]): Place[] {
  return places.flatMap((place) => {
    const { name } = getTableConfig(place.table);
    const present = new Set(columnsOf(connection, name));
    const kept = Object.entries(place.columns).filter(([column]) => present.has(place.all[column]!.name));
    const isThere = (column: SQLiteColumn): boolean => present.has(column.name);
    const all = Object.fromEntries(Object.entries(place.all).filter(([, column]) => isThere(column)));
    return kept.length === 0 ? [] : [{ ...place, columns: Object.fromEntries(kept), all }];
  });
}
