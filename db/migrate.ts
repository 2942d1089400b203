import type { Database } from 'better-sqlite3';
import { Failure } from '../shared/ipc/errors';
import { message } from '../shared/words/message';
import { fileTitle } from './failures';

/** One step of a schema. Step N leads from version N − 1 to version N; an empty file has version 0. */
export interface Migration {
  version: number;
  name: string;
  sql: string;
}

/**
 * Orders the files of a migration folder by the number at the head of their names (`0002_add_tags.sql`).
 *
 * @param files path → SQL text
 * @throws Error when a name has no number, or the numbers are not 1, 2, 3 …: a programming mistake, found by any test
 */
export function readMigrations(files: Readonly<Record<string, string>>): readonly Migration[] {
  const steps = Object.entries(files)
    .map(([file, sql]) => {
      const match = /(?:^|\/)(\d{4})_([a-z]+(?:_[a-z0-9]+)+)\.sql$/.exec(file);
      if (!match) throw new Error(`A migration is named NNNN_verb_noun.sql; ${file} is not.`);
      return { version: Number(match[1]), name: match[2] as string, sql };
    })
    .sort((one, other) => one.version - other.version);
  steps.forEach((step, index) => {
    if (step.version !== index + 1) throw new Error(`Migration ${String(index + 1)} is missing before ${step.name}.`);
  });
  return steps;
}

/** The schema version a file says it has. */
export function schemaVersion(connection: Database): number {
  return connection.pragma('user_version', { simple: true }) as number;
}

/**
 * Brings a file to the newest version: all pending steps and the version number in one transaction, so that a kill at
 * any instant leaves the old file or the new one.
 *
 * Foreign keys are switched off before the transaction starts, because inside one the switch has no effect and a table
 * rebuild would silently delete every row that refers to the table with ON DELETE CASCADE; what the steps left is
 * checked before the commit instead.
 *
 * @returns the versions before and after
 * @throws Failure `database-newer` when the file was written by a newer Laurel; `database` when rows would be left
 *   referring to nothing; whatever SQLite throws when a step fails. The file is then as it was.
 */
export function migrate(
  connection: Database,
  migrations: readonly Migration[],
  applicationId: number,
): { from: number; to: number } {
  refuseNewer(connection, migrations);
  const to = migrations.length;
  if (schemaVersion(connection) === to) return { from: to, to };
  connection.pragma('foreign_keys = OFF');
  try {
    connection.exec('BEGIN IMMEDIATE');
    // Read again under the write lock: another process may have migrated the file meanwhile.
    const from = schemaVersion(connection);
    for (const step of migrations.slice(from)) connection.exec(step.sql);
    const dangling = connection.pragma('foreign_key_check') as { table: string }[];
    if (dangling.length > 0) {
      throw new Failure(
        'database',
        message('store.dangling', {
          file: fileTitle(connection.name),
          count: dangling.length,
          table: String(dangling[0]?.table),
        }),
      );
    }
    connection.pragma(`application_id = ${String(applicationId)}`);
    connection.pragma(`user_version = ${String(to)}`);
    connection.exec('COMMIT');
    return { from, to };
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK');
    throw error;
  } finally {
    connection.pragma('foreign_keys = ON');
  }
}

/** @throws Failure `database-newer` when the file's version is higher than the newest step known here */
export function refuseNewer(connection: Database, migrations: readonly Migration[]): void {
  const version = schemaVersion(connection);
  if (version <= migrations.length) return;
  throw new Failure(
    'database-newer',
    message('store.newer', {
      file: fileTitle(connection.name),
      found: String(version),
      known: String(migrations.length),
    }),
  );
}
