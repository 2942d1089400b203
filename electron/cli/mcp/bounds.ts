import { realpathSync } from 'node:fs';
import type { PreparedScenario } from '../../../shared/simulation/prepared-scenario';
import type { Scenario } from '../../../shared/simulation/scenario';
import { dateAt } from '../../../shared/domain/calendar';
import { DAY } from '../../../shared/domain/instant';
import { dayFactors } from '../../../shared/simulation/day-factors';
import { busiestMonth, farthest } from '../../../shared/simulation/uncertain-segments';
import type { SimulationJob } from '../../backend/simulation/run';
import { bytesOfTable, pathsOfTable } from '../../backend/tables/table-files';
import { plainFailure } from '../plain-failure';
import type { Roots } from './roots';

/** Customers × replications of all scenarios of a call: some seconds of a desktop. */
export const MOST_CUSTOMER_RUNS = 2_000_000;
/** Events × replications that customers may be expected to have. */
const MOST_EVENT_RUNS = 60_000_000;
/** Bytes × replications of a file of transactions. */
const MOST_BYTE_RUNS = 400_000_000;
/** A goal is sought by simulating about so many settings. */
const SETTINGS_OF_A_GOAL = 20;

/** What a run of a scenario comes to, before it is run. */
export interface RunSize {
  customerRuns: number;
  eventRuns: number;
  byteRuns: number;
}

const count = (value: number): string => Math.round(value).toLocaleString('en');

function expectedEvents({ customers, from, to, timeZone, calendar }: Scenario): number {
  const weeks = (to - from) / (7 * DAY);
  const factors = dayFactors(calendar, dateAt(from, timeZone), Math.ceil(weeks * 7) + 1);
  const busiest = factors.reduce((most, factor) => Math.max(most, factor), 1);
  return (customers?.segments ?? []).reduce((sum, { size, joins, activity }) => {
    const monthly = (1 + activity.growthPerMonth) * farthest(activity, 'growthPerMonth');
    const worth = weeks * Math.max(1, monthly ** (weeks / 4.35)) * busiest * busiestMonth(activity);
    const newcomers = (joins?.perWeek ?? 0) * farthest(activity, 'joins') * worth;
    return sum + (size + newcomers) * activity.perWeek * farthest(activity, 'perWeek') * worth;
  }, 0);
}

/** How large a run is. @throws Failure where its transactions lie outside of what may be read */
export function sizeOf(job: SimulationJob, { scenario }: Pick<PreparedScenario, 'scenario'>, roots: Roots): RunSize {
  const { replications, customers } = scenario;
  const weeks = (scenario.to - scenario.from) / (7 * DAY);
  const people = (customers?.segments ?? []).reduce(
    (sum, { size, joins }) => sum + size + (joins?.perWeek ?? 0) * weeks,
    0,
  );
  return {
    customerRuns: people * replications,
    eventRuns: expectedEvents(scenario) * replications,
    byteRuns: job.csv === null ? 0 : bytesInside(job.csv, roots) * replications,
  };
}

/** A folder or a pattern may hold links that lead out of it. */
function bytesInside(csv: string, roots: Roots): number {
  for (const file of pathsOfTable(csv)) {
    if (!roots.holds(realpathSync.native(file)))
      throw plainFailure(
        'invalid-input',
        `The file of transactions ${roots.nameOf(csv)} is a link to, or has one to, a place outside of what may be read here. Copy the file into the folder.`,
      );
  }
  return bytesOfTable(csv);
}

/**
 * Refuses what would take too long for a conversation, before anything is run.
 *
 * @param seeks whether the scenario is run for many settings
 * @throws Failure `invalid-input` that says what is too large, by how much, and what to do
 */
export function requireBounded(sizes: readonly RunSize[], seeks = false): void {
  const share = seeks ? SETTINGS_OF_A_GOAL : 1;
  const sum = (of: (size: RunSize) => number): number => sizes.reduce((total, size) => total + of(size), 0);
  const instead =
    'Lower replications or the sizes of the segments with set, or run laurel on the command line, which has no such bound.';
  const refuse = (what: string, is: number, most: number): void => {
    if (is <= most / share) return;
    throw plainFailure(
      'invalid-input',
      `Too large to be run here: ${what} come to ${count(is)}, and at most ${count(most / share)} are allowed${seeks ? ' where a goal is sought' : ''}. Nothing was simulated. ${instead}`,
    );
  };
  refuse(
    'customers × replications',
    sum(({ customerRuns }) => customerRuns),
    MOST_CUSTOMER_RUNS,
  );
  refuse(
    'the events to be expected × replications',
    sum(({ eventRuns }) => eventRuns),
    MOST_EVENT_RUNS,
  );
  refuse(
    'bytes of transactions × replications',
    sum(({ byteRuns }) => byteRuns),
    MOST_BYTE_RUNS,
  );
}

/** Whether a value's JSON, as it is written without spaces, has at most so many characters. */
export function isWithin(value: unknown, most: number): boolean {
  try {
    return (JSON.stringify(value) ?? '').length <= most;
  } catch {
    // Nested so deeply that it cannot be written.
    return false;
  }
}
