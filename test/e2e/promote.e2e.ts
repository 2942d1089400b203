import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { badgeBody, lasting, owners } from '../domain/badge-bodies';
import { expect, test } from './app';
import { badgeRows, connectTo } from './connect';
import { drop } from './drop';
import { look } from './look';
import { OwnOrg } from './own-org';

const ACCESS = { user: 'laurel-tester', password: 'a password of the practice org' };

let trial: OwnOrg;
let live: OwnOrg;
test.beforeEach(async ({ userData }) => {
  trial = new OwnOrg(path.join(userData, 'trial.sqlite'), ACCESS);
  live = new OwnOrg(path.join(userData, 'live.sqlite'), ACCESS);
  await Promise.all([trial.start(), live.start()]);
});
test.afterEach(() => Promise.all([trial.stop(), live.stop()]));

async function benefitsIn(org: OwnOrg, name: string): Promise<unknown> {
  type Row = { id: string; name: string };
  const { data } = (await org.call('GET', '/badgeMeta')) as { data: { metaBasicDetails: Row[] } };
  const id = data.metaBasicDetails.find((row) => row.name === name)?.id;
  if (id === undefined) return null;
  const { data: badge } = (await org.call('GET', `/badgeMeta/${id}`)) as { data: { benefits: unknown } };
  return badge.benefits;
}

test('a badge of the test org is held for production until its ids are told, and arrives with those', async ({
  laurel,
  page,
}) => {
  const body = badgeBody({
    ...{ name: 'Five visits', startOn: '2098-01-01T00:00:00Z', expiresOn: '2099-01-01T00:00:00Z' },
    ...{ earnedBadgeExpiry: lasting(30, 'DAYS'), defaultTillId: 9 },
    benefits: [{ benefitType: 'COUPON', seriesId: 55 }],
    ...owners('Loyalty'),
  });
  await trial.call('POST', '/badgeMeta', body);
  await laurel.menu('go.sync');
  await connectTo(page, trial, 'Trial', { kind: 'Test' });
  await badgeRows(page, 'Trial').filter({ hasText: 'Five visits' }).getByRole('checkbox').check({ force: true });
  await page.getByRole('button', { name: 'Make 1 draft' }).click();
  await expect(badgeRows(page, 'Trial').filter({ hasText: 'Five visits' })).toContainText('Same');
  await connectTo(page, live, 'Live', { kind: 'Production' });

  // The push holds it and asks; what is filled in there is kept.
  const row = badgeRows(page, 'Live').filter({ hasText: 'Five visits' });
  await row.getByRole('checkbox').check({ force: true });
  await page.getByRole('button', { name: 'Review the push of 1…' }).click();
  const push = page.getByRole('region', { name: 'Requests of the push' });
  await expect(push).toContainText('Nothing of the badge is sent until that is said.');
  await push.getByRole('combobox', { name: 'coupon series 55 is in Live' }).fill('10055');
  await page.keyboard.press('Tab');
  await push.getByRole('listitem').filter({ hasText: 'till 9' }).getByRole('button', { name: 'The same' }).click();
  await look(laurel, 'promote-held');
  await push.getByRole('button', { name: 'Save and plan again' }).click();
  await expect(push).toContainText('"seriesId":10055');
  expect(await benefitsIn(live, 'Five visits')).toBeNull();
  await page.getByRole('button', { name: 'Unlock…' }).click();
  await page.getByLabel('Type Live to unlock writing').fill('Live');
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
  await page.getByRole('textbox', { name: 'This writes to production. Type Live to go on' }).fill('Live');
  await page.getByRole('button', { name: 'Send 1 request to Live' }).click();
  await expect(page.getByText('1 of 1 done in Live')).toBeVisible();
  await page.getByRole('button', { name: 'Close the push' }).click();
  await expect(row).toContainText('Same');
  expect(await benefitsIn(live, 'Five visits')).toEqual([{ benefitType: 'COUPON', seriesId: 10_055 }]);
  expect(await benefitsIn(trial, 'Five visits')).toEqual([{ benefitType: 'COUPON', seriesId: 55 }]);

  // The table is there to be looked at, and goes out as a file and in again.
  await page.getByRole('button', { name: 'Promote…' }).click();
  const pane = page.getByRole('region', { name: 'What Live calls what badges bring from other orgs' });
  await expect(pane).toContainText('All are told.');
  await expect(pane.getByRole('combobox', { name: 'coupon series 55 is in Live' })).toHaveValue('10055');
  await look(laurel, 'promote');
  const file = path.join(laurel.userData, 'live.partners.json');
  await laurel.chooseInSaveDialog(file);
  await pane.getByRole('button', { name: 'Save as a file…' }).click();
  await expect(page.getByText(/2 partners are in live\.partners\.json/)).toBeVisible();
  await writeFile(file, (await readFile(file, 'utf8')).replace('10055', '10066'));
  await laurel.chooseInOpenDialog([file]);
  await pane.getByRole('button', { name: 'Take from a file…' }).click();
  await expect(pane.getByRole('combobox', { name: 'coupon series 55 is in Live' })).toHaveValue('10066');
  await expect(row).toContainText('Changed here');

  await row.getByText('Five visits').click();
  await expect(page.getByRole('combobox', { name: 'Its ids are those of' })).toContainText('Trial');
  await look(laurel, 'promote-compare');
});

