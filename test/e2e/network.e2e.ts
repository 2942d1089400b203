import { createServer } from 'node:net';
import { LoopbackProxy } from '../backend/network/proxy';
import { expect, inTestLong, test } from './app';
import { look } from './look';

test('one proxy is set in Settings, and Test connection names the hop that failed', async ({ laurel, page }) => {
  const proxy = await LoopbackProxy.start({ login: { user: 'clerk', password: 'word' } });
  try {
    await laurel.menu('go.settings');
    const network = page.getByRole('region', { name: 'Network' });
    await network.getByRole('radio', { name: /^One proxy/ }).click();
    await network.getByLabel('Address of the proxy').fill(proxy.address);
    await network.getByRole('button', { name: 'Save the network settings' }).click();
    await expect(network.getByText('Saved: network.')).toBeVisible();
    await network.getByLabel('Address of a gateway').fill('https://gateway.company.test');
    await network.getByRole('button', { name: 'Test connection' }).click();
    await expect(network.getByRole('alert')).toContainText('wants to know who is calling (407)');
    await network.getByLabel('User', { exact: true }).fill('clerk');
    await network.getByLabel('Password', { exact: true }).fill('word');
    await network.getByRole('button', { name: 'Save the network settings' }).click();
    await network.getByRole('button', { name: 'Test connection' }).click();
    await expect(network.getByRole('alert')).toContainText('could not reach gateway.company.test:443 (502)');
    await network.scrollIntoViewIfNeeded();
    await look(laurel, 'network');
    await page.getByRole('radio', { name: 'Deutsch' }).click();
    await page.getByRole('heading', { name: 'Netzwerk' }).scrollIntoViewIfNeeded();
    await look(laurel, 'network-german');
    expect(new Set(proxy.asked)).toEqual(new Set(['gateway.company.test:443']));
  } finally {
    await proxy.stop();
  }
});

test(
  'as the system: its proxy is asked, though the window itself is kept off every network',
  inTestLong,
  async ({ laurel }) => {
    const proxy = await LoopbackProxy.start({ refuse: 403 });
    // Where no desktop says otherwise the system's settings are these variables.
    const env = { https_proxy: `http://${proxy.address}`, XDG_CURRENT_DESKTOP: '', DESKTOP_SESSION: '' };
    try {
      await laurel.quit();
      const page = await laurel.start({ env });
      await laurel.menu('go.settings');
      const network = page.getByRole('region', { name: 'Network' });
      await network.getByLabel('Address of a gateway').fill('https://gateway.company.test');
      await network.getByRole('button', { name: 'Test connection' }).click();
      await expect(network.getByRole('alert')).toContainText('does not let Laurel through');
      expect(proxy.asked).toEqual(['gateway.company.test:443']);
    } finally {
      await proxy.stop();
    }
  },
);

test(
  'as the system: a script that it names and nobody can fetch sends nothing, also not directly',
  inTestLong,
  async ({ laurel }) => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    await laurel.quit();
    const auto = `http://127.0.0.1:${String(port)}/proxy.pac`;
    const page = await laurel.start({ env: { auto_proxy: auto, XDG_CURRENT_DESKTOP: '', DESKTOP_SESSION: '' } });
    await laurel.menu('go.settings');
    const network = page.getByRole('region', { name: 'Network' });
    await network.getByLabel('Address of a gateway').fill('https://gateway.company.test');
    await network.getByRole('button', { name: 'Test connection' }).click();
    await expect(network.getByRole('alert')).toContainText('also not directly');
  },
);
