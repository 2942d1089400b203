/**
 * What a person waits for in the window: a call from the page through the backend and its store and back, at rest and
 * while a million customers are being awarded; and the start to a list of 10,000 badges that can be used, against the
 * start of an empty window on the same runtime. Needs the built app and a display, which `npm run bench` brings.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Page } from '@playwright/test';
import { environment, executable, openBuiltApp, root, runtimeArguments, runtimeWords } from './built-app';
import { badgeBody, LIVE, OWNER } from '../domain/badge-bodies';

const CALLS = 2_000;
const BADGES = 10_000;
const STARTS = 7;
const CUSTOMERS = 1_000_000;
const BODY = badgeBody(LIVE);

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
const share = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0;

/** Puts a caller on the page's own port: `measure` makes calls one after the other, `start` a job that goes on beside. */
async function openPort(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const wire = {
      port: null as MessagePort | null,
      id: 1_000_000,
      ended: true,
      call(method: string, input: unknown): Promise<unknown> {
        const id = (wire.id += 1);
        return new Promise((resolve, reject) => {
          const hear = ({
            data,
          }: MessageEvent<{ id: number; kind: string; output?: unknown; failure?: unknown }>): void => {
            if (data.id !== id || data.kind === 'progress') return;
            wire.port?.removeEventListener('message', hear);
            if (data.kind === 'answer') resolve(data.output);
            else reject(new Error(JSON.stringify(data.failure)));
          };
          wire.port?.addEventListener('message', hear);
          wire.port?.postMessage({ kind: 'call', id, method, input });
        });
      },
    };
    Object.assign(window, { wireOfBench: wire });
    window.addEventListener('message', (event) => {
      if (event.data === 'laurel:port' && event.ports[0]) wire.port = event.ports[0];
    });
  });
  await page.reload();
  await page.waitForFunction(() => (window as unknown as BenchWindow).wireOfBench.port !== null);
}

interface BenchWindow {
  wireOfBench: {
    port: MessagePort | null;
    ended: boolean;
    call(method: string, input: unknown): Promise<unknown>;
  };
}

const call = <T>(page: Page, method: string, input: unknown): Promise<T> =>
  page.evaluate(([name, value]) => (window as unknown as BenchWindow).wireOfBench.call(name, value), [
    method,
    input,
  ] as const) as Promise<T>;

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

/** Fills a workspace with badges through the app itself. */
async function fillWorkspace(userData: string): Promise<void> {
  const { app, page } = await openBuiltApp(userData);
  try {
    await openPort(page);
    let ids: string[] = [];
    for (let made = 0; made < 100; made += 1) {
      const body = JSON.stringify({
        ...BODY,
        name: `Bench ${made}`,
        tags: [{ name: 'tier', value: String(made % 7) }],
      });
      ids.push((await call<{ id: string }>(page, 'badges.create', { body, migration: true })).id);
    }
    while (ids.length < BADGES) {
      const { created } = await call<{ created: string[] }>(page, 'badges.duplicate', {
        ids: ids.slice(0, BADGES - ids.length),
      });
      ids = [...ids, ...created];
    }
  } finally {
    await app.close();
  }
}

/** Milliseconds from the start of the process to the line in which it says that its window can be used. */
function timeStart(folder: string, userData: string, ready: string): Promise<number> {
  const from = performance.now();
  const child = spawn(executable, [...runtimeArguments, folder], {
    env: environment(userData),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return new Promise((resolve, reject) => {
    let time: number | null = null;
    const limit = setTimeout(() => child.kill('SIGKILL'), 60_000);
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line !== ready || time !== null) return;
      time = performance.now() - from;
      child.kill('SIGTERM');
    });
    child.once('error', reject);
    child.once('exit', () => {
      clearTimeout(limit);
      if (time === null) reject(new Error(`${folder} ended before it said ${ready}.`));
      else resolve(time);
    });
  });
}

/** An app with nothing in it: one window, one heading, and the same way of saying that it stands. */
function writeEmptyApp(folder: string): string {
  const app = path.join(folder, 'empty');
  mkdirSync(app, { recursive: true });
  writeFileSync(path.join(app, 'package.json'), JSON.stringify({ name: 'empty', version: '1.0.0', main: 'main.cjs' }));
  writeFileSync(
    path.join(app, 'main.cjs'),
    `const { app, BrowserWindow } = require('electron');
app.setPath('userData', process.env.LAUREL_USER_DATA);
app.whenReady().then(async () => {
  const window = new BrowserWindow({ width: 1280, height: 800, webPreferences: { sandbox: true, contextIsolation: true } });
  await window.loadURL('data:text/html,<h1>Empty</h1>');
  await window.webContents.executeJavaScript('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(1))))');
  console.log('empty: ready');
});
`,
  );
  return app;
}

async function starts(folder: string): Promise<void> {
  const userData = path.join(folder, 'badges');
  await fillWorkspace(userData);
  const empty = writeEmptyApp(folder);
  const ours: number[] = [];
  const theirs: number[] = [];
  // In turns, so that what else the machine does falls on both; the first of each warms the disk and is not counted.
  for (let round = 0; round <= STARTS; round += 1) {
    const laurel = await timeStart(root, userData, 'laurel: ready');
    const bare = await timeStart(empty, path.join(folder, 'empty-data'), 'empty: ready');
    if (round === 0) continue;
    ours.push(laurel);
    theirs.push(bare);
  }
  console.log(`start, median of ${STARTS}, ${runtimeWords}`);
  console.log(`  Laurel with ${BADGES.toLocaleString('en')} badges, list usable   ${median(ours).toFixed(0)} ms`);
  console.log(`  an empty window                        ${median(theirs).toFixed(0)} ms`);
  console.log(`  ratio                                  ${(median(ours) / median(theirs)).toFixed(2)} (goal 1.6)`);
}

const folder = mkdtempSync(path.join(tmpdir(), 'laurel-bench-'));
try {
  await roundTrips(folder);
  await starts(folder);
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
