import { addMonths, dateAt, startOfDate, type Zone } from '../../../../shared/domain/calendar';
import { toIso, toIsoExact, type Instant } from '../../../../shared/domain/instant';
import type { ReadyScenario } from '../../../../shared/ipc/simulation-contract';
import { SCENARIO_SCHEMA } from '../../../../shared/simulation/scenario';
import { sampleProgramme, type SampleName } from './programme';
import type { Speaker } from '../../../../shared/words/speaker';
import { message } from '../../../../shared/words/message';

type Json = Record<string, unknown>;

/** Mornings before work and weekends: how a coffee chain's week looks. */
const COFFEE_WEEK = [1.1, 1, 1, 1.1, 1.3, 1.4, 0.9];

function segment(name: string, size: number, perWeek: number, mean: number, rest: Json = {}): Json {
  return {
    name,
    size,
    activity: {
      perWeek,
      dispersion: 0.5,
      weekdays: COFFEE_WEEK,
      growthPerMonth: 0,
      amount: { mean, spread: 0.6 },
      ...rest,
    },
  };
}

/** Three scenarios over badges of the sample programme as they stand on the day `now`; each runs as it is. */
export function readyScenarios(now: Instant, zone: Zone, speaker: Pick<Speaker, 'say'>): readonly ReadyScenario[] {
  const { say } = speaker;
  const samples = sampleProgramme(now, zone, speaker);
  const today = startOfDate(dateAt(now, zone), zone);
  const badge = (name: SampleName, key: string, rest: Json): Json => {
    const sample = samples.find((sample) => sample.name === name);
    return { key, badge: sample?.body ?? {}, owner: sample?.claims[0] ?? null, ...rest };
  };
  const frame = (name: string, months: number, replications: number): Json => ({
    schema: SCENARIO_SCHEMA,
    name,
    seed: 7,
    timeZone: zone,
    from: toIso(today, 'UTC'),
    to: toIsoExact(addMonths(today, months, zone)),
    replications,
  });
  const every = (count: number): Json => ({ every: count, minAmount: 0, probability: 1 });

  return [
    {
      id: 'cap',
      title: message('scenarios.readyCapTitle'),
      question: message('scenarios.readyCapQuestion'),
      body: {
        ...frame(say('samples.pumpkinSeason'), 2, 20),
        badges: [
          badge('samples.pumpkin', 'pumpkin', {
            trigger: { ...every(1), probability: 0.25 },
            enrol: [],
            cost: { perAward: 2.5, redemptionRate: 0.6, currency: 'EUR' },
          }),
        ],
        customers: {
          segments: [
            segment(say('samples.regulars'), 900, 2.2, 6),
            segment(say('samples.occasionalGuests'), 4_000, 0.35, 9),
          ],
        },
        events: null,
      },
    },
    {
      id: 'shared',
      title: message('scenarios.readySharedTitle'),
      question: message('scenarios.readySharedQuestion'),
      body: {
        ...frame(say('samples.brewBesideRegular'), 4, 5),
        badges: [
          badge('samples.mondayBrew', 'brew', {
            trigger: every(2),
            enrol: [],
            cost: { perAward: 1.2, redemptionRate: 0.5, currency: 'EUR' },
          }),
          badge('samples.regular', 'regular', {
            trigger: { count: 8, withinDays: 30, minAmount: 0, probability: 1 },
            enrol: [],
            cost: { perAward: 8, redemptionRate: 0.7, currency: 'EUR' },
          }),
        ],
        customers: {
          segments: [
            segment(say('samples.regulars'), 20_000, 2.4, 6, { growthPerMonth: 0.03 }),
            segment(say('samples.occasionalGuests'), 60_000, 0.5, 9),
          ],
        },
        events: null,
      },
    },
    {
      id: 'enrol',
      title: message('scenarios.readyEnrolTitle'),
      question: message('scenarios.readyEnrolQuestion'),
      body: {
        ...frame(say('samples.sprintInWaves'), 2, 10),
        badges: [
          badge('samples.sprint', 'sprint', {
            trigger: { amount: 25, withinDays: 7, minAmount: 0, probability: 1 },
            enrol: [
              { at: toIso(today, 'UTC'), segments: [say('samples.goldTier')], share: 1 },
              { at: toIsoExact(addMonths(today, 1, zone)), segments: [say('samples.silver')], share: 0.5 },
            ],
            cost: { perAward: 6, redemptionRate: 0.8, currency: 'EUR' },
          }),
        ],
        customers: {
          segments: [segment(say('samples.goldTier'), 4_000, 2.8, 11), segment(say('samples.silver'), 9_000, 1.4, 8)],
        },
        events: null,
      },
    },
  ];
}
