/**
 * From the start of the process to a list of 10,000 badges that can be used, against the start of an empty window on
 * the same runtime. Needs the built app and a display, which `npm run bench` brings.
 *
 * `npm run bench -- start --trace FILE` also writes one start of Laurel as a trace that chrome://tracing and Perfetto
 * open: main, the backend and the page on one time line, with Laurel's own marks among them.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { environment, executable, openBuiltApp, root, runtimeArguments, runtimeWords } from './built-app';
import { call, openPort } from './page-caller';
import { badgeBody, LIVE } from '../domain/badge-bodies';

const { values } = parseArgs({ options: { trace: { type: 'string' } } });

const BADGES = 10_000;
const STARTS = 7;
const BODY = badgeBody(LIVE);

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

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
  console.log(`  ratio                                  ${(median(ours) / median(theirs)).toFixed(2)} (goal 1.35)`);
  if (values.trace !== undefined) await trace(userData, path.resolve(values.trace));
}

const CATEGORIES = 'startup,browser,electron,navigation,loading,blink.user_timing,devtools.timeline,v8';
const TRACED_SECONDS = 5;

interface TraceFile {
  traceEvents: object[];
}

/** Writes one start as a trace: what the runtime says of its processes, with what the bench and the backend say of it. */
async function trace(userData: string, file: string): Promise<void> {
  rmSync(file, { force: true });
  // The runtime's clock, in microseconds, as this process sees it: both are the system's monotonic clock.
  const between = Number(process.hrtime.bigint() / 1_000n) - Date.now() * 1_000;
  const marks = [mark('the process is started', Date.now() * 1_000 + between)];
  const child = spawn(
    executable,
    [
      ...runtimeArguments,
      ...[`--trace-startup=${CATEGORIES}`, `--trace-startup-file=${file}`, '--trace-startup-format=json'],
      ...[`--trace-startup-duration=${TRACED_SECONDS}`, root],
    ],
    { env: environment(userData), stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const ended = once(child, 'exit');
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line === 'laurel: ready') marks.push(mark('the list can be used', Date.now() * 1_000 + between));
  });
  await wait((TRACED_SECONDS + 2) * 1_000);
  child.kill('SIGTERM');
  await ended;
  const log = readFileSync(path.join(userData, 'logs', 'backend.log'), 'utf8')
    .trim()
    .split('\n');
  for (const line of log.slice(-10)) {
    const { time, msg } = JSON.parse(line) as { time: string; msg: string };
    marks.push(mark(`the backend is ${msg}`, Date.parse(time) * 1_000 + between));
  }
  const written = JSON.parse(readFileSync(file, 'utf8')) as TraceFile;
  written.traceEvents.push(...marks);
  writeFileSync(file, JSON.stringify(written));
  console.log(`  one start, in words of the runtime: ${file} (chrome://tracing and ui.perfetto.dev open it)`);
}

/** @param at microseconds of the runtime's clock */
const mark = (name: string, at: number): object => ({ name, ph: 'i', s: 'g', cat: 'laurel', pid: 0, tid: 0, ts: at });

const folder = mkdtempSync(path.join(tmpdir(), 'laurel-bench-'));
try {
  await starts(folder);
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
