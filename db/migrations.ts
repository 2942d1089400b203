import { readMigrations } from './migrate';

// The bundler puts the SQL into the code: a packaged app has no folder of migrations to read.
export const workspaceMigrations = readMigrations(
  import.meta.glob<string>('./migrations/workspace/*.sql', { query: '?raw', import: 'default', eager: true }),
);

export const orgMigrations = readMigrations(
  import.meta.glob<string>('./migrations/org/*.sql', { query: '?raw', import: 'default', eager: true }),
);
