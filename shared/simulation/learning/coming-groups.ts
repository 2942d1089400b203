import type { ComingAndProfile } from './coming';
import { seenShare, standings, unseenRate, type SeenCustomers } from './coming-model';

/** Some of the customers of a fit, by how often they come while they are there. */
export interface ComingGroup {
  name: string;
  /** The fit of all customers, with only these to ask who of them is there at the end. */
  coming: ComingAndProfile;
}

/**
 * Groups customers who join and leave by how often each is to be expected from now on, if still there: their rate given how often they
 * came, since when and until when. The fit stays that of all. A group says what was seen of its customers, and what is expected given what
 * was seen is right for whatever group was made of it, so that nobody's luck is taken for their habit.
 *
 * Each group has about as many of those who are there; fewer groups come out where rates lie too near each other to be written apart.
 *
 * @param groups how many, from 1
 */
export function comingGroups(coming: ComingAndProfile, groups: number): ComingGroup[] {
  const { fit, seen, each, unseen, sample } = coming;
  const { rate, here } = standings(fit.model, seen);
  const hidden = { rate: unseenRate(fit.model, seen.weeks), many: unseenOf(coming) };
  const ends = endsOf(
    [
      ...Array.from(rate, (value, index): [number, number] => [value, here[index]! * each]),
      [hidden.rate, hidden.many] as [number, number],
    ],
    groups,
  );
  const sampleRate = sample.seen === seen ? rate : standings(fit.model, sample.seen).rate;
  return Array.from({ length: ends.length + 1 }, (_, place) => {
    const [from, to] = [ends[place - 1] ?? 0, ends[place] ?? Infinity];
    const isIn = (value: number): boolean => from <= value && value < to;
    const some = chosen(seen, rate, isIn);
    const ofSample = (customers: SeenCustomers): SeenCustomers => chosen(customers, sampleRate, isIn);
    return {
      name: groupName(ends, place),
      coming: {
        ...coming,
        seen: some,
        // Customers without an event are all alike, and in one of the groups.
        unseen: isIn(hidden.rate) ? unseen : 0,
        sample: {
          each: sample.each,
          seen: sample.seen === seen ? some : ofSample(sample.seen),
          byMonths: (more) => ofSample(sample.byMonths(more)),
        },
      },
    };
  });
}

/** Customers who had no event: as it is known, or as the model expects. */
const unseenOf = ({ fit: { model }, seen, unseen }: ComingAndProfile): number =>
  unseen ?? model.there * (1 - seenShare(model, seen.weeks));

/** Rates at which groups end, so that each holds about as many; those of one group that are told alike end it once. */
function endsOf(people: [rate: number, many: number][], groups: number): number[] {
  people.sort(([one], [other]) => one - other);
  const total = people.reduce((sum, [, many]) => sum + many, 0);
  const ends: number[] = [];
  let [sum, next] = [0, 1];
  for (const [rate, many] of people) {
    while (next < groups && sum >= (next * total) / groups) {
      const end = told(rate);
      if (end > (ends.at(-1) ?? told(people[0]![0]))) ends.push(end);
      next += 1;
    }
    sum += many;
  }
  return ends;
}

/** As a name tells it. */
const told = (rate: number): number => Number(rate.toPrecision(3));

function groupName(ends: readonly number[], place: number): string {
  const [from, to] = [ends[place - 1], ends[place]];
  if (to === undefined) return from === undefined ? 'all' : `${String(from)} or more events a week`;
  return from === undefined
    ? `less than ${String(to)} events a week`
    : `${String(from)} to less than ${String(to)} events a week`;
}

function chosen(seen: SeenCustomers, rate: ArrayLike<number>, isIn: (value: number) => boolean): SeenCustomers {
  const some: number[] = [];
  for (let index = 0; index < rate.length; index += 1) if (isIn(rate[index]!)) some.push(index);
  const of = (values: ArrayLike<number>): number[] => some.map((index) => values[index]!);
  return { count: of(seen.count), first: of(seen.first), last: of(seen.last), weeks: seen.weeks };
}
