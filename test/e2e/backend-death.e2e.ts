import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, inTestLong, type Laurel, test, testOfOwnStart } from './app';
import { begin, callBackend, forgetPort, listenToWire, outcome, statesOf, untilPort } from './page-wire';

/** Makes a call that the backend cannot answer, because it is stopped first and then killed. */
async function killBackendDuringCall(laurel: Laurel): Promise<unknown> {
  const { page } = laurel;
  const pid = await laurel.backendPid();
  process.kill(pid, 'SIGSTOP');
  await begin(page, 'workspace.echo', { value: 'never answered' });
  const result = outcome(page);
  process.kill(pid, 'SIGKILL');
  return result;
}

testOfOwnStart('a backend that dies is restarted once, then given up until a person asks', async ({ laurel, page }) => {
  // The page may say on its console that its calls were cut off.
  laurel.provokes(/backend/i);
  await listenToWire(laurel);
  expect(await callBackend(page, 'workspace.echo', { value: 'before' })).toEqual({ value: 'before' });
  expect((await statesOf(page)).at(-1)).toBe('ready');

  const first = await laurel.backendPid();
  expect(await killBackendDuringCall(laurel)).toBe('closed');
  const second = await laurel.backendPid(first);
  await expect.poll(async () => (await statesOf(page)).slice(-2)).toEqual(['restarting', 'ready']);
  expect(await callBackend(page, 'workspace.echo', { value: 'after' })).toEqual({ value: 'after' });
  const note = await readFile(path.join(laurel.userData, 'logs', 'backend-last-death.txt'), 'utf8');
  expect(note).toContain('The background process ended');

  expect(await killBackendDuringCall(laurel)).toBe('closed');
  await expect.poll(async () => (await statesOf(page)).slice(-3)).toEqual(['restarting', 'ready', 'lost']);
  expect(await laurel.backendPid()).toBe(second);

  await forgetPort(page);
  await page.evaluate(() => window.laurel.restartBackend());
  await untilPort(page);
  expect(await callBackend(page, 'workspace.echo', { value: 'again' })).toEqual({ value: 'again' });
  expect((await statesOf(page)).slice(-3)).toEqual(['lost', 'starting', 'ready']);
});

test(
  'a file a person chose is still known to the backend after a restart',
  inTestLong,
  async ({ laurel, page, userData }) => {
    laurel.provokes(/backend/i);
    await listenToWire(laurel);
    const file = path.join(userData, 'customers.csv');
    await writeFile(file, 'customerId\n1\n2\n');
    await laurel.chooseInOpenDialog([file]);
    const picked = await page.evaluate(() => window.laurel.pickCustomerFile());
    expect(picked).toEqual({ token: expect.any(String), name: 'customers.csv', bytes: 15 });
    expect(JSON.stringify(picked)).not.toContain(userData);

    const token = picked?.token ?? '';
    expect(await callBackend(page, 'customers.inspectFile', { token })).toMatchObject({ name: 'customers.csv' });
    const first = await laurel.killBackend();
    await laurel.backendPid(first);
    await expect.poll(async () => (await statesOf(page)).slice(-2)).toEqual(['restarting', 'ready']);
    expect(await callBackend(page, 'customers.inspectFile', { token })).toMatchObject({ name: 'customers.csv' });
  },
);

test('what the page says on its way out is still heard', inTestLong, async ({ laurel, page }) => {
  await listenToWire(laurel);
  await page.evaluate(() => {
    window.addEventListener('pagehide', () =>
      window.wireOfTest.begin('settings.update', { timeZone: 'Europe/Lisbon' }),
    );
  });
  await laurel.restart();
  await listenToWire(laurel);
  expect(await callBackend(laurel.page, 'settings.get', {})).toMatchObject({ timeZone: 'Europe/Lisbon' });
  // The workspace that is made next takes the zone of this one.
  await callBackend(laurel.page, 'settings.update', { timeZone: 'UTC' });
});

testOfOwnStart(
  'a workspace that cannot be opened is said plainly, left as it is, and tried again when asked',
  inTestLong,
  async ({ laurel }) => {
    const file = path.join(laurel.userData, 'workspace.laurel');
    const garbage = 'This is not a workspace. '.repeat(400);
    await writeFile(file, garbage);
    laurel.provokes(/backend|workspace/i);
    await laurel.start({ unready: true });
    const { page } = laurel;
    const told = () =>
      page.evaluate(
        () =>
          new Promise<[string, string]>((resolve) => {
            window.laurel.onBackendState((state, detail) => resolve([state, detail?.key ?? '']));
          }),
      );
    await expect.poll(async () => (await told())[0]).toBe('shut');
    expect((await told())[1]).toBe('store.foreign');
    await expect(
      page.getByText(/workspace\.laurel cannot be opened: it is not a Laurel workspace\..*put back one of its backups/),
    ).toBeVisible();
    expect(await readFile(file, 'utf8')).toBe(garbage);

    await rm(file);
    await page.evaluate(() => window.laurel.restartBackend());
    await expect.poll(async () => (await told())[0]).toBe('ready');
    await expect(page.getByRole('navigation')).toBeVisible();
    await expect(page.getByText(/cannot be opened/)).toHaveCount(0);
  },
);
