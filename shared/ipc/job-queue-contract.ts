import { z } from 'zod';
import { call } from './method';
import type { LiveJobView } from './sync-contract';

const id = z.int().min(1);
const after = z.object({ kind: z.literal('after') });
const at = z.object({ kind: z.literal('at'), on: z.int() });

/**
 * When a job begins. `now`: beside whatever runs; `after`: once every job of the org that has begun is over; `at`: at an
 * instant, beside whatever runs then.
 */
export const jobBegin = z.discriminatedUnion('kind', [z.object({ kind: z.literal('now') }), after, at]).default({
  kind: 'now',
});
export type JobBegin = z.output<typeof jobBegin>;

/** What a draft keeps of when its job begins: what was chosen, and the time as an instant and as it stands typed. */
export const draftBegin = z.object({
  choice: z.enum(['now', 'after', 'at']).nullable(),
  on: z.int().nullable(),
  typed: z.string().max(1_000).nullable(),
});

/** Jobs that wait (docs/decisions/0205). */
export const jobQueueMethods = {
  /** Puts a job that waits or is paused to wait, for its turn or another time. */
  'liveJobs.wait': call<LiveJobView>()(() => z.object({ id, begin: z.discriminatedUnion('kind', [after, at]) })),
  /** Starts a job that waits, beside whatever runs. */
  'liveJobs.beginNow': call<LiveJobView>()(() => z.object({ id })),
  /** Moves a job among those of its org that wait for their turn; a place behind the last is the last. */
  'liveJobs.reorder': call<LiveJobView>()(() => z.object({ id, place: z.int().min(1) })),
  /** Ends a job that waits, of which nothing was sent; how it was filled in is the org's draft again, in place of what that was. */
  'liveJobs.takeOut': call<LiveJobView>()(() => z.object({ id })),
};
