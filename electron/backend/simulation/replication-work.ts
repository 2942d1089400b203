import type { OrgSettings } from '../../../shared/domain/settings';
import { SyntheticSource } from '../../../shared/simulation/arrivals';
import { JoiningSource, type CrowdingRow } from '../../../shared/simulation/crowding';
import type { CustomerPart } from '../../../shared/simulation/parts';
import type { EventSource } from '../../../shared/simulation/event-slice';
import { prepareScenario, type PreparedScenario } from '../../../shared/simulation/prepared-scenario';
import type { BadgeResult } from '../../../shared/simulation/result';
import { replaySource, type ReplayRows } from './replay/spilled-source';
import { runReplication, type Control } from '../../../shared/simulation/simulate';

/** Answers that look at customers one by one; of the first replication only. */
export interface Detail {
  /** Awards of each customer by badge; two runs on the same customers are compared place by place. */
  awards: Record<string, Uint32Array>;
  crowding: Record<string, CrowdingRow[]>;
}

export interface ReplicationAnswer {
  replication: number;
  events: number;
  badges: Record<string, BadgeResult>;
  detail: Detail | null;
}

/** Prepares a scenario that was found sound before. @throws Error when it is not */
export function mustPrepare(body: unknown, settings: Partial<OrgSettings>): PreparedScenario {
  const preparation = prepareScenario(body, settings);
  if (preparation.ok) return preparation.prepared;
  throw new Error(
    `The scenario is not sound: ${preparation.findings.map(({ path, message }) => `${path} ${message}`).join('; ')}`,
  );
}

/** The events of one replication of a scenario. */
export function sourceOf(
  prepared: PreparedScenario,
  columns: ReplayRows | null,
  replication: number,
  part?: CustomerPart,
): EventSource {
  return columns === null
    ? new SyntheticSource(prepared.scenario, prepared.timeline, replication, part)
    : replaySource(columns);
}

/**
 * Runs one replication, or a part of its customers without detail; with detail if wanted.
 *
 * @param plain its events, from the beginning
 */
export function answerReplication(
  prepared: PreparedScenario,
  plain: EventSource,
  replication: number,
  wantsDetail: boolean,
  control: Control,
): ReplicationAnswer {
  const { timeline } = prepared;
  const joining = wantsDetail ? new JoiningSource(plain, timeline) : null;
  const run = runReplication(prepared, joining ?? plain, replication, control);
  let detail: Detail | null = null;
  if (joining !== null) {
    const byKey = <T>(of: (kernel: (typeof run.kernels)[number]) => T): Record<string, T> =>
      Object.fromEntries(run.kernels.map((kernel) => [kernel.badge.entry.key, of(kernel)]));
    detail = {
      awards: byKey((kernel) =>
        Uint32Array.from({ length: plain.customers }, (_, customer) => kernel.tally.awardsOf(customer)),
      ),
      crowding: byKey((kernel) => joining.crowdingOf(kernel)),
    };
  }
  return { replication, events: run.events, badges: run.badges, detail };
}
