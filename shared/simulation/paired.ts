import { message, type Message } from '../words/message';
import { band } from './bands';
import { CONFIDENCE, LEAST_OF_MEAN, meanOf, whyNoNumber } from './known-width';
import { measureValues, type LimitCodes } from './policy-verdict';
import type { Band, BadgeResult } from './result';

/** A number that differs in some replication, and how much it differs from one replication to the other. */
export interface PairedDifference {
  badge: string;
  /** Where in the badge's block: `awarded`, `bySegment.regulars.customersTurnedAway`, `cost.expected`. */
  measure: string;
  /** Mean of each variant over the replications; null where a variant lacks the number. */
  means: (number | null)[];
  /** Of each variant against the first, replication by replication, so that luck they share falls away; null as above. */
  differences: (Band | null)[];
  /** In how many replications each variant is above, and below, the first. */
  above: number[];
  below: number[];
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Numbers of a badge's block by their path; the days are left out, because they are their own chart. */
function numbersOf(value: unknown, path: string, into: Map<string, number>): void {
  if (typeof value === 'number') into.set(path, value);
  else if (isObject(value) && !Array.isArray(value))
    for (const [key, element] of Object.entries(value)) numbersOf(element, path === '' ? key : `${path}.${key}`, into);
}

/** Counts by a code or a name leave out what is zero: where the block is there, the number is. */
const COUNTS = /^(enrolRejected|rejected|rejectedByConstraint|awardsPerCustomer)\./;

/**
 * Variants that ran on the same draws, number by number: only what differs in at least one replication.
 *
 * @param variants each the badges of every replication, in order; all with the same number of them
 */
export function pairedDifferences(
  variants: readonly (readonly Readonly<Record<string, BadgeResult>>[])[],
): PairedDifference[] {
  const [base] = variants;
  if (base === undefined) return [];
  const keys = [...new Set(variants.flatMap((runs) => Object.keys(runs[0] ?? {})))];
  return keys.flatMap((badge) => {
    const tables = variants.map((runs) =>
      runs.map((badges) => {
        const numbers = new Map<string, number>();
        if (Object.hasOwn(badges, badge)) numbersOf(badges[badge], '', numbers);
        return numbers;
      }),
    );
    const measures = [...new Set(tables.flatMap((runs) => runs.flatMap((numbers) => [...numbers.keys()])))];
    return measures.flatMap((measure): PairedDifference[] => {
      const series = tables.map((runs) => {
        const values = runs.map(
          (numbers) => numbers.get(measure) ?? (numbers.size > 0 && COUNTS.test(measure) ? 0 : null),
        );
        return values.every((value) => value !== null) ? values : null;
      });
      const [first] = series;
      const isSame = series.every((values) => String(values) === String(first));
      if (isSame) return [];
      const against = series.map((values) =>
        values && first ? values.map((value, replication) => value - first[replication]!) : null,
      );
      return [
        {
          badge,
          measure,
          means: series.map((values) => (values ? band(values).mean : null)),
          differences: against.map((values) => (values ? band(values) : null)),
          above: against.map((values) => (values ?? []).filter((value) => value > 0).length),
          below: against.map((values) => (values ?? []).filter((value) => value < 0).length),
        },
      ];
    });
  });
}

/** Which number of two versions is to be told apart. */
export interface DecidedTarget {
  /** Key of the badge; null: the first one. */
  badge: string | null;
  /** As in a policy, but for instants: what never comes has no difference. */
  measure: string;
}

/** Whether it is known which version has more of a number, in a comparison. */
export interface Decided {
  badge: string;
  measure: string;
  /** Of each version's difference to the first: its mean over the runs, and between what it lies; of the first, null. */
  differences: ({ mean: number; low: number; high: number } | null)[];
  /** At least so sure, over all looks that were taken and all versions. */
  confidence: number;
  /** Whether each difference was told from none before the most runs were done. */
  reached: boolean;
  /** Runs after which it would have ended all the same. */
  most: number;
}

/**
 * Whether versions that ran on the same draws are told apart after some runs.
 *
 * @param variants each the badges of its runs
 * @param looks how often it is looked in all, the last time after `most` runs
 * @param own codes by which the org answers a full limit
 * @returns where there is no such number, why, and which version lacks it; null: all do
 */
export function decidedAfter(
  { badge, measure }: DecidedTarget,
  variants: readonly (readonly Readonly<Record<string, BadgeResult>>[])[],
  looks: number,
  most: number,
  own: LimitCodes = {},
): { ok: true; decided: Decided } | { ok: false; reason: Message; version: number | null } {
  const key = badge ?? Object.keys(variants[0]?.[0] ?? {})[0] ?? '';
  const all = variants.map((runs) => measureValues({ badge: key, measure }, runs, own));
  const lacking = all.findIndex((taken) => 'field' in taken);
  const lacks = all[lacking];
  if (lacks !== undefined && 'field' in lacks) {
    const version = all.every((taken) => 'field' in taken && taken.field === lacks.field) ? null : lacking;
    return { ok: false, reason: whyNoNumber({ badge: key, measure }, lacks), version };
  }
  const series = all.flatMap((taken) => ('field' in taken ? [] : [taken.values]));
  if (all.some((taken) => 'isInstant' in taken && taken.isInstant))
    return { ok: false, reason: message('known.noDifference', { measure }), version: null };
  const [base = [], ...others] = series;
  const error = (1 - CONFIDENCE) / (looks * Math.max(1, others.length));
  const against = others.map((values) => {
    const differences = values.map((value, run) => value - base[run]!);
    const { value, low, high } = meanOf(differences, error, [base, values]);
    return { mean: value, low, high };
  });
  const reached = base.length >= LEAST_OF_MEAN && against.every(({ low, high }) => low > 0 || high < 0);
  const differences = [null, ...against];
  return { ok: true, decided: { badge: key, measure, differences, confidence: CONFIDENCE, reached, most } };
}
