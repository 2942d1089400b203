import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PlantedTree } from './planted-tree';

let tree: PlantedTree;
beforeEach(async () => {
  tree = await PlantedTree.plant();
});
afterEach(() => tree.remove());

const installed = (name: string): boolean => existsSync(path.join(tree.root, 'node_modules', name, 'package.json'));
const otherSystem = process.platform === 'linux' ? 'win32' : 'linux';

test('installs what the lock names, says it in one line with its time, and has nothing to do the next time', async () => {
  tree.want([
    { name: 'first', version: '1.0.0' },
    { name: 'elsewhere', version: '1.0.0', fields: { os: [otherSystem] }, optional: true },
  ]);
  const { code, output } = await tree.setUp();
  expect(output).toMatch(
    /^laurel set-up: dependencies: installed from the lock, because: not installed yet \(\d+\.\d s\)\n$/,
  );
  expect(code).toBe(0);
  expect(installed('first')).toBe(true);
  expect(await tree.setUp()).toEqual({ code: 0, output: '' });
});

test('installs again when the lock changed', async () => {
  tree.want([{ name: 'first', version: '1.0.0' }]);
  await tree.setUp();
  tree.want([{ name: 'first', version: '1.1.0' }]);
  const { code, output } = await tree.setUp();
  expect(output).toContain('the lock changed (first 1.0.0 → 1.1.0)');
  expect(code).toBe(0);
  expect(readFileSync(path.join(tree.root, 'node_modules/first/package.json'), 'utf8')).toContain('1.1.0');
});

test('an installation that was killed in the middle is recognised and made whole', async () => {
  tree.want([
    { name: 'first', version: '1.0.0' },
    { name: 'second', version: '1.0.0' },
  ]);
  tree.registry.hanging.add('second');
  const { child, ended } = tree.begin('laurel');
  while (tree.registry.downloads < 2) {
    await sleep(20);
  }
  process.kill(-child.pid!, 'SIGKILL');
  await ended;
  tree.registry.hanging.clear();
  const { code, output } = await tree.setUp();
  expect(output).toContain('an earlier installation was interrupted');
  expect(code).toBe(0);
  expect([installed('first'), installed('second')]).toEqual([true, true]);
});

test('an installation by hand that was interrupted is recognised by the record that npm writes last', async () => {
  tree.want([{ name: 'first', version: '1.0.0' }]);
  await tree.setUp();
  rmSync(path.join(tree.root, '.laurel'), { recursive: true });
  rmSync(path.join(tree.root, 'node_modules/.package-lock.json'));
  expect((await tree.setUp()).output).toContain('an earlier installation was interrupted');
});

test('a tree that lost one package is made whole', async () => {
  tree.want([{ name: 'first', version: '1.0.0' }]);
  await tree.setUp();
  rmSync(path.join(tree.root, 'node_modules/first'), { recursive: true });
  expect((await tree.setUp()).output).toContain('first is not whole');
  expect(installed('first')).toBe(true);
});

test('an optional package for this system that npm silently left out is named', async () => {
  tree.want([{ name: 'native', version: '1.0.0', fields: { os: [process.platform] }, optional: true }]);
  tree.registry.missing.add('native');
  const { code, output } = await tree.setUp();
  expect(output).toContain('the tree differs from the lock: native is missing');
  expect(output).toContain('What to do:');
  expect(code).toBe(1);
});

test('a package that is not the one in the lock is refused, and the next set-up tries again', async () => {
  tree.want([{ name: 'first', version: '1.0.0' }]);
  tree.registry.tampered.add('first');
  const failed = await tree.setUp();
  expect(failed.output).toContain('EINTEGRITY');
  expect(failed.output).toContain('What happened: npm ci could not install the locked dependencies.');
  expect(failed.code).toBe(1);
  tree.registry.tampered.clear();
  expect((await tree.setUp()).code).toBe(0);
  expect(installed('first')).toBe(true);
});

test('two set-ups at once install once', async () => {
  tree.want([{ name: 'first', version: '1.0.0' }]);
  const both = await Promise.all([tree.setUp(), tree.setUp()]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  expect(both.filter(({ output }) => output.includes('installed from the lock'))).toHaveLength(1);
  expect(tree.registry.downloads).toBe(1);
});

test('an unknown target is refused with the known ones', async () => {
  tree.want([]);
  const { code, output } = await tree.setUp('lunch');
  expect(output).toContain('--for=start');
  expect(code).toBe(1);
});
