import { describe, expect, onTestFinished, test } from 'vitest';
import { openBackend, type Backend } from '../../../electron/backend/backend';
import { contract } from '../../../shared/ipc/contract';
import { damageTable } from '../../fixtures/damage';
import { testBackend } from '../open-backend';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function openLater(workspacePath: string): Promise<Backend> {
  const backend = await openBackend({
    ...{ workspacePath, role: 'window', whole: 'later' },
    ...{ appVersion: '0.0.0-test', runtime: 'Node of the tests', log: silent },
  });
  onTestFinished(() => backend.close());
  return backend;
}

describe('a store that is read through after its first rows', () => {
  test('answers them, and begins once it is found whole', async () => {
    const made = await testBackend();
    await made.call('badges.addSamples', {});
    await made.close();
    const backend = await openLater(made.workspacePath);
    const { total } = await backend.handlers['badges.list'](contract['badges.list'].input.parse({ limit: 10 }));
    expect(total).toBeGreaterThan(0);
    expect(() => backend.begin()).not.toThrow();
  });

  test.each(['simulations', 'org'])('says damage in the %s before anything goes on by itself', async (where) => {
    const made = await testBackend();
    await made.call('badges.addSamples', {});
    await made.close();
    if (where === 'org') damageTable(`${made.workspacePath}-org`, 'awards');
    else damageTable(made.workspacePath, where);
    const backend = await openLater(made.workspacePath);
    expect(() => backend.begin()).toThrow(/damaged/);
  });
});
