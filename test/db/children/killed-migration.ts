/** Migrates the file it is given and is killed by its own last step: `killed-migration FILE`. */
import Database from 'better-sqlite3';
import { migrate } from '../../../db/migrate';
import { APPLICATION_ID, STEPS } from '../migration-steps';

const connection = new Database(process.argv[2]);
// Few pages of memory, so that most of what the steps change is written to the file long before the end.
connection.pragma('cache_size = 10');
connection.pragma('journal_mode = WAL');
connection.function('die', () => {
  process.kill(process.pid, 'SIGKILL');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
const sql = "UPDATE books SET title = title || ' again'; SELECT die();";
migrate(connection, [...STEPS, { version: STEPS.length + 1, name: 'never_ends', sql }], APPLICATION_ID);
