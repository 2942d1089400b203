import { expect, test } from 'vitest';
import { downloadAddressesIn, forbiddenAddressesIn } from './addresses';
import { repositoryFiles, textOf } from './repository-files';

const binary = /\.(png|ico|icns|sqlite|gz|zip|woff2)$/;
const host = ['registry', 'example', 'org'].join('.');

test('no file names a package registry or a folder of somebody’s machine', () => {
  const named = repositoryFiles()
    .filter((file) => !binary.test(file))
    .flatMap((file) => forbiddenAddressesIn(textOf(file)).map((address) => `${file}: ${address}`));
  expect(named).toEqual([]);
});

test('the lock does not say where packages are downloaded from', () => {
  expect(downloadAddressesIn(textOf('package-lock.json'))).toEqual([]);
});

test.each([
  `registry=https://${host}/`,
  `"resolved": "https://${host}/zod/-/zod-4.0.0.tgz"`,
  `fetch('https://${['npm', 'company', 'dev'].join('.')}/x')`,
  `see ${['', 'home', 'jane', 'laurel'].join('/')} for it`,
  `"${['', 'Users', 'jane'].join('/')}"`,
])('planted: %s', (text) => {
  expect(forbiddenAddressesIn(text)).toHaveLength(1);
});

test.each(['import { x } from "../shared/domain/caps";', 'npm.cmd', 'npm run laurel', '/v3/work/home', 'out/home/x'])(
  'left alone: %s',
  (text) => {
    expect(forbiddenAddressesIn(text)).toEqual([]);
  },
);

test('a planted download address is found in a lock', () => {
  const lock = JSON.stringify({ packages: { '': {}, 'node_modules/zod': { resolved: `https://${host}/zod.tgz` } } });
  expect(downloadAddressesIn(lock)).toEqual(['node_modules/zod']);
});
