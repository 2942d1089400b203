import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BareJob } from './live-jobs/bare-job';
import { ANSWERS_DONE, CLOCKS, OddOrg, oddServer, type OddOrgPlan, type OddServer } from './odd-org';
import { mulberry } from './live-jobs/survival';

const CUSTOMERS = Array.from({ length: 24 }, (_, index) => index + 1);
/** Requests that no job over so few customers may need. */
const MOST_REQUESTS = 2_000;
const WELL: OddOrgPlan = { clock: 'true', notDone: 0, odd: 0, oddReads: 0, only: null, repeats: false };

let server: OddServer;
beforeAll(async () => {
  server = await oddServer();
});
afterAll(() => server.stop());

/** Every third customer has an older award of the same owner. */
function orgOf(plan: OddOrgPlan, dice: () => number): { org: OddOrg; before: (customer: number) => number } {
  const org = new OddOrg(plan, dice);
  const before = (customer: number): number => (customer % 3 === 0 ? 1 : 0);
  for (const customer of CUSTOMERS) if (before(customer) === 1) org.giveBefore(customer, customer * 40);
  server.org = org;
  return { org, before };
}

/** Runs a job to its end: while the org is odd, then, when it is well again, resumed and its refused tried once more. */
async function carryThrough(plan: OddOrgPlan, seed: number): Promise<string[]> {
  const dice = mulberry(seed);
  const { org, before } = orgOf(plan, dice);
  const job = new BareJob({ url: server.url, customers: CUSTOMERS, chunkSize: 5, dice });
  const wrong: string[] = [];
  const look = (when: string): void => {
    if (org.requests > MOST_REQUESTS) wrong.push(`${when}: ${String(org.requests)} requests`);
    for (const [customer, outcome] of job.outcomes()) {
      const awards = org.newAwards(customer, before(customer));
      if (awards > 1) wrong.push(`${when}: customer ${String(customer)} has ${String(awards)} awards`);
      if (outcome.kind === 'done' && awards === 0)
        wrong.push(`${when}: customer ${String(customer)} is done with nothing`);
    }
  };
  const end = await job.run();
  if (end === 'paused' && job.job.note === null) wrong.push('paused without a word');
  look('while odd');
  if (job.retryRefused() > 0) await job.run();
  look('after a retry');
  org.plan = { ...WELL, clock: plan.clock };
  org.requests = 0;
  const healed = await job.run();
  if (healed !== 'done') wrong.push(`when well again it ended ${healed}: ${job.job.note ?? ''}`);
  look('when well again');
  return wrong.map((text) => `seed ${String(seed)}, ${plan.clock}, ${plan.only ?? 'any'}: ${text}`);
}

describe('an odd org', () => {
  test.each(CLOCKS)('whose clock is “%s” and that loses answers doubles nobody and forgets nobody', async (clock) => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const plan: OddOrgPlan = { ...WELL, clock, notDone: 0.1, odd: 0.5, only: 'reset' };
      expect(await carryThrough(plan, seed)).toEqual([]);
    }
  });

  test('answers as its dice fall: the job ends, bounded, and everybody has it at most once', async () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const dice = mulberry(seed * 7_919);
      const plan: OddOrgPlan = {
        clock: CLOCKS[Math.floor(dice() * CLOCKS.length)] ?? 'true',
        notDone: dice() * 0.4,
        odd: dice(),
        oddReads: dice() < 0.5 ? 0 : dice() * 0.3,
        only: null,
        repeats: false,
      };
      expect(await carryThrough(plan, seed)).toEqual([]);
    }
  });

  test.each([...new Set(ANSWERS_DONE)])('that always answers “%s” ends the job, and doubles nobody', async (only) => {
    expect(await carryThrough({ ...WELL, odd: 1, only }, 1)).toEqual([]);
  });

  test('that takes every fresh request for a repeated one is asked a few times, and the job says why it pauses', async () => {
    const { org } = orgOf({ ...WELL, repeats: true }, mulberry(1));
    const job = new BareJob({ url: server.url, customers: CUSTOMERS, chunkSize: 5, parallel: 1 });
    expect(await job.run()).toBe('paused');
    expect(job.job.note).toMatch(/takes one new request after another for done already/);
    expect(org.requests).toBeLessThan(50);
  });
});
