import { defineConfig } from 'drizzle-kit';

/**
 * Which schema the next migration is made from: scripts/database.mjs says it in DATABASE (`npm run db:generate`). Only
 * the SQL is used; Laurel applies it itself (db/migrate.ts).
 */
const kind = process.env['DATABASE'];
if (kind !== 'workspace' && kind !== 'org')
  throw new Error('Set DATABASE to workspace or org, or run npm run db:generate.');

export default defineConfig({
  dialect: 'sqlite',
  schema: `./db/${kind}/schema.ts`,
  out: `./db/migrations/${kind}`,
});
