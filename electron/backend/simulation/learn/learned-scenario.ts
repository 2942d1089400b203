import type { Zone } from '../../../../shared/domain/calendar';
import { toIso } from '../../../../shared/domain/instant';
import type { Estimate } from '../../../../shared/simulation/learning/count-model';
import { mostDispersion, type DropOut } from '../../../../shared/simulation/drop-out';
import type { LearnedSegment } from '../../../../shared/simulation/learning/learn';
import type { Moves } from '../../../../shared/simulation/learning/uncertain-draws';
import { SCENARIO_SCHEMA } from '../../../../shared/simulation/scenario';
import type { Learned } from './learn-file';

/** Longest period that is proposed, in microseconds: a year. */
const LONGEST = 366 * 86_400_000_000;

export interface ScenarioChoices {
  name: string;
  seed: number;
  zone: string;
  /** Name of the file that was learned from. */
  file: string;
  /** A path or a create body, with the key under which it is known. */
  badges: readonly { key: string; badge: unknown }[];
  owner: { ownerType: string; referenceId: string } | null;
}

/** A scenario that goes on where the file ends, for as long as the file was, with the customers that were learned. */
export function learnedScenario(learned: Learned, choices: ScenarioChoices): unknown {
  return {
    schema: SCENARIO_SCHEMA,
    ...{ name: choices.name, seed: choices.seed, timeZone: choices.zone },
    ...{ ...continuedPeriod(learned, choices.zone), replications: 1 },
    badges: choices.badges.map(({ key, badge }) => ({
      ...{ key, badge },
      ...(choices.owner === null ? {} : { owner: choices.owner }),
      trigger: { every: 1, minAmount: 0, probability: 1 },
    })),
    customers: learnedCustomers(learned, choices),
    events: null,
  };
}

/** The customers of a scenario as they were learned, with what they were learned from. */
export function learnedCustomers(learned: Learned, choices: Pick<ScenarioChoices, 'file' | 'zone'>) {
  const names = new Set(learned.segments.map(({ name }) => name));
  return {
    segments: learned.segments.flatMap((segment) => segmentBodies(segment, names)),
    learned: learnedFrom(learned, choices),
  };
}

/** Where a scenario goes on that continues a file: from its end, for as long as it was, and no longer than a year. */
export function continuedPeriod({ from, to }: Pick<Learned, 'from' | 'to'>, zone: Zone): { from: string; to: string } {
  return { from: toIso(to, zone), to: toIso(to + Math.min(LONGEST, to - from), zone) };
}

/** What a reader of the scenario, or of a report on it, is told about where its customers are from. */
function learnedFrom(
  { events, customers, from, to, cut, segments, holdOut }: Learned,
  choices: Pick<ScenarioChoices, 'file' | 'zone'>,
) {
  const day = (at: number): string => toIso(at, choices.zone);
  const estimate = ({ value, low, high }: Estimate): Estimate => ({
    ...{ value: rounded(value), low: rounded(low), high: rounded(high) },
  });
  return {
    ...{ file: choices.file, from: day(from), to: day(to), events, customers },
    segments: segments.map(({ name, perWeek, dispersion, scatter }) => ({
      ...{ name, perWeek: estimate(perWeek), dispersion: estimate(dispersion), scatter: rounded(scatter) },
    })),
    holdOut:
      holdOut === null
        ? null
        : {
            ...{ from: day(cut), forecast: rounded(holdOut.forecast), actual: holdOut.actual },
            error: holdOut.error === null ? null : rounded(holdOut.error),
            naive: holdOut.naive,
            naiveError: holdOut.naiveError === null ? null : rounded(holdOut.naiveError),
            naiveDaysBack: holdOut.naiveDaysBack,
          },
  };
}

/** Those who are there, and where some join, a segment of newcomers beside them, who act as newcomers do. */
function segmentBodies(segment: LearnedSegment, names: Set<string>): unknown[] {
  const { name, size, perWeek, dispersion, coming, drawnAs } = segment;
  const there = {
    ...{ name, size },
    activity: activityBody(segment, perWeek.value, dispersion.value, coming?.dropOut ?? null, {
      ...{
        perWeek: segment.uncertainty.alone,
        isSame: true,
        draws: segment.draws.map(({ there: moves }) => moves),
        name: drawnAs,
      },
    }),
  };
  if (!coming?.joins) return [there];
  // Newcomers beside groups are learned as a segment of their own, in which nobody is there yet.
  const isAlone = size === 0 && segment.seen === 0;
  let joining = isAlone ? name : `${name}, newcomers`;
  for (let number = 2; !isAlone && names.has(joining); number += 1) joining = `${name}, newcomers ${String(number)}`;
  names.add(joining);
  const { newcomers } = coming;
  return [
    ...(isAlone ? [] : [there]),
    {
      ...{ name: joining, size: 0, joins: { perWeek: rounded(coming.joins.value) } },
      activity: activityBody(segment, newcomers.perWeek.value, newcomers.dispersion.value, newcomers.dropOut, {
        ...{ perWeek: 0, isSame: false, draws: segment.draws.map(({ newcomers: moves }) => moves), name: drawnAs },
      }),
    },
  ];
}

