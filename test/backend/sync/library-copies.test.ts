import { expect, test } from 'vitest';
import { inEnglish } from '../../../shared/words/english';
import type { ScenarioBody } from '../../../shared/ipc/simulation-contract';
import { readJson } from '../../../shared/domain/json';
import { scenarioBody } from '../../simulation/scenarios';
import { laurel, type Laurel } from './laurel';
import { startOrg } from './practice-org';

const inAll = (maxEarnLimit: number) => ({ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit });

/** A scenario with a copy of a badge of the library, changed. */
async function copied(here: Laurel, badgeId: string, changes: Record<string, unknown>, link = true) {
  const detail = await here.call('badges.get', { id: badgeId });
  const reading = readJson(detail.body);
  const library = { badge: badgeId, revision: detail.revision };
  const body = scenarioBody(
    { name: 'Turned' },
    {
      badge: { ...(reading.ok ? (reading.value as object) : {}), ...changes },
      ...(link ? { library } : {}),
    },
  ) as ScenarioBody;
  return { detail, scenario: { body, numbers: [] } };
}

const limitsIn = (body: string) => (JSON.parse(body) as Record<string, unknown>)['badgeConstraints'];

test('a copy is held against the library by what it means, and brought back as one step', async () => {
  const here = await laurel();
  const badgeId = await here.draft({ badgeConstraints: [inAll(100)], 'x-note': 'kept' });
  const { detail, scenario } = await copied(here, badgeId, {
    badgeConstraints: [
      inAll(150),
      { constraintType: 'BADGE_ROLLING_WINDOW', rollType: 'DAYS', rollValue: 1, maxEarnLimit: 9 },
    ],
  });
  const [copy] = (await here.call('simulation.libraryCopies', scenario)).copies;
  expect(copy).toMatchObject({ id: badgeId, linked: true, moved: false });
  expect(
    copy?.differences?.map(({ field, library, here: mine }) => [field, inEnglish(library), inEnglish(mine)]),
  ).toEqual([['badgeConstraints', '100 in all', '9 in the last day; 150 in all']]);

  const used = await here.call('simulation.useInBadge', {
    ...{ scenario, badge: 0, id: badgeId, baseRevision: detail.revision },
  });
  expect(used).toMatchObject({ problems: 0, left: [], taken: [{ key: 'comparison.fieldBadgeConstraints' }] });
  const after = await here.call('badges.get', { id: badgeId });
  expect(limitsIn(after.body)).toMatchObject([inAll(150), { rollType: 'DAYS', rollValue: 1, maxEarnLimit: 9 }]);
  expect(JSON.parse(after.body)).toMatchObject({ 'x-note': 'kept' });
  const { revisions } = await here.call('badges.revisions', { id: badgeId });
  expect(revisions[0]).toMatchObject({ label: 'Taken from the scenario Turned', current: true });
  expect((await here.call('badges.undo', { id: badgeId })).body).toBe(detail.body);

  // The draft was saved meanwhile: nothing is written.
  await here.edit(badgeId, { description: 'Meanwhile' });
  await expect(
    here.call('simulation.useInBadge', { scenario, badge: 0, id: badgeId, baseRevision: detail.revision }),
  ).rejects.toMatchObject({ code: 'conflict' });
  const [moved] = (await here.call('simulation.libraryCopies', scenario)).copies;
  expect(moved).toMatchObject({ linked: true, moved: true });
});

test('a copy from elsewhere is known by its name, one that cannot be read is said, and one of nothing has no note', async () => {
  const here = await laurel();
  const badgeId = await here.draft({ name: 'By its name' });
  const { scenario } = await copied(here, badgeId, {}, false);
  const [named] = (await here.call('simulation.libraryCopies', scenario)).copies;
  expect(named).toMatchObject({ id: badgeId, linked: false, moved: false, differences: [] });
  const broken = await copied(here, badgeId, { startOn: 'soon', startOnISO: undefined });
  const [unread] = (await here.call('simulation.libraryCopies', broken.scenario)).copies;
  expect(unread).toMatchObject({ id: badgeId, differences: null });
  const other = await copied(here, badgeId, { name: 'Nobody’s' }, false);
  expect((await here.call('simulation.libraryCopies', other.scenario)).copies).toEqual([null]);
});

test('what a live org would refuse of an update stays in the library, and is said with its code', async () => {
  const org = await startOrg();
  try {
    const here = await laurel();
    const { id } = await here.connect(org.url);
    const badgeId = await here.draft({
      customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 3 }],
    });
    await here.push(id, badgeId);
    const { detail, scenario } = await copied(here, badgeId, {
      badgeConstraints: [inAll(500)],
      customerConstraints: [
        { constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW', durationType: 'DAYS', refreshRate: 2, maxEarnLimit: 1 },
      ],
    });
    const [copy] = (await here.call('simulation.libraryCopies', scenario)).copies;
    expect(
      copy?.differences?.map(({ field, refusals }) => [field, refusals.map(({ code, org: by }) => [code, by])]),
    ).toEqual([
      ['customerConstraints', [[826, 'Practice']]],
      ['badgeConstraints', []],
    ]);
    const used = await here.call('simulation.useInBadge', {
      ...{ scenario, badge: 0, id: badgeId, baseRevision: detail.revision },
    });
    expect(used.taken.map(({ key }) => key)).toEqual(['comparison.fieldBadgeConstraints']);
    expect(used.left).toMatchObject([
      { label: { key: 'comparison.fieldCustomerConstraints' }, refusals: [{ code: 826 }] },
    ]);
    const after = JSON.parse((await here.call('badges.get', { id: badgeId })).body) as Record<string, unknown>;
    expect(after['customerConstraints']).toMatchObject([{ constraintType: 'CUSTOMER_BADGE_FIXED_VALUE' }]);
    expect(after['badgeConstraints']).toMatchObject([inAll(500)]);
  } finally {
    await org.stop();
  }
});
