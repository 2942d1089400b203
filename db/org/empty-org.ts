import type { Database } from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import {
  awards,
  badges,
  claims,
  customFields,
  definitions,
  enrolments,
  groups,
  orgMeta,
  refusals,
  requests,
} from './schema';

/** Children before the tables they refer to. */
const TABLES = [
  refusals,
  awards,
  enrolments,
  requests,
  claims,
  definitions,
  badges,
  groups,
  customFields,
  orgMeta,
] as const;

/** Takes everything out of an org but what it is and who its customers are. Call it inside a transaction. */
export function emptyOrg(connection: Database): void {
  const database = drizzle(connection);
  for (const table of TABLES) database.delete(table).run();
}
