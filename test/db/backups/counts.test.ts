/** What a backup says that it holds: each count is of its own table and column, whichever version wrote the files. */
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { countWorkspace } from '../../../db/backups/counts';
import { ORG, WORKSPACE } from '../../../db/kinds';
import { migrate } from '../../../db/migrate';
import type { DatabaseKind } from '../../../db/open';

function filled(kind: DatabaseKind, rows: Readonly<Record<string, readonly object[]>>): Database.Database {
  const connection = new Database(':memory:');
  migrate(connection, kind.migrations, kind.applicationId);
  connection.pragma('foreign_keys = OFF');
  for (const [table, each] of Object.entries(rows)) {
    const columns = connection.pragma(`table_info(${table})`) as { name: string; notnull: number; pk: number }[];
    each.forEach((given, index) => {
      const whole = Object.fromEntries(
        columns
          .filter(({ name, notnull, pk }) => name in given || (notnull === 1 && pk === 0))
          .map(({ name }) => [name, (given as Record<string, unknown>)[name] ?? index + 1]),
      );
      const names = Object.keys(whole);
      connection
        .prepare(`INSERT INTO ${table} (${names.join()}) VALUES (${names.map(() => '?').join()})`)
        .run(...Object.values(whole));
    });
  }
  return connection;
}

const times = (count: number, row: object = {}): object[] => Array.from({ length: count }, () => row);
const DRAFTS = [{ changed_on: 40 }, { changed_on: 90, deleted_on: 8 }, { changed_on: 70 }];
const workspace = (): Database.Database =>
  filled(WORKSPACE, {
    ...{ badges: DRAFTS, claims: times(3), simulations: times(4), connections: times(5), live_jobs: times(6) },
  });
const org = (): Database.Database =>
  filled(ORG, {
    requests: [{ made_on: 30 }, { made_on: 50 }, { made_on: 10 }, ...times(4, { made_on: 1 })],
    badges: [
      { issued_count: 3, earned_count: 20 },
      { issued_count: 5, earned_count: 40 },
    ],
  });

const ALL = {
  ...{ badges: 2, claims: 3, simulations: 4, connections: 5, liveJobs: 6, changedOn: 90 },
  ...{ requests: 7, enrolments: 8, awards: 60, requestedOn: 50 },
};

test('every count is of its own table', () => {
  expect(countWorkspace(workspace(), org())).toEqual(ALL);
});

test('of files without a row there is none of anything, and no instant', () => {
  const none = Object.fromEntries(Object.keys(ALL).map((name) => [name, name.endsWith('On') ? null : 0]));
  expect(countWorkspace(filled(WORKSPACE, {}), filled(ORG, {}))).toEqual(none);
});

test.each<[string, Partial<Record<keyof typeof ALL, null>>]>([
  ['DROP TABLE simulations', { simulations: null }],
  ['DROP TABLE live_jobs', { liveJobs: null }],
  ['DROP TABLE claims', { claims: null }],
  ['DROP TABLE connections', { connections: null }],
  ['ALTER TABLE badges RENAME COLUMN changed_on TO other', { changedOn: null }],
])('what another version calls otherwise is not known, and the rest is: %s', (sql, unknown) => {
  const changed = workspace();
  changed.pragma('legacy_alter_table = ON');
  changed.exec(sql);
  expect(countWorkspace(changed, org())).toEqual({ ...ALL, ...unknown });
});
