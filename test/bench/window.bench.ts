/**
 * What a person waits for in the window: a call from the page through the backend and its store and back, at rest and
 * while a million customers are being awarded. Needs the built app and a display, which `npm run bench` brings.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { openBuiltApp } from './built-app';
import { call, openPort, type BenchWindow } from './page-caller';
import { badgeBody, LIVE, OWNER } from '../domain/badge-bodies';

const CALLS = 2_000;
const CUSTOMERS = 1_000_000;
const BODY = badgeBody(LIVE);

const share = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0;

/** Milliseconds of calls that read a badge from the store, one after the other; with a job, only while it runs. */
const measure = (page: Page, id: string, beside: object | null, calls: number): Promise<number[]> =>
  page.evaluate(
    async ([badgeId, job, most]) => {
      const { wireOfBench: wire } = window as unknown as BenchWindow;
      wire.ended = false;
      const ended = job === null ? null : wire.call('issuance.run', job).then(() => (wire.ended = true));
      // The worker has its own connection to open first; what is measured is the time while customers are judged.
      if (job !== null) await new Promise((resolve) => setTimeout(resolve, 100));
      const times: number[] = [];
      while (times.length < most && !wire.ended) {
        const from = performance.now();
        await wire.call('badges.get', { id: badgeId });
        times.push(performance.now() - from);
      }
      await ended;
      return times;
    },
    [id, beside, calls] as const,
  );

async function roundTrips(folder: string): Promise<void> {
  const { app, page } = await openBuiltApp(path.join(folder, 'calls'));
  try {
    await openPort(page);
    const { id } = await call<{ id: string }>(page, 'badges.create', { body: JSON.stringify(BODY), migration: true });
    await call(page, 'badges.claim', { id, ...OWNER });
    await measure(page, id, null, 200);
    const idle = await measure(page, id, null, CALLS);
    const busy: number[] = [];
    let jobs = 0;
    for (; busy.length < CALLS; jobs += 1) {
      const job = { badgeId: id, action: 'award', customers: { kind: 'range', from: 1, to: CUSTOMERS }, owner: OWNER };
      busy.push(...(await measure(page, id, job, CALLS - busy.length)));
    }
    console.log(`page → backend → store → page, ${CALLS.toLocaleString('en')} calls each`);
    const line = (name: string, times: readonly number[]): string =>
      `  ${name.padEnd(38)} p50 ${share(times, 0.5).toFixed(2)} ms   p99 ${share(times, 0.99).toFixed(2)} ms   longest ${Math.max(...times).toFixed(1)} ms`;
    console.log(line('at rest', idle));
    console.log(`${line('while a million customers are awarded', busy)}   (goal p99 10 ms; ${jobs} jobs)`);
  } finally {
    await app.close();
  }
}

const folder = mkdtempSync(path.join(tmpdir(), 'laurel-bench-'));
try {
  await roundTrips(folder);
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