test('badges that came as a file are asked about once before a push: whose ids they have', async ({
  laurel,
  page,
  userData,
}) => {
  const file = path.join(userData, 'from-a-colleague.json');
  const badges = ['Five visits', 'Ten visits'].map((name) =>
    badgeBody({
      ...{ name, startOn: '2098-01-01T00:00:00Z', expiresOn: '2099-01-01T00:00:00Z' },
      ...{ earnedBadgeExpiry: lasting(30, 'DAYS'), ...owners('Loyalty') },
      benefits: [{ benefitType: 'COUPON', seriesId: 55 }],
    }),
  );
  await writeFile(file, JSON.stringify(badges));
  await expect(page.getByText('A badge says what a customer gets')).toBeVisible();
  await drop(page, file, 'h1');
  await page.getByRole('dialog', { name: 'Import badges' }).getByRole('button', { name: 'Import 2 badges' }).click();
  await expect(page.getByText('2 badges imported.')).toBeVisible();
  await laurel.menu('go.sync');
  await connectTo(page, trial, 'Trial', { kind: 'Test' });
  await connectTo(page, live, 'Live', { kind: 'Production' });

  const review = async (names: readonly string[]): Promise<void> => {
    for (const name of names)
      await badgeRows(page, 'Live').filter({ hasText: name }).getByRole('checkbox').check({ force: true });
    await page.getByRole('button', { name: `Review the push of ${String(names.length)}…` }).click();
  };
  const push = page.getByRole('region', { name: 'Requests of the push' });
  await review(['Five visits', 'Ten visits']);
  const question = push.getByRole('combobox', { name: 'Their ids are those of' });
  await expect(push).toContainText('Nobody said of which org the ids in 2 badges are');
  await expect(push).toContainText('They go to Live as they stand.');
  await expect(push.getByText('"seriesId":55')).toHaveCount(2);
  await look(laurel, 'push-unsaid');

  // One answer counts for both: what was to leave as it stands is held now, and asks for what Live calls it.
  await question.click();
  await expect(page.getByRole('option')).toHaveText(['Trial', 'Live']);
  await page.getByRole('option', { name: 'Trial' }).click();
  await expect(question).toBeHidden();
  await expect(push.getByText('"seriesId":55')).toHaveCount(0);
  await push.getByRole('combobox', { name: 'coupon series 55 is in Live' }).fill('10055');
  await page.keyboard.press('Tab');
  await push.getByRole('button', { name: 'Save and plan again' }).click();
  await expect(push.getByText('"seriesId":10055')).toHaveCount(2);
  expect(await benefitsIn(live, 'Ten visits')).toBeNull();
  await page.getByRole('button', { name: 'Unlock…' }).click();
  await page.getByLabel('Type Live to unlock writing').fill('Live');
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
  await page.getByRole('textbox', { name: 'This writes to production. Type Live to go on' }).fill('Live');
  await page.getByRole('button', { name: 'Send 2 requests to Live' }).click();
  await expect(page.getByText('2 of 2 done in Live')).toBeVisible();
  for (const name of ['Five visits', 'Ten visits'])
    expect(await benefitsIn(live, name)).toEqual([{ benefitType: 'COUPON', seriesId: 10_055 }]);
});
