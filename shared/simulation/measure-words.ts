import type { Message, MessageKey, PlainKey } from '../words/message';
import type { Known } from './known-width';
import type { Place } from './policy';

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

type InstantPlaces = Readonly<Record<Place, { known: MessageKey | null; never: MessageKey | null }>>;
const INSTANT_PLACES: InstantPlaces = {
  p10: { known: 'policies.knownP10', never: 'policies.neverP10' },
  p50: { known: 'policies.knownP50', never: 'policies.neverP50' },
  p90: { known: 'policies.knownP90', never: 'policies.neverP90' },
  mean: { known: null, never: 'policies.neverMean' },
  first: { known: null, never: null },
};

/**
 * What an instant's place in the spread says: runs in which it never comes count as later than every date, so that nine of ten
 * runs come up to the P10. Null: it is told by its date alone, or as what never comes.
 *
 * @param when in words; null: the place falls on runs in which it never comes
 * @param runs of which there is no spread where there is one alone
 */
export function instantPlaceInWords(at: Place, when: string | null, runs: number): Message | null {
  const key = INSTANT_PLACES[at][when === null ? 'never' : 'known'];
  return key === null || runs === 1 ? null : { key, values: when === null ? {} : { when } };
}

/** What is told of how well a number is known: an interval, one value, that of each run (of which a mean is not known so well), or one end where so few runs do not tell the other. */
export function knownForm({
  at,
  value,
  low,
  high,
  reached,
}: Known): 'interval' | 'same' | 'each' | 'atLeast' | 'atMost' | 'nothing' {
  // An end of a number that is not known is infinite, and null in a file; an instant that never comes is null, too.
  const isOpen = (end: Known['low']): boolean => end === null || end === Infinity || end === -Infinity;
  if (at === 'mean' && low === high && !isOpen(low)) return 'each';
  if (reached && low === high) return 'same';
  if (!isOpen(low)) return isOpen(high) ? 'atLeast' : 'interval';
  if (!isOpen(high)) return 'atMost';
  return value === null && reached ? 'same' : 'nothing';
}

const KNOWN_KEYS = {
  same: 'known.same',
  each: 'known.each',
  atLeast: 'known.atLeast',
  atMost: 'known.atMost',
  nothing: 'known.nothing',
} as const satisfies Record<string, MessageKey>;

/** What comes less often than once in so many runs, so many runs do not show. */
export const unseenOften = (runs: number): number => Math.max(1, Math.floor(runs / 3));

/** The sentence of how well a number is known; it takes `measure`, `low`, `high`, `confidence`, `runs` and `often` ({@link unseenOften}). */
export function knownKey(known: Known): MessageKey {
  const form = knownForm(known);
  if (form === 'interval') return known.reached ? 'known.reached' : 'known.missed';
  return KNOWN_KEYS[form];
}
