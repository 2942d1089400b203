import type { Database } from 'better-sqlite3';
import { count, isNull, max, sql, sum, type Column, type SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { WorkspaceCounts } from '../../shared/ipc/backups-contract';
import * as org from '../org/schema';
import * as workspace from '../workspace/schema';

/** A number, or null where the file has no such table or column: an older version wrote it, or a newer one. */
function asked(question: () => { value: number | string | null } | undefined): number | null {
  try {
    const value = question()?.value ?? null;
    return value === null ? null : Number(value);
  } catch {
    return null;
  }
}

/** A sum over nothing is nothing to SQL, and none here. */
const total = (column: Column): SQL<number> => sql<number>`coalesce(${sum(column)}, 0)`;

/** What two files of a workspace hold, whichever version wrote them. Nothing in them is changed. */
export function countWorkspace(workspaceConnection: Database, orgConnection: Database): WorkspaceCounts {
  const drafts = drizzle(workspaceConnection);
  const history = drizzle(orgConnection);
  const living = isNull(workspace.badges.deletedOn);
  return {
    badges: asked(() => drafts.select({ value: count() }).from(workspace.badges).where(living).get()),
    claims: asked(() => drafts.select({ value: count() }).from(workspace.claims).get()),
    simulations: asked(() => drafts.select({ value: count() }).from(workspace.simulations).get()),
    connections: asked(() => drafts.select({ value: count() }).from(workspace.connections).get()),
    liveJobs: asked(() => drafts.select({ value: count() }).from(workspace.liveJobs).get()),
    requests: asked(() => history.select({ value: count() }).from(org.requests).get()),
    // Both are counted as they are made: counting the rows would take seconds where there are millions.
    enrolments: asked(() =>
      history
        .select({ value: total(org.badges.issuedCount) })
        .from(org.badges)
        .get(),
    ),
    awards: asked(() =>
      history
        .select({ value: total(org.badges.earnedCount) })
        .from(org.badges)
        .get(),
    ),
    changedOn: asked(() =>
      drafts
        .select({ value: max(workspace.badges.changedOn) })
        .from(workspace.badges)
        .get(),
    ),
    requestedOn: asked(() =>
      history
        .select({ value: max(org.requests.madeOn) })
        .from(org.requests)
        .get(),
    ),
  };
}
