import { instantOf } from '../../../shared/domain/instant';
import type { Known } from '../../../shared/simulation/known-width';
import type { MessageKey } from '../../../shared/words/message';
import { formatInstant, formatShare, numberFormat } from '../../lib/format';
import { say } from '../../lib/say.svelte';
import { measureWords } from './policy-words';
import type { ScenarioDraft } from './scenario-draft';
import type { UntilKnown } from './scenario-form.svelte';

type Named = Pick<UntilKnown, 'measure' | 'at'>;

const PLACES = {
  p10: 'policies.atP10',
  p50: 'policies.atP50',
  p90: 'policies.atP90',
  mean: 'policies.atMean',
} as const satisfies Record<Named['at'], MessageKey>;

/** What people ask how well it is known; of the first badge. */
export function knownMeasures({ badges }: Pick<ScenarioDraft, 'badges'>): Named[] {
  const measures = ['awarded', 'customersAwarded', 'customersTurnedAway', 'servedShare'];
  if (badges[0]?.cost) measures.push('cost.expected');
  return measures.flatMap((measure) => (['p90', 'p50', 'p10', 'mean'] as const).map((at) => ({ measure, at })));
}

export const knownName = ({ measure, at }: Named): string => say(PLACES[at], { measure: measureWords(measure) });

function told({ measure }: Known, value: Known['value'], zone: string): string {
  if (value === null) return say('policies.neverComes');
  if (typeof value === 'string') return formatInstant(instantOf(value), zone);
  return measure === 'servedShare' ? formatShare(value) : numberFormat({ maximumFractionDigits: 1 }).format(value);
}

/** How sure the answer is. */
export function knownSentence(known: Known, runs: number, zone: string): string {
  return say(known.reached ? 'known.reached' : 'known.missed', {
    measure: knownName(known),
    ...{ low: told(known, known.low, zone), high: told(known, known.high, zone), runs },
    confidence: formatShare(known.confidence),
  });
}
