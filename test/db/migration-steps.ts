import type { Migration } from '../../db/migrate';

export const APPLICATION_ID = 0x7e57;

/**
 * A schema of two versions. The second rebuilds a table that others refer to with ON DELETE CASCADE, as drizzle-kit
 * writes such a step: the trap in which children are lost when foreign keys are not off.
 */
export const STEPS: readonly Migration[] = [
  {
    version: 1,
    name: 'create_shelves',
    sql: `CREATE TABLE shelves (key INTEGER PRIMARY KEY, label TEXT NOT NULL);
--> statement-breakpoint
CREATE TABLE books (key INTEGER PRIMARY KEY, shelf INTEGER NOT NULL REFERENCES shelves (key) ON DELETE CASCADE, title TEXT NOT NULL);`,
  },
  {
    version: 2,
    name: 'rebuild_shelves',
    sql: `PRAGMA foreign_keys=OFF;
--> statement-breakpoint
CREATE TABLE __new_shelves (key INTEGER PRIMARY KEY, label TEXT NOT NULL, height INTEGER NOT NULL DEFAULT 30);
--> statement-breakpoint
INSERT INTO __new_shelves (key, label) SELECT key, label FROM shelves;
--> statement-breakpoint
DROP TABLE shelves;
--> statement-breakpoint
ALTER TABLE __new_shelves RENAME TO shelves;
--> statement-breakpoint
PRAGMA foreign_keys=ON;`,
  },
];
