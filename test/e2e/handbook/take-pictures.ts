/**
 * The pictures of the handbook, of the sample programme, in both languages: each is a part of the window as it is. And
 * those of the README but that of Sync, of the whole window.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { limitDrawings } from '../../handbook/draw-limits';
import { FOLDER, HANDBOOK_LANGUAGES, type HandbookLanguage } from '../../handbook/handbook-files';
import { expect, testOfOwnStart as test, type Laurel } from '../app';
import { badgeRows, connectTo } from '../connect';
import { speak } from '../look';
import { OwnOrg } from '../own-org';
import { badgeBody, lasting, OWNER } from '../../domain/badge-bodies';

const ORG = 'Acme UAT';
const BADGE = 'Pumpkin Pioneer';
const ACCESS = { user: 'laurel', password: 'a password of the practice org' };
/** A picture stands in a column of some 400 pixels, and the words in it must still be read. */
const WIDEST = 640;
const HIGHEST = 380;
const WINDOW = { width: 1070, height: 720 };
const README_PICTURES = path.join(FOLDER, '..', 'images');

const LIMITED = badgeBody({
  ...{ startOn: '2026-01-01T00:00:00Z', expiresOn: '2099-01-01T00:00:00Z' },
  name: 'Thousandth cup',
  earnedBadgeExpiry: lasting(30, 'DAYS'),
  badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 250 }],
});

interface Part {
  /** Whose upper left corner is that of the picture. */
  from: Locator;
  width?: number;
  height?: number;
}

/** Takes the same part of the window in each language. */
async function take(page: Page, name: string, { from, width = WIDEST, height = HIGHEST }: Part): Promise<void> {
  for (const language of HANDBOOK_LANGUAGES) {
    await speak(page, language);
    await page.mouse.move(1, 1);
    await from.evaluate((element) => element.scrollIntoView({ block: 'nearest' }));
    await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
    const box = await from.boundingBox();
    if (box === null) throw new Error(`There is nothing to take for ${name}.`);
    const view = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
    const x = Math.max(0, box.x);
    const y = Math.max(0, box.y);
    await page.screenshot({
      path: path.join(FOLDER, 'pictures', language, `${name}.png`),
      caret: 'initial',
      clip: { x, y, width: Math.min(width, view.width - x), height: Math.min(height, view.height - y) },
    });
  }
  await speak(page, 'en');
}

/** A picture of the whole window, for the README: in English and light, as wide as a common one. */
async function takeWindow(laurel: Laurel, name: string): Promise<void> {
  const { page } = laurel;
  await resize(laurel, 1440, 900);
  await page.mouse.move(1, 1);
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
  await page.screenshot({ path: path.join(README_PICTURES, `${name}.png`), caret: 'initial' });
  await resize(laurel, WINDOW.width, WINDOW.height);
}

async function resize({ app, page }: Laurel, width: number, height: number): Promise<void> {
  await app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size), [
    width,
    height,
  ] as [number, number]);
  await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height]);
}

async function writeDrawings(language: HandbookLanguage): Promise<void> {
  const folder = path.join(FOLDER, 'pictures', language);
  await mkdir(folder, { recursive: true });
  for (const [file, drawing] of limitDrawings(language)) await writeFile(path.join(folder, file), drawing);
}

async function takeBadges(laurel: Laurel): Promise<void> {
  const { page } = laurel;
  await laurel.menu('help.samples');
  await page.getByRole('grid', { name: 'Badges' }).getByRole('row').filter({ hasText: BADGE }).click();
  await expect(page.getByRole('heading', { name: BADGE })).toBeVisible();
  await expect(page.getByText(/^The sample programme is here/)).toBeHidden({ timeout: 30_000 });
  await take(page, 'badges', { from: page.locator('main'), width: 590, height: 360 });
  await take(page, 'timeline', { from: page.locator('figure.timeline') });
  await takeWindow(laurel, 'badges');
}

async function takeIssue(laurel: Laurel): Promise<void> {
  const { page } = laurel;
  await laurel.menu('go.issue');
  await page.getByRole('combobox', { name: 'Badge' }).click();
  await page.keyboard.type(BADGE);
  await page.getByRole('option', { name: BADGE }).click();
  await page.getByRole('radio', { name: /^Award many/ }).click();
  await page.getByRole('radio', { name: 'Range' }).click();
  await page.getByLabel('First customer id').fill('1');
  await page.getByLabel('Last customer id').fill('3000');
  await take(page, 'issue', { from: page.locator('.compose') });
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: /990002/ }).click();
  const table = page.getByRole('grid', { name: 'Customers of the request' });
  await table.getByRole('row').nth(2).getByRole('gridcell').first().click();
  const why = page.getByRole('complementary', { name: /^Why this customer|^Warum/ });
  await expect(why).toContainText('BADGE_FIXED_VALUE');
  await take(page, 'issue-why', { from: why });
  await takeWindow(laurel, 'issue');
}

