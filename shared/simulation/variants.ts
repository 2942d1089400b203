import type { SimulationResult } from './result';

/** One version of a scenario with its result, and each customer's awards by badge where they were asked for. */
export interface Variant {
  name: string;
  result: SimulationResult;
  awards: Readonly<Record<string, Uint32Array>> | null;
}

/** A number that is not the same in all variants. */
export interface Difference {
  /** Where in the result: `badges.streak.awarded`. */
  path: string;
  values: (number | null)[];
  /** Against the first variant; null where one of the two lacks the number. */
  differences: (number | null)[];
}

/** Customers who are better or worse off with a variant than with the first one. */
export interface WinnersAndLosers {
  badge: string;
  variant: string;
  /** Customers with more awards, and those among them who had none. */
  winners: number;
  newlyServed: number;
  losers: number;
  noLongerServed: number;
}

export interface Comparison {
  differences: Difference[];
  /** Null where the variants do not have the same customers. */
  people: WinnersAndLosers[] | null;
}

function numbersOf(value: unknown, path: string, into: Map<string, number>): void {
  if (typeof value === 'number') into.set(path, value);
  else if (Array.isArray(value)) {
    value.forEach((element: unknown, index) => {
      // Days are known by their date, so that variants of other periods meet where they overlap.
      const day =
        typeof element === 'object' && element !== null && 'day' in element ? String(element.day) : String(index);
      numbersOf(element, `${path}.${day}`, into);
    });
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, element] of Object.entries(value)) numbersOf(element, path === '' ? key : `${path}.${key}`, into);
  }
}

function compareAwards(badge: string, variant: string, base: Uint32Array, other: Uint32Array): WinnersAndLosers {
  const row: WinnersAndLosers = { badge, variant, winners: 0, newlyServed: 0, losers: 0, noLongerServed: 0 };
  for (let customer = 0; customer < base.length; customer += 1) {
    const before = base[customer]!;
    const after = other[customer]!;
    if (after > before) {
      row.winners += 1;
      if (before === 0) row.newlyServed += 1;
    } else if (after < before) {
      row.losers += 1;
      if (after === 0) row.noLongerServed += 1;
    }
  }
  return row;
}

function comparePeople(variants: readonly Variant[]): WinnersAndLosers[] | null {
  const [base, ...others] = variants;
  if (base?.awards === null || base === undefined) return null;
  const rows: WinnersAndLosers[] = [];
  for (const other of others) {
    if (other.awards === null) return null;
    for (const [badge, awards] of Object.entries(base.awards)) {
      const theirs = other.awards[badge];
      if (theirs === undefined) continue;
      if (theirs.length !== awards.length) return null;
      rows.push(compareAwards(badge, other.name, awards, theirs));
    }
  }
  return rows;
}

/**
 * Answer 4: two to six versions of a scenario, which were run with one seed and so on the same draws. Lists only numbers
 * that differ: a scenario against itself shows nothing at all.
 */
export function compareVariants(variants: readonly Variant[]): Comparison {
  const numbers = variants.map(({ result }) => {
    const map = new Map<string, number>();
    numbersOf({ events: result.events, badges: result.badges, bands: result.bands }, '', map);
    return map;
  });
  const paths = new Set(numbers.flatMap((map) => [...map.keys()]));
  const differences: Difference[] = [];
  for (const path of paths) {
    const values = numbers.map((map) => map.get(path) ?? null);
    if (values.every((value) => value === values[0])) continue;
    const base = values[0] ?? null;
    differences.push({
      path,
      values,
      differences: values.map((value) => (value === null || base === null ? null : value - base)),
    });
  }
  return { differences, people: comparePeople(variants) };
}
