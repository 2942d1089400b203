import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compiledFileOf, runBundle } from '../../electron/disk/compiled-code';

let folder: string;
let bundle: string;

const ran = (): unknown[] => (globalThis as { ranBundles?: unknown[] }).ranBundles ?? [];

const writeBundle = (word: string): void =>
  writeFileSync(
    bundle,
    `'use strict';
const path = require('node:path');
function said() { return '${word}'; }
(globalThis.ranBundles ??= []).push([said(), path.basename(__filename), path.basename(__dirname), typeof exports]);
`,
  );

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'laurel-compiled-'));
  bundle = path.join(folder, 'main.cjs');
  writeBundle('one');
});

afterEach(() => {
  Reflect.deleteProperty(globalThis, 'ranBundles');
  rmSync(folder, { recursive: true, force: true });
});

test('a bundle runs as required, and the next start takes the code that it compiled', () => {
  const first = runBundle(bundle);
  expect(first.compiledBefore).toBe(false);
  expect(first.keep()).toBe(true);
  expect(readdirSync(path.join(folder, 'compiled'))).toEqual(['main.bin']);
  expect(runBundle(bundle).compiledBefore).toBe(true);
  expect(ran()).toEqual(Array.from({ length: 2 }, () => ['one', 'main.cjs', path.basename(folder), 'object']));
});

test('what a bundle loads later finds the bundle, which does not run twice', async () => {
  writeFileSync(
    bundle,
    `(globalThis.ranBundles ??= []).push('main');
class Own {}
exports.Own = Own;
globalThis.laterOf = () => Promise.resolve().then(() => require('./later.cjs').isOwn(new Own()));
`,
  );
  writeFileSync(
    path.join(folder, 'later.cjs'),
    "const main = require('./main.cjs'); exports.isOwn = (one) => one instanceof main.Own;",
  );
  runBundle(bundle);
  const { laterOf } = globalThis as unknown as { laterOf: () => Promise<boolean> };
  expect(await laterOf()).toBe(true);
  expect(ran()).toEqual(['main']);
});

test('the code of another source of the same length is not taken', () => {
  runBundle(bundle).keep();
  writeBundle('two');
  const second = runBundle(bundle);
  expect(second.compiledBefore).toBe(false);
  expect(ran().map((said) => (said as string[])[0])).toEqual(['one', 'two']);
  expect(second.keep()).toBe(true);
  expect(runBundle(bundle).compiledBefore).toBe(true);
});

test.each([
  ['a byte changed in its head', (kept: Buffer) => kept.writeUInt8(kept.readUInt8(3) ^ 1, 3)],
  [
    'a byte changed in its middle',
    (kept: Buffer) => kept.writeUInt8(kept.readUInt8(kept.length >> 1) ^ 1, kept.length >> 1),
  ],
  ['its end missing', (kept: Buffer) => kept.subarray(0, kept.length - 9)],
  ['nothing in it', () => Buffer.alloc(0)],
])('kept code with %s is not taken, and the bundle runs', (_, damage) => {
  runBundle(bundle).keep();
  const file = compiledFileOf(bundle);
  const kept = readFileSync(file);
  const damaged = damage(kept);
  writeFileSync(file, typeof damaged === 'number' ? kept : damaged);
  expect(runBundle(bundle).compiledBefore).toBe(false);
  expect(ran()).toHaveLength(2);
});

test('where nothing can be written the bundle runs, and nothing is left behind', () => {
  writeFileSync(path.join(folder, 'compiled'), 'a file where the folder would be');
  const first = runBundle(bundle);
  expect(first.keep()).toBe(false);
  expect(readdirSync(folder).sort()).toEqual(['compiled', 'main.cjs']);
});

test('what a bundle throws is thrown', () => {
  writeFileSync(bundle, "throw new RangeError('not today');");
  expect(() => runBundle(bundle)).toThrow('not today');
});
