import type { EventSource } from './event-slice';
import { BadgeKernel } from './kernel';
import type { PreparedScenario } from './prepared-scenario';
import { badgeResult, type BadgeResult } from './result';

/** What one replication came to. */
export interface Replication {
  events: number;
  badges: Record<string, BadgeResult>;
}

/** How a host watches a replication and stops it. */
export interface Control {
  /** Called between slices, at most some hundred milliseconds apart; throws to stop the run. */
  checkpoint?(events: number, progress: number): void;
}

/** With the counters of the replication, for answers that look at customers one by one. */
export interface FinishedReplication extends Replication {
  kernels: readonly BadgeKernel[];
  source: EventSource;
}

/** The kernels of a replication, at its start: nothing has happened yet. */
export function kernelsOf(
  { scenario, badges, stretches }: PreparedScenario,
  source: EventSource,
  replication: number,
): BadgeKernel[] {
  return badges.map((badge, index) => new BadgeKernel(badge, stretches[index]!, scenario, source, replication));
}

/**
 * Takes all events of a source through some kernels, in order of time. Enrolments come before any event of their
 * instant; those after the last event are made too.
 */
export function takeAll(kernels: readonly BadgeKernel[], source: EventSource, control: Control = {}): number {
  let events = 0;
  for (;;) {
    const until = Math.min(...kernels.map((kernel) => kernel.waves.nextAt));
    for (;;) {
      const slice = source.next(
        until,
        kernels.every((kernel) => kernel.isApart),
      );
      if (slice === null) break;
      for (const kernel of kernels) kernel.take(slice);
      events += slice.length;
      control.checkpoint?.(events, source.progress);
    }
    if (until === Infinity) return events;
    for (const kernel of kernels) kernel.enrolUntil(until);
  }
}

/** Runs one replication: every event through every badge, badges in file order. */
export function runReplication(
  prepared: PreparedScenario,
  source: EventSource,
  replication: number,
  control: Control = {},
): FinishedReplication {
  const kernels = kernelsOf(prepared, source, replication);
  const events = takeAll(kernels, source, control);
  const badges = Object.fromEntries(
    kernels.map((kernel) => [kernel.badge.entry.key, badgeResult(kernel, source, prepared.timeline)]),
  );
  return { events, badges, kernels, source };
}
