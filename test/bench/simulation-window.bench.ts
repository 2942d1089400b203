/**
 * What a person waits for while a simulation runs: frames of the page (p95 20 ms), a call from the page to the store
 * and back (p99 15 ms), and the end of a run after Cancel (200 ms). Needs the built app and a display, which
 * `npm run bench` brings.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { openBuiltApp, runtimeWords } from './built-app';
import { badgeBody, NEVER } from '../domain/badge-bodies';

const SECONDS = 15;
const CANCELS = 10;

const share = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0;

interface BenchWindow {
  wireOfBench: {
    port: MessagePort | null;
    call(method: string, input: unknown): Promise<unknown>;
    start(method: string, input: unknown): { id: number; answer: Promise<string> };
    cancel(id: number): void;
  };
}

/** Puts a caller on the page's own port, before the page's own code runs. */
async function openPort(page: Page): Promise<void> {
  await page.addInitScript(() => {
    let last = 1_000_000;
    const wire: BenchWindow['wireOfBench'] = {
      port: null,
      start(method, input) {
        const id = (last += 1);
        const answer = new Promise<string>((resolve) => {
          const hear = ({ data }: MessageEvent<{ id: number; kind: string }>): void => {
            if (data.id !== id || data.kind === 'progress') return;
            wire.port?.removeEventListener('message', hear);
            resolve(data.kind);
          };
          wire.port?.addEventListener('message', hear);
        });
        wire.port?.postMessage({ kind: 'call', id, method, input });
        return { id, answer };
      },
      call: (method, input) => wire.start(method, input).answer,
      cancel: (id) => wire.port?.postMessage({ kind: 'cancel', id }),
    };
    Object.assign(window, { wireOfBench: wire });
    window.addEventListener('message', (event) => {
      if (event.data === 'laurel:port' && event.ports[0]) wire.port = event.ports[0];
    });
  });
  await page.reload();
  await page.waitForFunction(() => (window as unknown as BenchWindow).wireOfBench.port !== null);
}

/** A scenario that outlasts every measurement: a million customers and a hundred replications. */
const SCENARIO = {
  schema: 'laurel/scenario@1',
  name: 'Bench',
  seed: 1,
  timeZone: 'UTC',
  from: '2026-01-01T00:00:00Z',
  to: '2026-12-31T00:00:00Z',
  replications: 100,
  badges: [
    {
      key: 'bench',
      badge: badgeBody({
        earnedBadgeExpiry: NEVER,
        customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW', rollForDays: 7, maxEarnForDays: 3 }],
      }),
      owner: { ownerType: 'Loyalty', referenceId: '626' },
    },
  ],
  customers: { segments: [{ name: 'all', size: 1_000_000, activity: { perWeek: 1.2, dispersion: 0.5 } }] },
  events: null,
};

/** Frames and calls while a run is on, shown in the open Simulate screen. */
async function besideRun(page: Page): Promise<{ frames: number[]; calls: number[] }> {
  return page.evaluate(async (seconds) => {
    const { wireOfBench: wire } = window as unknown as BenchWindow;
    const frames: number[] = [];
    const calls: number[] = [];
    const end = performance.now() + seconds * 1000;
    const drawn = new Promise<void>((resolve) => {
      let last = performance.now();
      const next = (now: number): void => {
        frames.push(now - last);
        last = now;
        if (now < end) requestAnimationFrame(next);
        else resolve();
      };
      requestAnimationFrame(next);
    });
    while (performance.now() < end) {
      const from = performance.now();
      await wire.call('badges.list', {});
      calls.push(performance.now() - from);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await drawn;
    return { frames: frames.slice(2), calls };
  }, SECONDS);
}

async function cancellations(page: Page): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < CANCELS; round += 1) {
    times.push(
      await page.evaluate(
        async ([body, wait]) => {
          const { wireOfBench: wire } = window as unknown as BenchWindow;
          const { id, answer } = wire.start('simulation.run', { body });
          await new Promise((resolve) => setTimeout(resolve, wait));
          const from = performance.now();
          wire.cancel(id);
          await answer;
          return performance.now() - from;
        },
        [SCENARIO, 700 + round * 150] as const,
      ),
    );
  }
  return times;
}

const folder = mkdtempSync(path.join(tmpdir(), 'laurel-bench-'));
const { app, page } = await openBuiltApp(folder);
try {
  await page.evaluate((body) => {
    localStorage.setItem('laurel.screen', 'simulate');
    localStorage.setItem('laurel.scenario', JSON.stringify(body));
  }, SCENARIO);
  await openPort(page);
  await page.evaluate(() => (window as unknown as BenchWindow).wireOfBench.call('badges.addSamples', {}));
  const line = (name: string, times: readonly number[]): string =>
    `  ${name.padEnd(34)} p50 ${share(times, 0.5).toFixed(1)} ms   p95 ${share(times, 0.95).toFixed(1)} ms   p99 ${share(times, 0.99).toFixed(1)} ms   longest ${Math.max(...times).toFixed(1)} ms`;
  console.log(`the window while nothing and while a simulation runs, ${runtimeWords}`);
  const rest = await besideRun(page);
  console.log(line('frames at rest', rest.frames));
  console.log(line('calls at rest', rest.calls));
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('region', { name: 'Running simulation' }).waitFor();
  const busy = await besideRun(page);
  console.log(`${line('frames while a run is on', busy.frames)}   (goal p95 20 ms)`);
  console.log(`${line('calls while a run is on', busy.calls)}   (goal p99 15 ms)`);
  await page.getByRole('region', { name: 'Running simulation' }).getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('heading', { name: 'Cancelled' }).waitFor();
  const cancelled = await cancellations(page);
  console.log(`${line(`from Cancel to its answer, ${CANCELS} runs`, cancelled)}   (goal 200 ms)`);
} finally {
  await app.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
