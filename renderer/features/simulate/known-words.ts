import { instantOf } from '../../../shared/domain/instant';
import type { Known } from '../../../shared/simulation/known-width';
import { knownKey, PLACE_WORDS, unseenOften } from '../../../shared/simulation/measure-words';
import { formatInstant, formatShare, numberFormat } from '../../lib/format';
import { say, sayMessage } from '../../lib/say.svelte';
import { measureWords } from './policy-words';
import type { ScenarioDraft } from './scenario-draft';
import type { UntilKnown } from './scenario-form.svelte';

type Named = Pick<UntilKnown, 'measure' | 'at'>;

/** What people ask how well it is known; of the first badge. */
export function knownMeasures({ badges }: Pick<ScenarioDraft, 'badges'>): Named[] {
  const measures = ['awarded', 'customersAwarded', 'customersTurnedAway', 'servedShare'];
  if (badges[0]?.cost) measures.push('cost.expected');
  return measures.flatMap((measure) => (['p90', 'p50', 'p10', 'mean'] as const).map((at) => ({ measure, at })));
}

export const knownName = ({ measure, at }: Named): string => say(PLACE_WORDS[at], { measure: measureWords(measure) });

function told({ measure }: Known, value: Known['value'], zone: string): string {
  if (value === null) return say('policies.neverComes');
  if (typeof value === 'string') return formatInstant(instantOf(value), zone);
  return measure === 'servedShare' ? formatShare(value) : numberFormat({ maximumFractionDigits: 1 }).format(value);
}

/** How sure the answer is. */
export function knownSentence(known: Known, runs: number, zone: string): string {
  return sayMessage({
    key: knownKey(known),
    values: {
      measure: knownName(known),
      ...{ low: told(known, known.low, zone), high: told(known, known.high, zone), runs },
      often: unseenOften(runs),
      confidence: formatShare(known.confidence),
    },
  });
}
