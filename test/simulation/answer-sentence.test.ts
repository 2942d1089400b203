import { describe, expect, test } from 'vitest';
import { runSimulation } from '../../electron/backend/simulation/run';
import { answerSentence } from '../../shared/simulation/answer-sentence';
import { prepareScenario } from '../../shared/simulation/prepared-scenario';
import { whyNobody } from '../../shared/simulation/why-nobody';
import { badgeBody, scenarioBody, type Json } from './scenarios';
import { enrolFirst } from '../domain/badge-bodies';

const CAP = { badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 300 }] };

async function whyOf(badge: Json, entry: Json = {}): Promise<string | null> {
  const body = scenarioBody({}, { badge: badgeBody({ ...CAP, ...badge }), ...entry });
  const preparation = prepareScenario(body);
  if (!preparation.ok) throw new Error(JSON.stringify(preparation.findings));
  const { result } = await runSimulation({ body, csv: null }, { workers: 1 });
  const { badges, scenario } = preparation.prepared;
  return whyNobody(badges[0]!, scenario, result.badges['badge']!);
}

describe('nobody can get it', () => {
  test.each<[RegExp | null, Json, Json]>([
    [/not claimed.*810.*no owner is named/, {}, { owner: null }],
    [/not claimed.*810/, {}, { owner: { ownerType: 'Milestones', referenceId: '1' } }],
    [/not active.*815/, { active: false }, {}],
    [/starts on 1 September 2026/, { startOnISO: '2026-09-01T00:00:00Z', expiresOnISO: '2026-10-01T00:00:00Z' }, {}],
    [/ended on 1 February 2026/, { startOnISO: '2026-01-01T00:00:00Z', expiresOnISO: '2026-02-01T00:00:00Z' }, {}],
    [/needs an enrolment first, and nobody is enrolled \(811\)/, enrolFirst(), {}],
    [/no event qualifies/, {}, { trigger: { every: 1, probability: 0 } }],
    [/limits is zero/, { badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 0 }] }, {}],
    [null, {}, {}],
  ])('%s', async (why, badge, entry) => {
    const said = await whyOf(badge, entry);
    if (why === null) expect(said).toBeNull();
    else expect(said).toMatch(why);
  });
});

test('half of the runs is said only where it is half', async () => {
  const body = scenarioBody({ replications: 4 }, { badge: badgeBody(CAP) });
  const { result } = await runSimulation({ body, csv: null }, { workers: 1 });
  const day = '2026-03-14T10:00:00Z';
  const say = (share: number, exhausted: (string | null)[]): string => {
    const bands = structuredClone(result.bands)!;
    bands['badge']!.exhaustedAt =
      share === 0
        ? { p10: null, p50: null, p90: null, mean: null, share: 0 }
        : { p10: day, p50: day, p90: day, mean: day, share };
    const answered = { result: { ...result, bands }, key: 'badge', name: 'B', zone: 'UTC', cap: 300 };
    return answerSentence({ ...answered, exhausted, nobody: null });
  };
  expect(say(1, [day, day, '2026-03-20T00:00:00Z', '2026-03-20T00:00:00Z'])).toMatch(
    /gone by 14 March 2026 in half of the runs\./,
  );
  expect(say(1, [day, day, day, day])).toMatch(/in every run\./);
  expect(say(1, [day, day, day, '2026-03-15T00:00:00Z'])).toMatch(/in 3 of 4 runs\./);
  expect(say(0.25, [null, null, null, day])).toMatch(/in 1 of 4 runs\./);
  expect(say(0.75, ['2026-03-20T00:00:00Z', null, '2026-03-20T00:00:00Z', day])).toMatch(
    /in 1 of 4 runs, and in 3 by the end/,
  );
  expect(say(0, [null, null, null, null])).toMatch(/never runs out in any of 4 runs/);
  const answered = { result, key: 'badge', name: 'B', zone: 'UTC', cap: 300, exhausted: [] };
  expect(answerSentence({ ...answered, nobody: 'Nobody can get “B”.' })).toBe('Nobody can get “B”.');
});
