/**
 * Bulk enrolment and bulk award of a million customers through the whole path (file, rules, store), against the bare
 * limit: the same rows put into the same tables by one prepared statement in one transaction.
 */
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openBackend, type Backend } from '../../electron/backend/backend';
import { prepareForBulk } from '../../electron/backend/issuance/work';
import { ORG, orgFileOf } from '../../db/kinds';
import { connectDatabase, openDatabase } from '../../db/open';
import { ensureOrg, OrgStore } from '../../db/org/org-store';
import { DEFAULT_SETTINGS } from '../../shared/domain/settings';
import { instantOf } from '../../shared/domain/instant';
import { inEnglish } from '../../shared/words/english';
import { badgeBody, badgeDefinition, enrolFirst, OWNER } from '../domain/badge-bodies';

const MILLION = 1_000_000;
const NOW = instantOf('2026-06-15T12:00:00Z');
const ROUNDS = 3;

const BODY = badgeBody({ expiresOn: '2027-12-31T00:00:00Z' });
const WINDOWS = {
  customerConstraints: [
    { constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW', rollForDays: 7, maxEarnForDays: 2 },
    { constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW', durationType: 'MONTHS', maxEarnLimit: 3 },
  ],
  badgeConstraints: [
    { constraintType: 'BADGE_ROLLING_WINDOW', rollType: 'DAYS', rollValue: 30, maxEarnLimit: 100_000_000 },
    { constraintType: 'BADGE_FIXED_WINDOW', durationType: 'WEEKS', maxEarnLimit: 100_000_000 },
  ],
};
const CASES = {
  'enrol, uncapped': {
    action: 'enrol',
    body: { ...BODY, ...enrolFirst() },
    earlier: 0,
    goal: 0.4,
  },
  'award, uncapped': { action: 'award', body: BODY, earlier: 0, goal: 0.4 },
  'award, rolling and fixed windows': {
    action: 'award',
    body: { ...BODY, ...WINDOWS },
    earlier: 0,
    goal: 0.25,
  },
  'the same, each customer awarded once before': {
    action: 'award',
    body: { ...BODY, ...WINDOWS },
    earlier: 1,
    goal: 0.25,
  },
} as const;
type CaseName = keyof typeof CASES;

const BARE_BADGE = badgeDefinition({ startOn: NOW, expiresOn: NOW + 1, earnedBadgeExpiry: { kind: 'NEVER' } });

/** Distinct nine-digit ids in no order: a full cycle of a linear congruence. */
function customerIds(count: number): Float64Array {
  const ids = new Float64Array(count);
  let state = 12_345;
  for (let index = 0; index < count; index++) {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 30;
    ids[index] = state + 1;
  }
  return ids;
}

async function writeCustomers(file: string, count: number): Promise<void> {
  const stream = createWriteStream(file);
  stream.write('customer_id,segment\n');
  const ids = customerIds(count);
  for (let from = 0; from < count; from += 10_000) {
    const lines = Array.from(ids.subarray(from, from + 10_000), (id) => `${String(id)},gold\n`);
    if (!stream.write(lines.join(''))) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
}

const silent = { info: () => undefined, warn: () => undefined, error: console.error };

async function issueOnce(backend: Backend, id: string, action: 'enrol' | 'award', at: number): Promise<number> {
  const started = performance.now();
  const summary = await backend.handlers['issuance.run'](
    {
      badgeId: id,
      action,
      customers: { kind: 'file', token: 'customers' },
      owner: OWNER,
      at,
      eventDate: null,
      requestId: null,
    },
    { signal: new AbortController().signal, progress: () => undefined },
  );
  if (summary.succeeded !== summary.total) throw new Error(inEnglish(summary.sentence));
  return performance.now() - started;
}

/** In a process of its own: the whole path. Prints milliseconds and the peak of memory. */
async function measureWhole(name: CaseName, file: string, workspacePath: string): Promise<void> {
  const { action, body, earlier } = CASES[name];
  const backend = await openBackend({ workspacePath, appVersion: '0', runtime: 'bench', log: silent, now: () => NOW });
  const text = JSON.stringify({ name: 'Bench', ...body });
  const { id } = await backend.handlers['badges.create']({
    body: text,
    migration: true,
    label: 'Bench',
    language: 'en',
  });
  await backend.handlers['badges.claim']({ id, ...OWNER });
  backend.grantFile('customers', { path: file, name: 'customers.csv', bytes: 0, mode: 'read' });
  for (let round = 0; round < earlier; round++) await issueOnce(backend, id, action, NOW - 86_400_000_000);
  const milliseconds = await issueOnce(backend, id, action, NOW);
  await backend.close();
  console.log(JSON.stringify({ milliseconds, peakMegabytes: process.resourceUsage().maxRSS / 1024 }));
}

/** In a process of its own: the same rows by one prepared statement. */
async function measureBare(name: CaseName, count: number, file: string): Promise<void> {
  const { action, earlier } = CASES[name];
  const opened = await openDatabase(file, ORG);
  ensureOrg(opened.connection, { orgId: 1, salt: 1, createdOn: NOW });
  const org = new OrgStore(opened.connection, DEFAULT_SETTINGS);
  const badge = org.addBadge(BARE_BADGE, NOW);
  opened.connection.close();
  const connection = connectDatabase(file, ORG);
  prepareForBulk(connection);
  const table = action === 'enrol' ? 'enrolments' : 'awards';
  const ids = customerIds(count);
  let milliseconds = 0;
  for (let round = 0; round <= earlier; round++) {
    const started = performance.now();
    const store = new OrgStore(connection, DEFAULT_SETTINGS);
    const request = {
      kind: 'earnBulk',
      badge,
      requestId: String(round),
      ownerType: 'Loyalty',
      referenceId: '626',
    } as const;
    connection.exec('BEGIN IMMEDIATE');
    const { key } = store.requests.open({ ...request, eventDate: NOW, expiresOn: NOW, processedOn: NOW }, 1, 1);
    const insert = connection.prepare(`INSERT INTO ${table} (badge_key, customer_id, request_key) VALUES (?, ?, ?)`);
    for (const customerId of ids) insert.run(badge.key, customerId, key);
    connection.exec('COMMIT');
    milliseconds = performance.now() - started;
  }
  connection.close();
  console.log(JSON.stringify({ milliseconds }));
}

interface Measured {
  milliseconds: number;
  peakMegabytes: number;
}

function child(...args: string[]): Measured {
  const self = fileURLToPath(import.meta.url);
  const { stdout, status } = spawnSync(process.execPath, [self, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`The measuring process ended with ${String(status)}.`);
  return JSON.parse(stdout) as Measured;
}

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
const perSecond = (milliseconds: number, count: number): string =>
  Math.round((count * 1000) / milliseconds)
    .toLocaleString('en')
    .padStart(9);

async function compare(folder: string): Promise<void> {
  const file = path.join(folder, 'customers.csv');
  await writeCustomers(file, MILLION);
  console.log(
    `1,000,000 customers, median of ${String(ROUNDS)}             whole path/s      bare/s   ratio   peak memory`,
  );
  for (const name of Object.keys(CASES) as CaseName[]) {
    const whole: Measured[] = [];
    const bare: Measured[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const workspace = path.join(folder, `whole-${String(whole.length)}.laurel`);
      whole.push(child('whole', name, file, workspace));
      for (const made of [workspace, orgFileOf(workspace)]) rmSync(made, { force: true });
      const bareFile = path.join(folder, 'bare-org');
      bare.push(child('bare', name, String(MILLION), bareFile));
      rmSync(bareFile, { force: true });
    }
    const ours = median(whole.map((measured) => measured.milliseconds));
    const limit = median(bare.map((measured) => measured.milliseconds));
    const peak = Math.max(...whole.map((measured) => measured.peakMegabytes));
    const { goal } = CASES[name];
    console.log(
      `  ${name.padEnd(44)} ${perSecond(ours, MILLION)}   ${perSecond(limit, MILLION)}   ${(limit / ours).toFixed(2)} (goal ${String(goal)})   ${peak.toFixed(0)} MB`,
    );
  }
}

async function memory(folder: string): Promise<void> {
  console.log('peak memory of the backend process, award with rolling and fixed windows (goal: 400 MB, no growth)');
  for (const count of [MILLION, 5 * MILLION]) {
    const file = path.join(folder, `customers-${String(count)}.csv`);
    await writeCustomers(file, count);
    const workspace = path.join(folder, `memory-${String(count)}.laurel`);
    const { milliseconds, peakMegabytes } = child('whole', 'award, rolling and fixed windows', file, workspace);
    console.log(
      `  ${count.toLocaleString('en').padStart(9)} customers   ${peakMegabytes.toFixed(0)} MB   ${perSecond(milliseconds, count)}/s`,
    );
  }
}

const [mode, ...args] = process.argv.slice(2);
if (mode === 'whole') await measureWhole(args[0] as CaseName, args[1] as string, args[2] as string);
else if (mode === 'bare') await measureBare(args[0] as CaseName, Number(args[1]), args[2] as string);
else {
  const folder = mkdtempSync(path.join(tmpdir(), 'laurel-bench-'));
  try {
    await compare(folder);
    await memory(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