function activityBody(
  { weekdays, hours, growthPerMonth, season, amount }: LearnedSegment,
  perWeek: number,
  dispersion: number,
  dropOut: DropOut | null,
  unsure: Unsure,
) {
  return {
    ...{ perWeek: rounded(perWeek), dispersion: Math.min(1000, rounded(dispersion)) },
    weekdays: weekdays.map(weightOf),
    growthPerMonth: rounded(growthPerMonth.value),
    ...(hours === null ? {} : { hours: hours.map(weightOf) }),
    ...(season === null ? {} : { season: season.map(({ value }) => weightOf(value)) }),
    ...(dropOut === null ? {} : { dropOut: dropOutBody(dropOut) }),
    ...uncertaintyBody(unsure),
    ...(amount === null
      ? {}
      : { amount: { mean: rounded(amount.mean), spread: Math.min(100, rounded(amount.spread)) } }),
  };
}

/** What a segment's numbers leave open: its rate by itself, and draws that segments of one name share. */
interface Unsure {
  perWeek: number;
  /** Whether they are the customers of the file. */
  isSame: boolean;
  draws: readonly (Moves | null)[];
  name: string;
}

/** What a scenario takes at the most: of what moves how many events there are, and of what hardly does. */
const MOST_MOVED = 1;
const MOST_SHAPED = 3;
/** A draw that moves a number by less moves nothing that anybody could see. */
const LEAST_MOVED = 1e-5;

/** What is uncertain at all. */
function uncertaintyBody({ perWeek, isSame, draws, name }: Unsure): object {
  const together = draws.flatMap((moves, index) => {
    const body = moves === null ? {} : movesBody(moves);
    return Object.keys(body).length === 0 ? [] : [{ draw: `${name} ${String(index + 1)}`, ...body }];
  });
  const alone = perWeek > LEAST_MOVED ? { perWeek: Math.min(MOST_MOVED, rounded(perWeek)) } : {};
  const all = {
    ...alone,
    ...(isSame ? { sameCustomers: true } : {}),
    ...(together.length === 0 ? {} : { together }),
  };
  return Object.keys(all).length === 0 ? {} : { uncertainty: all };
}

function movesBody({ weekdays, season, ...numbers }: Moves): Moves {
  const moved = (value: number, most: number): number => rounded(Math.max(-most, Math.min(most, value)));
  const isShape = (of: string): boolean => ['dispersion', 'leaving', 'leavingDispersion', 'amountSpread'].includes(of);
  const body: Moves = Object.fromEntries<number>(
    Object.entries(numbers)
      .filter((entry): entry is [string, number] => Math.abs(entry[1] ?? 0) > LEAST_MOVED)
      .map(([of, value]) => [of, moved(value, isShape(of) ? MOST_SHAPED : MOST_MOVED)]),
  );
  const list = (of: number[] | undefined): number[] | null =>
    of?.some((value) => Math.abs(value) > LEAST_MOVED) === true ? of.map((value) => moved(value, MOST_MOVED)) : null;
  const [days, months] = [list(weekdays), list(season)];
  return { ...body, ...(days === null ? {} : { weekdays: days }), ...(months === null ? {} : { season: months }) };
}

/** Rounded, a dispersion next to its bound may not lie beyond it. */
function dropOutBody({ probability, dispersion }: DropOut): DropOut {
  const rate = rounded(probability);
  return { probability: rate, dispersion: rounded(Math.min(dispersion, mostDispersion(rate) * 0.9999)) };
}

/** A weight, of which 1 is the mean: three decimals, which its field in the form can show; one that is almost nothing stays more than that. */
export function weightOf(value: number): number {
  const told = Number(value.toFixed(3));
  return told === 0 ? Number(value.toPrecision(1)) : told;
}

/** Six digits: what was learned is never known better, and a file reads well. */
export function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
