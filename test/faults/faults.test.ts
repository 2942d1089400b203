/** A few of the faults that `npm run faults` injects everywhere: a disk that is full from then on, and a death. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canInject, type Fault } from './fault-library';
import { makePrograms, prepared, SCENARIOS, type PreparedScenario, type Ways } from './inject';
import type { FaultScenario } from './scenario';

/** In each scenario, at a place between its beginning and its end. */
const FAULTS: readonly (Pick<Fault, 'kind' | 'lasting'> & { place: number })[] = [
  { kind: 'full', lasting: true, place: 0.3 },
  { kind: 'die-half', lasting: false, place: 0.5 },
  { kind: 'full', lasting: false, place: 0.015 },
];

describe.skipIf(!canInject)('a store that a fault befell is whole, and the next start says what happened', () => {
  let programs: Ways;
  beforeAll(async () => {
    programs = await makePrograms();
  });
  afterAll(async () => {
    expect(await programs.end()).toBe(0);
  });

  describe.each(SCENARIOS.map((scenario): [string, FaultScenario] => [scenario.name, scenario]))(
    '%s',
    (_, scenario) => {
      let ready: PreparedScenario;
      beforeAll(async () => {
        ready = await prepared(scenario, programs);
      });
      afterAll(() => {
        ready.end();
      });

      test.each(FAULTS)('$kind at $place of its calls', async ({ place, ...fault }) => {
        const at = Math.ceil(place * ready.calls);
        const { problems, unconfirmed, outcome } = await ready.inject({ ...fault, at }, fault.kind === 'die-half');
        expect([...problems, ...unconfirmed]).toEqual([]);
        if (fault.kind === 'die-half') expect(outcome).toBe('killed');
      });
    },
  );
});
