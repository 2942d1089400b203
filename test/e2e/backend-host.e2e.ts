import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { electronPath, runtimeArguments } from '../../scripts/runtime-path.mjs';
import { expect, inTestLong, testOfOwnStart as test, type Laurel } from './app';
import { callBackend, listenToWire, statesOf, untilPort } from './page-wire';

const repository = path.resolve(import.meta.dirname, '..', '..');

/** The two homes of the backend. Where the runtime cannot take the store there is only the second. */
const HOMES = ['inside the runtime', 'under Node'] as const;
type Home = (typeof HOMES)[number];

const environment = (home: Home): Record<string, string> => (home === 'under Node' ? { LAUREL_BACKEND: 'node' } : {});

async function skipUnlessThere(home: Home): Promise<void> {
  const { hosts, fallback } = await electronPath();
  test.skip(home === 'inside the runtime' && !hosts, 'this runtime cannot take the store: no compiler was there');
  test.skip(home === 'under Node' && !fallback, 'the official runtime always hosts the backend itself');
}

const death = (laurel: Laurel): Promise<string> =>
  readFile(path.join(laurel.userData, 'logs', 'backend-last-death.txt'), 'utf8');

for (const home of HOMES) {
  test(`${home}: starts, issues, outlives a kill of its backend, and finds all of it at the next start`, async ({
    laurel,
  }) => {
    await skipUnlessThere(home);
    laurel.provokes(/backend/i);
    const page = await laurel.start({ env: environment(home) });
    await listenToWire(laurel);
    const { runtime } = (await callBackend(page, 'workspace.describe', {})) as { runtime: { key: string } };
    expect(runtime.key === 'shell.runtimeUnderNode').toBe(home === 'under Node');

    await callBackend(page, 'badges.addSamples', {});
    const { rows } = (await callBackend(page, 'badges.list', { filter: { search: 'first cup' } })) as {
      rows: readonly { id: string }[];
    };
    const issued = (await callBackend(page, 'issuance.run', {
      ...{ badgeId: rows[0]?.id, action: 'award', customers: { kind: 'range', from: 1, to: 20 } },
      owner: { ownerType: 'Loyalty', referenceId: '626' },
      ...{ at: null, eventDate: null, requestId: null },
    })) as { succeeded: number };
    expect(issued.succeeded).toBe(20);

    const first = await laurel.killBackend();
    await laurel.backendPid(first);
    await expect.poll(async () => (await statesOf(page)).slice(-2)).toEqual(['restarting', 'ready']);
    expect(await death(laurel)).toMatch(/The background process ended with exit code 9, as SIGKILL/);
    await untilPort(page);
    const kept = (await callBackend(page, 'requests.list', {})) as { rows: readonly { succeeded: number }[] };
    expect(kept.rows.map(({ succeeded }) => succeeded)).toEqual([20]);

    const again = await laurel.restart({ env: environment(home) });
    await expect(again.getByRole('grid').getByRole('row')).not.toHaveCount(0);
  });

  for (const signal of ['SIGSEGV', 'SIGABRT', 'SIGTERM'] as const) {
    const isWitness = home === 'inside the runtime' && signal === 'SIGSEGV';
    test(
      `${home}: a backend that ends by ${signal} is started again`,
      isWitness ? {} : inTestLong,
      async ({ laurel }) => {
        await skipUnlessThere(home);
        laurel.provokes(/backend|crash/i);
        const page = await laurel.start({ env: environment(home) });
        await listenToWire(laurel);
        const first = await laurel.backendPid();
        process.kill(first, signal);
        await laurel.backendPid(first);
        await expect.poll(async () => (await statesOf(page)).slice(-2)).toEqual(['restarting', 'ready']);
        expect(await callBackend(page, 'workspace.echo', { value: 'again' })).toEqual({ value: 'again' });
        expect(await death(laurel)).toContain('The background process ended');
      },
    );
  }

  const isInside = home === 'inside the runtime';
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(
      `${home}: ${signal} to main ends all of it, and nothing is told of a death at the next start`,
      isInside && signal === 'SIGINT' ? {} : inTestLong,
      async ({ userData }) => {
        await skipUnlessThere(home);
        const { executable } = await electronPath();
        const child = spawn(executable, [...runtimeArguments(), repository], {
          env: { ...process.env, LAUREL_USER_DATA: userData, ...environment(home) },
          stdio: ['ignore', 'pipe', 'ignore'],
        });
        let output = '';
        child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
        const ended = once(child, 'exit');
        try {
          await expect.poll(() => output, { timeout: 60_000 }).toContain('laurel: ready\n');
        } finally {
          child.kill(signal);
        }
        expect(await ended).toEqual([0, null]);
        const log = await readFile(path.join(userData, 'logs', 'backend.log'), 'utf8');
        expect(log.trim().split('\n').at(-1)).toContain('"msg":"closed"');
        expect(existsSync(path.join(userData, 'logs', 'backend-last-death.txt'))).toBe(false);
      },
    );
  }

  test(
    `${home}: a backend that runs out of memory leaves main alive, with a note that says so`,
    isInside ? {} : inTestLong,
    async ({ laurel }) => {
      await skipUnlessThere(home);
      test.setTimeout(120_000);
      laurel.provokes(/backend|memory/i);
      const small = '--max-old-space-size=8';
      const node = path.join(laurel.userData, 'small-node.sh');
      const { nodePath } = await import('../../scripts/bootstrap/pinned-node.mjs');
      await writeFile(node, `#!/bin/sh\nexec '${nodePath()}' ${small} "$@"\n`, { mode: 0o700 });
      await laurel.start({
        unready: true,
        env: {
          ...environment(home),
          ...(home === 'under Node' ? { LAUREL_NODE: node } : { LAUREL_BACKEND_FLAGS: `--js-flags=${small}` }),
        },
      });
      const { page } = laurel;
      const state = (): Promise<string> =>
        page.evaluate(() => new Promise<string>((resolve) => window.laurel.onBackendState((told) => resolve(told))));
      await expect.poll(state, { timeout: 60_000 }).toBe('lost');
      expect(await death(laurel)).toMatch(/heap|memory|FatalError/i);
      // Main goes on: it quits as it is asked to, which the end of the test waits for.
      await expect(page.getByRole('button', { name: /start it again/i })).toBeVisible();
    },
  );
}
