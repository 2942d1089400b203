import { instantOf, toSeconds } from '../domain/instant';
import type { Band, BadgeBands, BadgeResult, SimulationResult } from './result';

/** Columns of the tidy table, in their order; docs/simulation-in-scripts.md says what they hold. */
export const TIDY_COLUMNS = [
  'variant',
  'badge',
  'segment',
  'day',
  'measure',
  'value',
  'mean',
  'p10',
  'p50',
  'p90',
] as const;

/**
 * One number of a result: a variant × badge × segment × day × measure. Segment null is all customers, day null the whole
 * period. `value` is of the first replication, the others are over all of them and null where there is one.
 */
type TidyRow = [
  variant: string,
  badge: string,
  segment: string | null,
  day: string | null,
  measure: string,
  value: number | null,
  mean: number | null,
  p10: number | null,
  p50: number | null,
  p90: number | null,
];

export interface TidyVariant {
  name: string;
  result: Pick<SimulationResult, 'badges' | 'bands'>;
}

/** All numbers of results as rows for a notebook. Instants are Unix seconds. */
export function* tidyRows(variants: readonly TidyVariant[]): Generator<TidyRow> {
  for (const { name, result } of variants) {
    for (const [badge, counted] of Object.entries(result.badges)) {
      for (const number of numbersOf(counted, result.bands?.[badge] ?? null)) {
        const { segment, day, measure, value, band } = number;
        const { mean = null, p10 = null, p50 = null, p90 = null } = band ?? {};
        yield [name, badge, segment, day, measure, value, mean, p10, p50, p90];
      }
    }
  }
}

interface TidyNumber {
  segment: string | null;
  day: string | null;
  measure: string;
  value: number | null;
  band: Partial<Band> | null;
}

const PLAIN = ['enrolled', 'qualifying', 'attempts', 'awarded', 'customersAwarded', 'customersTurnedAway'] as const;
const COUNTS = ['enrolRejected', 'rejected', 'rejectedByConstraint', 'awardsPerCustomer'] as const;
const OF_DAY = ['attempts', 'awarded', 'rejected'] as const;
const OF_SEGMENT = ['customers', 'awarded', 'customersAwarded', 'customersTurnedAway'] as const;

function* numbersOf(result: BadgeResult, bands: BadgeBands | null): Generator<TidyNumber> {
  const whole = { segment: null, day: null };
  for (const measure of PLAIN) yield { ...whole, measure, value: result[measure], band: bands?.[measure] ?? null };
  for (const measure of COUNTS) {
    // What never happened in the first replication may have in another one.
    const reasons = new Set([...Object.keys(result[measure]), ...Object.keys(bands?.[measure] ?? {})]);
    for (const reason of reasons) {
      const band = bands?.[measure][reason] ?? null;
      yield { ...whole, measure: `${measure}.${reason}`, value: result[measure][reason] ?? 0, band };
    }
  }
  if (result.cost !== null) {
    yield { ...whole, measure: 'cost.expected', value: result.cost.expected, band: bands?.cost?.expected ?? null };
  }
  yield { ...whole, measure: 'firstRejectedAt', value: secondsOf(result.firstRejectedAt), band: null };
  yield { ...whole, measure: 'exhaustedAt', value: secondsOf(result.exhaustedAt), band: exhaustionOf(bands) };
  const share = bands?.exhaustedAt.share ?? null;
  yield {
    ...whole,
    measure: 'exhausted',
    value: result.exhaustedAt === null ? 0 : 1,
    band: share === null ? null : { mean: share },
  };
  for (const [index, day] of result.byDay.entries()) {
    for (const measure of OF_DAY) {
      yield { segment: null, day: day.day, measure, value: day[measure], band: bands?.byDay[index]?.[measure] ?? null };
    }
  }
  for (const [segment, counted] of Object.entries(result.bySegment)) {
    for (const measure of OF_SEGMENT) {
      yield {
        segment,
        day: null,
        measure,
        value: counted[measure],
        band: bands?.bySegment[segment]?.[measure] ?? null,
      };
    }
  }
}

const secondsOf = (instant: string | null): number | null => (instant === null ? null : toSeconds(instantOf(instant)));

function exhaustionOf(bands: BadgeBands | null): Partial<Band> | null {
  const band = bands?.exhaustedAt;
  if (!band?.p10) return null;
  return {
    ...{ mean: secondsOf(band.mean)!, p10: secondsOf(band.p10)! },
    ...{ p50: secondsOf(band.p50)!, p90: secondsOf(band.p90)! },
  };
}
