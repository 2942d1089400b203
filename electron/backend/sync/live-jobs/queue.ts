import { waits, type LiveJob } from '../../../../db/workspace/live-jobs';
import { SECOND, toMilliseconds, type Instant } from '../../../../shared/domain/instant';

/** How much later than at its time a job is still started by itself (docs/decisions/0206). */
export const LATEST = 60 * SECOND;

/** Whether a job has begun and is not over; one that is paused keeps those behind it waiting. */
function isUnderWay(job: LiveJob): boolean {
  return job.state !== 'done' && job.state !== 'cancelled' && !waits(job);
}

/** The jobs of one org that wait for their turn, in their order; also those whose customers are still being read. */
export function inTurn(jobs: readonly LiveJob[]): LiveJob[] {
  return jobs
    .filter(({ state, queuePlace }) => (state === 'queued' || state === 'reading') && queuePlace !== null)
    .sort((one, other) => (one.queuePlace ?? 0) - (other.queuePlace ?? 0));
}

/** What is to be done with jobs that wait. */
export interface Due {
  start: readonly LiveJob[];
  /** Their time has gone by: a person decides. */
  missed: readonly LiveJob[];
}

/**
 * Which jobs of one org begin now: each whose time has come, beside whatever runs; and the next in turn, once no other is
 * under way. A clock that was set back has nobody begin twice, since what began waits no more.
 *
 * @param jobs all of the org
 */
export function dueOf(jobs: readonly LiveJob[], now: Instant): Due {
  const timed = jobs.filter(({ state, startsOn }) => state === 'queued' && startsOn !== null && startsOn <= now);
  const isMissed = ({ startsOn }: LiveJob): boolean => now - (startsOn ?? now) > LATEST;
  const start = timed.filter((job) => !isMissed(job));
  const missed = timed.filter(isMissed);
  const [next] = inTurn(jobs);
  // One that was missed is paused, and keeps others waiting as any other that is.
  const isFree = timed.length === 0 && !jobs.some(isUnderWay);
  // Of the next in turn the customers may still be being read: it is not overtaken.
  return { start: isFree && next?.state === 'queued' ? [next] : start, missed };
}

/**
 * In how many milliseconds jobs that wait for a time are to be looked at again; null: none does. One that is overdue cannot
 * begin now: it is looked at when what keeps it ends, as often as all else, and makes no other late.
 *
 * @param every milliseconds, at most
 */
export function lookIn(jobs: readonly LiveJob[], now: Instant, every: number): number | null {
  const times = jobs.flatMap(({ state, startsOn }) => (state === 'queued' && startsOn !== null ? [startsOn] : []));
  if (times.length === 0) return null;
  return Math.min(every, ...times.filter((time) => time > now).map((time) => toMilliseconds(time - now) + 1));
}
