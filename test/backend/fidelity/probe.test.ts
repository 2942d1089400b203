import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantOf } from '../../../shared/domain/instant';
import { MemoryOrg } from '../../../shared/domain/memory-org';
import { DEFAULT_SETTINGS, type OrgSettings } from '../../../shared/domain/settings';
import { probeOrg, type LearnedOrg, type ProbeAnswer, type ProbeCall } from '../../../shared/fidelity/probe-org';
import { answerRequest } from '../../../shared/gateway/router';
import { GATEWAY_SWITCHES } from '../../../shared/gateway/switches';
import { BASE } from './recorded-session';

const NOW = '2026-03-11T13:20:00Z';
const text = (value: unknown): string => (typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value));

/** What goes wrong with the n-th call; undefined: nothing. */
type Fault = 'throttled' | 'lost-before' | 'lost-after' | undefined;

class World {
  readonly org: MemoryOrg;
  waited = 0;
  #calls = 0;
  #now = instantOf(NOW);

  constructor(
    readonly settings: Partial<OrgSettings>,
    readonly faults: readonly Fault[] = [],
    now = NOW,
  ) {
    this.org = new MemoryOrg(settings);
    this.#now = instantOf(now);
  }

  send(call: ProbeCall): Promise<ProbeAnswer> {
    const fault = this.faults[this.#calls++];
    this.#now += 300_000;
    if (fault === 'throttled') return Promise.resolve({ kind: 'not-done', waitSeconds: 7 });
    if (fault === 'lost-before') return Promise.resolve({ kind: 'lost' });
    const headers = Object.fromEntries(
      Object.entries(call.headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const query = Object.fromEntries(new URLSearchParams(call.query));
    const body = call.body === null ? '' : JSON.stringify(call.body);
    const request = { method: call.method, path: `${BASE}/${call.path}`, query, headers, body };
    const answer = answerRequest(this.org, request, { now: this.#now, newBatchId: () => 'batch' });
    if (fault === 'lost-after') return Promise.resolve({ kind: 'lost' });
    return Promise.resolve({
      ...{ kind: 'answered', status: answer.status },
      body: JSON.parse(JSON.stringify(answer.body)) as unknown,
    });
  }

  wait(seconds: number): Promise<void> {
    this.waited += seconds;
    return Promise.resolve();
  }

  learn(): Promise<LearnedOrg> {
    return probeOrg(this, { tag: 'x7', now: this.#now, zone: this.settings.zone ?? 'UTC' });
  }
}

/** What the org is really set to, by option. */
function truth(settings: Partial<OrgSettings>): Map<string, string> {
  const all = { ...DEFAULT_SETTINGS, ...settings };
  return new Map(GATEWAY_SWITCHES.map(({ key, option }) => [option, text(all[key])]));
}

/** Points that were learned otherwise than they are. */
function wrong(learned: LearnedOrg, settings: Partial<OrgSettings>): unknown[] {
  const real = truth(settings);
  return learned.points.filter(({ option, value }) => value !== null && value !== real.get(option));
}

const undecided = (learned: LearnedOrg): string[] =>
  learned.points.filter(({ value }) => value === null).map(({ option, reason }) => `${option}: ${reason?.key ?? ''}`);

test('an org as Laurel reads the documents: every point is learned by 26 calls, and both badges are switched off', async () => {
  const world = new World({});
  const learned = await world.learn();
  expect(new Map(learned.points.map(({ option, value }) => [option, value]))).toEqual(truth({}));
  expect(learned.sent).toHaveLength(26);
  expect(learned.badges.map(({ name, isActive }) => [name, isActive])).toEqual([
    ['Laurel probe x7 1', false],
    ['Laurel probe x7 2', false],
  ]);
  expect([...world.org.badges()].map(({ definition }) => [definition.name, definition.active])).toEqual([
    ['Laurel probe x7 1', false],
    ['Laurel probe x7 2', false],
  ]);
  for (const { calls } of learned.points) for (const call of calls) expect(learned.sent[call - 1]).toBeDefined();
});

const EVERY: Partial<OrgSettings>[] = [
  ...[{ customerLimitCode: 4711 }, { badgeLimitCode: 4712 }, { customerLimitCode: 888, badgeLimitCode: 888 }],
  ...[{ requestIdScope: 'endpoint' as const }, { requestIdScope: 'badge' as const }],
  ...[{ weeklyCycles: 'from-start' as const }, { allowPastStart: true }, { rollingWindows: 'dates' as const }],
  ...[{ revokeFreesCaps: false }, { memberCareOwnerType: 'Goodwill_Module' }, { memberCareOwnerType: 'Loyalty' }],
  ...[{ statusOf801: 400 }, { statusOf815: 422 }, { statusOf816: 409 }, { statusOf1039: 403 }],
  ...[{ refuseOverlappingAwards: true }, { zone: 'Asia/Kolkata' }, { zone: 'America/New_York' }],
];

test.each(EVERY)('%j is learned, and nothing else is taken for it', async (settings) => {
  const learned = await new World(settings).learn();
  expect(wrong(learned, settings)).toEqual([]);
  expect(undecided(learned)).toEqual([]);
});

const combination = fc.record({
  customerLimitCode: fc.constantFrom(990_001, 4711, 5000),
  badgeLimitCode: fc.constantFrom(990_002, 4712, 5000),
  requestIdScope: fc.constantFrom('org' as const, 'endpoint' as const, 'badge' as const),
  weeklyCycles: fc.constantFrom('weekday' as const, 'from-start' as const),
  rollingWindows: fc.constantFrom('hours' as const, 'dates' as const),
  allowPastStart: fc.boolean(),
  revokeFreesCaps: fc.boolean(),
  refuseOverlappingAwards: fc.boolean(),
  memberCareOwnerType: fc.constantFrom('Membercare', 'Goodwill_Module', 'Milestones', 'Journeys'),
  statusOf801: fc.constantFrom(400, 409, 422),
  statusOf815: fc.constantFrom(400, 409, 422),
  statusOf816: fc.constantFrom(400, 409, 422),
  statusOf1039: fc.constantFrom(400, 409, 422),
  zone: fc.constantFrom('UTC', 'Asia/Kolkata', 'America/Los_Angeles', 'Europe/Berlin'),
});

test('100 random combinations are learned whole', async () => {
  await fc.assert(
    fc.asyncProperty(combination, async (settings) => {
      const learned = await new World(settings).learn();
      expect(wrong(learned, settings)).toEqual([]);
      expect(undecided(learned)).toEqual([]);
    }),
    { numRuns: 100 },
  );
}, 60_000);

test('limits of calls and lost answers do not mislead: what is told is right, and no badge stays on unseen', async () => {
  const fault = fc.oneof(
    { weight: 8, arbitrary: fc.constant(undefined) },
    { weight: 2, arbitrary: fc.constantFrom<Fault>('throttled', 'lost-before', 'lost-after') },
  );
  await fc.assert(
    fc.asyncProperty(combination, fc.array(fault, { minLength: 20, maxLength: 60 }), async (settings, faults) => {
      const world = new World(settings, faults);
      const learned = await world.learn();
      expect(wrong(learned, settings)).toEqual([]);
      const known = new Set(learned.badges.map(({ id }) => id));
      expect([...world.org.badges()].filter(({ id }) => !known.has(id))).toEqual([]);
      for (const { id, isActive } of learned.badges)
        if (!isActive) expect(world.org.findBadge(id)?.definition.active).toBe(false);
      expect(learned.points.map(({ option }) => option).sort()).toEqual(
        GATEWAY_SWITCHES.map(({ option }) => option).sort(),
      );
    }),
    { numRuns: 100 },
  );
}, 60_000);

test('what cannot be told is said with its reason: no carrier, midnight, and an org of which no answer comes', async () => {
  expect(undecided(await new World({ memberCareOwnerType: 'Somebody_else' }).learn())).toEqual([
    'member-care-owner: fidelity.probeNoCarrier',
  ]);
  expect(undecided(await new World({}, [], '2026-03-11T23:30:00Z').learn())).toEqual([
    'rolling-windows: fidelity.probeMidnight',
  ]);
  const silent = await new World(
    {},
    Array.from({ length: 100 }, () => 'lost-before' as const),
  ).learn();
  expect(new Set(undecided(silent).map((line) => line.split(': ')[1]))).toEqual(new Set(['fidelity.probeLost']));
});
