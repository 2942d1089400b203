import { defineConfig } from 'drizzle-kit';

/**
 * Writes the next migration of one kind of file from its schema:
 * `DATABASE=workspace npx drizzle-kit generate --name verb_noun` (or `DATABASE=org`).
 * Only its SQL is used; Laurel applies it itself (db/migrate.ts).
 */
const kind = process.env['DATABASE'];
if (kind !== 'workspace' && kind !== 'org') throw new Error('Set DATABASE to workspace or org.');

export default defineConfig({
  dialect: 'sqlite',
  schema: `./db/${kind}/schema.ts`,
  out: `./db/migrations/${kind}`,
});
