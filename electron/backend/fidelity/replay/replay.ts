import type { OrgSettings } from '../../../../shared/domain/settings';
import type {
  CallVerdict,
  EndpointReport,
  FidelityReport,
  UndecidableReason,
  VerdictCounts,
} from '../../../../shared/fidelity/fidelity-report';
import type { Recording } from '../../../../shared/fidelity/recording';
import { DEFAULT_SETTINGS } from '../../../../shared/domain/settings';
import { ENDPOINTS } from '../../../../shared/gateway/endpoints';
import { GATEWAY_SWITCHES } from '../../../../shared/gateway/switches';
import { carriedOut, play, type Playable } from './play';
import { missingWrites } from './missing-writes';
import { prepareCalls } from './prepared-calls';
import { searchSwitches } from './search';
import { toldZone } from './org-zone';
import { startingState } from './starting-state';
import { textOfValue } from './switch-candidates';

export interface ReplayOptions {
  /** What the practice org is set to; absent settings keep their defaults, and the zone is what the answers tell. */
  settings: Partial<OrgSettings>;
  signal?: AbortSignal;
  /** What is done, how far: calls of the first replay, then positions of switches. */
  progress?: (doing: 'playing' | 'trying', done: number) => void;
}

function countsOf(verdicts: readonly CallVerdict[]): VerdictCounts {
  const counts = { same: 0, different: 0, undecidable: 0 };
  for (const { verdict } of verdicts) counts[verdict] += 1;
  return counts;
}

function reasonsOf(verdicts: readonly CallVerdict[]): EndpointReport['reasons'] {
  const counts = new Map<UndecidableReason, number>();
  for (const { reason } of verdicts) if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, count]) => ({ reason, count }));
}

/** Of each endpoint that occurs, in the order of the gateway; what is for none comes last. */
function byEndpoint(verdicts: readonly CallVerdict[]): EndpointReport[] {
  const names = [...new Set(ENDPOINTS.map(({ name }) => name)), null];
  return names.flatMap((endpoint) => {
    const own = verdicts.filter((verdict) => verdict.endpoint === endpoint);
    if (own.length === 0) return [];
    const example = own.find(({ verdict }) => verdict === 'different') ?? null;
    return [{ endpoint, ...countsOf(own), example, reasons: reasonsOf(own) }];
  });
}

/**
 * Plays a recording against a practice org that is put into its state as far as that is known, compares every answer by
 * what it means, and looks for the switches that explain what differs.
 *
 * @throws Failure `cancelled`
 */
export async function replay(recording: Recording, options: ReplayOptions): Promise<FidelityReport> {
  const { signal, progress } = options;
  const told = options.settings.zone === undefined ? toldZone(recording) : null;
  const settings = told === null ? options.settings : { ...options.settings, zone: told };
  const calls = prepareCalls(recording);
  const playable: Playable = {
    ...{ calls, start: startingState(calls), carriedOut: carriedOut(calls) },
    missing: missingWrites(recording, calls),
  };
  const aborting = signal && { signal };
  const first = await play(playable, {
    ...{ settings, untilDifferent: false, ...aborting },
    progress: (done) => progress?.('playing', done),
  });
  const { switches, explanation } = await searchSwitches(playable, settings, first, {
    ...aborting,
    progress: (done) => progress?.('trying', done),
  });
  return {
    settings: GATEWAY_SWITCHES.flatMap(({ key, option }) => {
      const value = settings[key];
      return value === undefined || value === DEFAULT_SETTINGS[key] ? [] : [{ option, value: textOfValue(value) }];
    }),
    zone: settings.zone ?? DEFAULT_SETTINGS.zone,
    zoneFrom: told !== null ? 'answers' : settings.zone === undefined ? 'default' : 'given',
    counts: { calls: calls.length, ...countsOf(first.verdicts) },
    endpoints: byEndpoint(first.verdicts),
    switches,
    explanation,
    calls: first.verdicts,
  };
}
