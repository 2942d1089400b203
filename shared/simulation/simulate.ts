import type { EventSource } from './event-batch';
import { BadgeKernel } from './kernel';
import { badgeResult, type BadgeResult } from './result';
import type { Scenario } from './scenario';
import type { SimulatedBadge } from './simulated-badge';
import type { Timeline } from './timeline';

/** What one replication came to. */
export interface Replication {
  events: number;
  badges: Record<string, BadgeResult>;
}

/** How a host watches a replication and stops it. Called between batches, every few milliseconds. */
export interface Control {
  /** Throws to stop the run. */
  checkpoint?(events: number, progress: number): void;
}

/** Counters that belong to one replication, for answers that look at customers one by one. */
export interface FinishedReplication extends Replication {
  kernels: readonly BadgeKernel[];
  source: EventSource;
}

/**
 * Runs one replication: takes every event of the source through every badge, in file order.
 *
 * @param badges the scenario's badges, opened; fresh state is made for each run
 */
export function runReplication(
  scenario: Scenario,
  badges: readonly SimulatedBadge[],
  timeline: Timeline,
  source: EventSource,
  replication: number,
  control: Control = {},
): FinishedReplication {
  const kernels = badges.map((badge) => new BadgeKernel(badge, scenario, timeline, source, replication));
  let events = 0;
  for (let batch = source.next(); batch !== null; batch = source.next()) {
    for (const kernel of kernels) kernel.take(batch);
    events += batch.length;
    control.checkpoint?.(events, source.progressAt(batch.at[batch.length - 1]!));
  }
  for (const kernel of kernels) kernel.finish();
  return {
    events,
    badges: Object.fromEntries(kernels.map((kernel) => [kernel.badge.entry.key, badgeResult(kernel, source, timeline)])),
    kernels,
    source,
  };
}
