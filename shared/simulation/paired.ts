import { band } from './bands';
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
