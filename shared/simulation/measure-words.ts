import type { MessageKey, PlainKey } from '../words/message';

/** Measures of a result that have a name of their own; all others are named as the result names them. */
export const MEASURE_WORDS = {
  'cost.expected': 'policies.cost',
  servedShare: 'policies.servedShare',
  awarded: 'policies.awarded',
  attempts: 'policies.attempts',
  customersAwarded: 'policies.customersAwarded',
  customersTurnedAway: 'policies.customersTurnedAway',
  exhaustedAt: 'policies.exhaustedAt',
  firstRejectedAt: 'policies.firstRejectedAt',
} as const satisfies Readonly<Record<string, PlainKey>>;

/** Where in the spread of a measure a number is taken. */
export const PLACE_WORDS = {
  p10: 'policies.atP10',
  p50: 'policies.atP50',
  p90: 'policies.atP90',
  mean: 'policies.atMean',
} as const satisfies Record<string, MessageKey>;

/** The key of a measure's name; null where it has none of its own. */
export const measureKey = (measure: string): PlainKey | null =>
  Object.hasOwn(MEASURE_WORDS, measure) ? MEASURE_WORDS[measure as keyof typeof MEASURE_WORDS] : null;
