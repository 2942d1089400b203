import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { workerUrl } from '../../electron/backend/process/worker-url';
import { workerEntries } from '../../scripts/build/entries.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'laurel-workers-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function plant(file: string): string {
  const whole = path.join(folder, file);
  mkdirSync(path.dirname(whole), { recursive: true });
  writeFileSync(whole, '');
  return whole;
}

test('finds every worker by its ending and names its bundle after it', () => {
  const issuance = plant('electron/backend/issuance.worker.ts');
  const replay = plant('electron/cli/deep/replay.worker.ts');
  plant('electron/backend/issuance.ts');
  plant('shared/domain/not-here.worker.ts');
  expect(workerEntries(folder)).toEqual({ 'issuance.worker': issuance, 'replay.worker': replay });
});

test('refuses two workers of one name', () => {
  plant('electron/backend/issuance.worker.ts');
  plant('electron/cli/issuance.worker.ts');
  expect(() => workerEntries(folder)).toThrow('Two workers are called issuance.worker');
});

test('a worker is addressed where the tests’ bundles are', () => {
  expect(workerUrl('issuance').pathname).toMatch(/\/out\/test-workers\/issuance\.worker\.js$/);
});
