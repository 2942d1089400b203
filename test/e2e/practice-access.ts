import type { Page } from '@playwright/test';
import { expect, type Laurel } from './app';

/** Where the calls of a gateway begin. */
export const BADGES = '/api_gateway/v1/badges';

/** What a client of the practice org must know. */
export interface Access {
  url: string;
  user: string;
  password: string;
}

/** Shows the practice org, also where connections stand beside it. */
export async function openPractice(laurel: Laurel): Promise<Page> {
  await laurel.menu('go.sync');
  const { page } = laurel;
  await page
    .getByRole('button', { name: /^Practice org/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: 'Practice org', exact: true })).toBeVisible();
  return page;
}

/** Reads from the window how the practice org that runs is reached. */
export async function accessOf(page: Page): Promise<Access> {
  const fact = async (name: string): Promise<string> =>
    (await page
      .locator('dt', { hasText: name })
      .locator('xpath=following-sibling::dd[1]')
      .locator('code')
      .textContent()) ?? '';
  return {
    url: await fact('Address'),
    user: await fact('User, or OAuth key'),
    password: await fact('Password, or OAuth secret'),
  };
}

/** Starts the practice org as a person does. */
export async function startPractice(laurel: Laurel): Promise<Access> {
  const page = await openPractice(laurel);
  await page.getByRole('button', { name: 'Start', exact: true }).first().click();
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
  return accessOf(page);
}

/** Somebody else at the same org. */
export function sendToPractice(
  access: Access,
  method: string,
  target: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${access.url}${BADGES}${target}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${access.user}:${access.password}`).toString('base64')}`,
      'content-type': 'application/json',
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** As {@link sendToPractice}, with the answer's document. */
export async function callPractice(...sent: Parameters<typeof sendToPractice>): Promise<Record<string, unknown>> {
  return (await (await sendToPractice(...sent)).json()) as Record<string, unknown>;
}