async function takeSimulate(laurel: Laurel): Promise<void> {
  const { page } = laurel;
  await laurel.menu('go.simulate');
  await take(page, 'simulate', { from: page.locator('.start') });
  await page.getByRole('button', { name: /^Run “A thousand cups/ }).click();
  const answer = page.locator('article.result');
  await expect(answer).toBeVisible({ timeout: 60_000 });
  await take(page, 'answer', { from: answer });
  await takeWindow(laurel, 'simulate');
}

async function takeSync(laurel: Laurel, org: OwnOrg): Promise<void> {
  const { page } = laurel;
  await laurel.menu('go.sync');
  await page.getByRole('button', { name: 'Connect', exact: true }).first().click();
  await take(page, 'connect', { from: page.locator('main form'), height: 300 });
  const created = await org.call('POST', '/badgeMeta', LIMITED, { 'X-CAP-BADGES-MIGRATION': 'migration' });
  await org.call('POST', `/badgeMeta/${(created['data'] as { id: string }).id}/claim`, OWNER);
  await connectTo(page, org, ORG);

  const row = badgeRows(page, ORG).filter({ hasText: BADGE });
  await row.click();
  const comparison = page.getByRole('region', { name: `Comparison of the draft with ${ORG}` });
  await comparison.getByRole('button', { name: 'Review the push…' }).click();
  const push = page.getByRole('region', { name: /^(Requests of the push|Anfragen der Übertragung)$/ });
  await expect(push.getByRole('list').first()).toBeVisible();
  await take(page, 'push', { from: push });
  await page.getByRole('button', { name: /^Send \d+ requests? to/ }).click();
  await expect(page.getByText(/ done in Acme UAT\.$/)).toBeVisible();
  await page.getByRole('button', { name: 'Close the push' }).click();

  await laurel.menu('go.badges');
  const limit = page.getByLabel('At most').last();
  await limit.press('Control+A');
  await limit.pressSequentially('2000');
  await limit.press('Enter');
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
  await laurel.menu('go.sync');
  await row.click();
  await expect(page.getByRole('list', { name: 'Fields that differ' })).toBeVisible();
  await take(page, 'compare', {
    from: page.getByRole('region', { name: /^(Comparison of the draft|Vergleich des Entwurfs)/ }),
  });
}

async function takeJob(laurel: Laurel): Promise<void> {
  const { page } = laurel;
  await laurel.menu('go.sync');
  await page.getByRole('tab', { name: /^Live jobs/ }).click();
  await page.getByRole('button', { name: /^New( live job)?…$/ }).click();
  await page.getByRole('combobox', { name: `Badge in ${ORG}` }).fill('Thousandth');
  await page.getByRole('option', { name: /^Thousandth cup/ }).click();
  await page.getByRole('radio', { name: 'Range' }).click();
  await page.getByLabel('Last customer id').fill('400');
  await page.getByRole('button', { name: `Award 400 customers in ${ORG}` }).click();
  await expect(page.locator('header').getByText('Finished', { exact: true })).toBeVisible({ timeout: 60_000 });
  await take(page, 'live-job', {
    from: page.getByRole('heading', { name: /“Thousandth cup”|„Thousandth cup“/ }),
    height: 360,
  });
}

async function takeActivity(laurel: Laurel): Promise<void> {
  const { page } = laurel;
  await laurel.menu('go.activity');
  await expect(page.getByRole('grid').getByRole('row').filter({ hasText: ORG }).first()).toBeVisible();
  // Narrow enough for all columns but the first.
  await resize(laurel, 960, 640);
  await take(page, 'activity', { from: page.getByText(/^(What for|Wofür)$/), width: 704, height: 160 });
  await resize(laurel, WINDOW.width, WINDOW.height);
}

async function takeBackups(laurel: Laurel): Promise<void> {
  const { page } = laurel;
  await laurel.menu('go.settings');
  await page.getByRole('button', { name: 'Back up now' }).click();
  await expect(page.getByRole('list', { name: 'Backups' }).getByRole('listitem')).not.toHaveCount(0);
  await take(page, 'backups', { from: page.getByRole('list', { name: /^(Backups|Sicherungen)$/ }), height: 110 });
}

test('the pictures of the handbook', async ({ laurel, userData }) => {
  await Promise.all(HANDBOOK_LANGUAGES.map(writeDrawings));
  const org = new OwnOrg(path.join(userData, 'org.sqlite'), ACCESS);
  await org.start();
  try {
    await laurel.start();
    await resize(laurel, WINDOW.width, WINDOW.height);
    await laurel.menu('view.theme.light');
    await takeBadges(laurel);
    await takeIssue(laurel);
    await takeSimulate(laurel);
    await takeSync(laurel, org);
    await takeActivity(laurel);
    await takeJob(laurel);
    await takeBackups(laurel);
  } finally {
    await org.stop();
  }
});
