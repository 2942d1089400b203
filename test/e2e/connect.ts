import type { Page } from '@playwright/test';
import { expect } from './app';
import type { OwnOrg } from './own-org';

export interface ConnectOptions {
  kind?: 'Practice' | 'Test' | 'Production';
  /** How a live job over it is paced; as quickly as a practice org is called where nothing is said. */
  chunkSize?: number;
  parallel?: number;
  perSecond?: number;
}

/** Connects to an org as a person does; the secret survives a restart even where there is no keychain. */
export async function connectTo(page: Page, org: OwnOrg, name: string, options: ConnectOptions = {}): Promise<void> {
  const { kind = 'Practice', chunkSize, parallel, perSecond = 200 } = options;
  await page.getByRole('button', { name: 'Connect', exact: true }).first().click();
  await page.getByRole('textbox', { name: /^Name/ }).fill(name);
  await page.getByRole('textbox', { name: /^Address/ }).fill(org.url);
  await page.getByRole('radio', { name: new RegExp(`^${kind}`) }).click();
  await page.getByRole('textbox', { name: /^User/ }).fill(org.access.user);
  await page.getByLabel('Password', { exact: true }).fill(org.access.password);
  const onDisk = page.getByRole('checkbox', { name: /^Keep it on disk/ });
  if (await onDisk.isVisible()) await onDisk.check();
  for (const [label, value] of [
    ['Customers in one request', chunkSize],
    ['Requests at once', parallel],
    ['Requests a second', perSecond],
  ] as const) {
    if (value !== undefined) await page.getByLabel(label).fill(String(value));
  }
  await page.getByRole('button', { name: 'Save the connection' }).click();
  await page.getByRole('button', { name: `Pull from ${name}` }).click();
  await expect(page.getByText('Last pulled')).toBeVisible();
}

/** The list of badges here and in an org. */
export const badgeRows = (page: Page, org: string) =>
  page.getByRole('grid', { name: `Badges here and in ${org}` }).getByRole('row');
