import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { setTimeout as wait } from 'node:timers/promises';
import type { LiveJobView } from '../../../../shared/ipc/sync-contract';
import { unpackCustomers, unpackOutcomes } from '../../../../db/workspace/live-chunks';
import type { LaurelOrder } from '../laurel-process';
import { createLive, startOrg, type TestOrg } from '../practice-org';
import { enrolFirst } from '../../../domain/badge-bodies';

/** The ways in which a request can fail; together they befall a tenth of all requests. */
const FAULTS = [
  '429',
  '500',
  '502',
  'reset-before-commit',
  'reset-after-commit',
  'cut-body',
  'no-answer',
  'expire-tokens',
] as const;
const SHARE = 0.1;
const LATENCY_SHARE = 0.02;

export interface Survival {
  /** Kills that were survived, and requests that the org saw. */
  kills: number;
  requests: number;
}

export interface SurvivalOptions {
  seed: number;
  customers: number;
  chunkSize: number;
  /** A folder of this run alone. */
  folder: string;
  /** The program that runs a Laurel, and its arguments before the order. */
  program: readonly string[];
}

/**
 * Awards a badge to many customers over a real HTTP gateway of which a tenth of all requests fail in every way it knows,
 * while the process that does it is killed at random instants and started again.
 *
 * @throws Error when, at the end, anybody was awarded twice, not at all without a reason, or is still unknown
 */
export async function survive({ seed, customers, chunkSize, folder, program }: SurvivalOptions): Promise<Survival> {
  const dice = mulberry(seed);
  const org = await startOrg(seed);
  try {
    const badge = createLive(org, enrolFirst());
    const triggeredBy = { ownerType: 'Loyalty', referenceId: '626' };
    org.call('POST', `badgeMeta/${badge}/claim`, triggeredBy);
    // Every tenth customer is not enrolled, and has to be refused.
    const enrolled = Array.from({ length: customers }, (_, index) => index + 1).filter(
      (customer) => customer % 10 !== 0,
    );
    org.call('POST', 'badgeMeta/customer/issueBulk', {
      badgeMetaId: badge,
      requestId: 'enrol',
      triggeredBy,
      customers: enrolled,
    });
    org.setFaults(
      ...FAULTS.map((fault) => ({ route: '*', fault, share: SHARE / FAULTS.length, retryAfterSeconds: 0 })),
      { route: '*', fault: 'latency', share: LATENCY_SHARE, milliseconds: 60 },
    );
    const order: LaurelOrder = {
      workspacePath: path.join(folder, 'killed.laurel'),
      url: org.url,
      badge,
      customers,
      chunkSize,
    };
    let kills = 0;
    let over: LiveJobView | null = null;
    while (over === null) {
      // Later lives are longer, so that the run comes to an end; counted in requests, as a busy machine does little in a
      // second. The first may end while it reads its customers.
      const requests = kills === 0 ? 0 : 50 + dice() * (200 + kills * 100);
      over = await live(program, order, org.activity, requests);
      if (over === null) kills += 1;
    }
    check(org, badge, customers, over, order.workspacePath);
    return { kills, requests: org.activity.length };
  } finally {
    await org.stop();
  }
}

/**
 * Takes back what a job gave many customers, while a tenth of all requests fail in every way the gateway knows and the
 * process that does it is killed at random instants and started again; others gave the same badge to the same customers.
 *
 * @throws Error when, at the end, anything is not revoked that is called so, or is revoked that the job did not give
 */
export async function surviveTakingBack({
  seed,
  customers,
  chunkSize,
  folder,
  program,
  action,
}: SurvivalOptions & { action: 'award' | 'enrol' }): Promise<Survival> {
  const dice = mulberry(seed);
  const org = await startOrg(seed);
  try {
    const isEnrolment = action === 'enrol';
    const badge = createLive(org, isEnrolment ? enrolFirst() : {});
    const triggeredBy = { ownerType: 'Loyalty', referenceId: '626' };
    org.call('POST', `badgeMeta/${badge}/claim`, triggeredBy);
    const workspacePath = path.join(folder, `${action}.laurel`);
    const order: LaurelOrder = { workspacePath, url: org.url, badge, customers, chunkSize, action };
    const others = Array.from({ length: customers }, (_, index) => index + 1).filter((each) => each % 3 === 0);
    const byOthers = { badgeMetaId: badge, requestId: 'others', triggeredBy };
    // Who is enrolled already is not enrolled by the job, and has to stay; awards stand beside each other.
    if (isEnrolment) org.call('POST', 'badgeMeta/customer/issueBulk', { ...byOthers, customers: others });
    await live(program, order, org.activity, Infinity);
    if (!isEnrolment) org.call('POST', 'customer/earnBulk', { ...byOthers, customerIds: others });
    org.setFaults(
      ...FAULTS.map((fault) => ({ route: '*', fault, share: SHARE / FAULTS.length, retryAfterSeconds: 0 })),
    );
    const before = org.activity.length;
    let kills = 0;
    let over: LiveJobView | null = null;
    while (over === null) {
      const requests = (20 + dice() * (60 + kills * 60)) * (isEnrolment ? 0.4 : 1);
      over = await live(program, { ...order, takesBack: true }, org.activity, requests);
      if (over === null) kills += 1;
    }
    checkTaken(org, badge, customers, over, isEnrolment);
    return { kills, requests: org.activity.length - before };
  } finally {
    await org.stop();
  }
}

function checkTaken(org: TestOrg, badge: string, customers: number, view: LiveJobView, isEnrolment: boolean): void {
  const stored = org.store.findBadge(badge);
  if (!stored) throw new Error('The badge is gone.');
  const wrong: string[] = [];
  for (let customer = 1; customer <= customers; customer += 1) {
    const records = isEnrolment
      ? org.store.enrolmentHistory(stored, customer)
      : org.store.awardHistory(stored, customer);
    const revoked = records.map(({ revokedOn }) => revokedOn !== null).join();
    const isOthers = customer % 3 === 0;
    const expected = isEnrolment ? String(!isOthers) : isOthers ? 'true,false' : 'true';
    if (revoked !== expected) wrong.push(`of customer ${String(customer)} ${revoked}, not ${expected}`);
  }
  const given = isEnrolment ? customers - Math.floor(customers / 3) : customers;
  const expected = { state: 'done', total: given, done: given, refused: 0, unknown: 0, sent: 0, waiting: 0 };
  for (const [name, value] of Object.entries(expected)) {
    const found = view[name as keyof typeof expected];
    if (found !== value) wrong.unshift(`${name} is ${String(found)}, not ${String(value)} (${view.note ?? 'no note'})`);
  }
  if (wrong.length > 0) throw new Error(wrong.slice(0, 10).join('; '));
}

/**
 * Imports awards of the past, a customer's one after the other, while a tenth of all requests fail in every way the gateway
 * knows and the process that does it is killed at random instants and started again; every fourth award stood before.
 *
 * @throws Error when, at the end, any award stands twice, not at all, or is told wrongly
 */
export async function surviveImporting({
  seed,
  customers,
  chunkSize,
  folder,
  program,
}: SurvivalOptions): Promise<Survival> {
  const dice = mulberry(seed);
  const org = await startOrg(seed);
  try {
    const badge = createLive(org);
    // Two of each customer, on days of their own.
    const awards = Array.from({ length: 2 * customers }, (_, row) => ({
      customerId: Math.floor(row / 2) + 1,
      earnEventDate: new Date(Date.UTC(2021, 0, 1 + (row % 2), 12)).toISOString(),
      earnExpiresOn: '2031-01-01T00:00:00.000Z',
    }));
    const stood = awards.filter((_, row) => row % 4 === 1);
    org.call(
      'POST',
      'import/customerBadges',
      stood.map((each) => ({ badgeMetaId: badge, ...each })),
    );
    const table = path.join(folder, 'past.csv');
    const lines = awards.map(({ customerId, earnEventDate, earnExpiresOn }) =>
      [customerId, earnEventDate, earnExpiresOn].join(','),
    );
    writeFileSync(table, `customerId,earnEventDate,earnExpiresOn\n${lines.join('\n')}\n`);
    org.setFaults(
      ...FAULTS.map((fault) => ({ route: '*', fault, share: SHARE / FAULTS.length, retryAfterSeconds: 0 })),
      // Writes are few beside the reads before them.
      ...['reset-after-commit', 'cut-body', 'no-answer'].map((fault) => ({ route: 'import', fault, share: 0.15 })),
    );
    const workspacePath = path.join(folder, 'import.laurel');
    const order: LaurelOrder = { workspacePath, url: org.url, badge, customers, chunkSize, table };
    let kills = 0;
    let over: LiveJobView | null = null;
    while (over === null) {
      over = await live(program, order, org.activity, 20 + dice() * (60 + kills * 60));
      if (over === null) kills += 1;
    }
    checkImported(org, badge, customers, over, stood.length);
    return { kills, requests: org.activity.length };
  } finally {
    await org.stop();
  }
}

function checkImported(org: TestOrg, badge: string, customers: number, view: LiveJobView, stood: number): void {
  const stored = org.store.findBadge(badge);
  if (!stored) throw new Error('The badge is gone.');
  const wrong: string[] = [];
  for (let customer = 1; customer <= customers; customer += 1) {
    const days = org.store.awardHistory(stored, customer).map(({ eventDate }) => eventDate);
    if (days.length !== 2 || new Set(days).size !== 2)
      wrong.push(`customer ${String(customer)} has ${String(days.length)} awards of ${days.join()}`);
  }
  const total = 2 * customers;
  const expected = { state: 'done', total, done: total - stood, refused: stood, unknown: 0, sent: 0, waiting: 0 };
  for (const [name, value] of Object.entries(expected)) {
    const found = view[name as keyof typeof expected];
    if (found !== value) wrong.unshift(`${name} is ${String(found)}, not ${String(value)} (${view.note ?? 'no note'})`);
  }
  if (wrong.length > 0) throw new Error(wrong.slice(0, 10).join('; '));
}

/** One life of a Laurel: killed once the org has seen so many requests more. @returns the job's last state when it had ended before */
async function live(
  program: readonly string[],
  order: LaurelOrder,
  activity: readonly unknown[],
  requests: number,
): Promise<LiveJobView | null> {
  const child = spawn(process.execPath, [...program, JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = once(child, 'close');
  const before = activity.length;
  const isUnderWay = async (): Promise<void> => {
    while (!output.includes('under way') && child.exitCode === null) await wait(5);
    await wait(100);
    while (activity.length < before + requests && child.exitCode === null) await wait(5);
  };
  await Promise.race([ended, isUnderWay()]);
  child.kill('SIGKILL');
  const [code] = (await ended) as [number | null];
  const said = /^over (.*)$/m.exec(output)?.[1];
  if (said !== undefined) return JSON.parse(said) as LiveJobView;
  if (code !== null) throw new Error(`Laurel ended by itself with ${String(code)}: ${output}`);
  return null;
}

function check(org: TestOrg, badge: string, customers: number, view: LiveJobView, workspacePath: string): void {
  const stored = org.store.findBadge(badge);
  if (!stored) throw new Error('The badge is gone.');
  const wrong: string[] = [];
  for (let customer = 1; customer <= customers; customer += 1) {
    const awards = org.store.awardHistory(stored, customer).length;
    if (awards !== (customer % 10 === 0 ? 0 : 1))
      wrong.push(`customer ${String(customer)} has ${String(awards)} awards`);
  }
  const refused = Math.floor(customers / 10);
  const expected = {
    state: 'done',
    total: customers,
    done: customers - refused,
    refused,
    unknown: 0,
    sent: 0,
    waiting: 0,
  };
  for (const [name, value] of Object.entries(expected)) {
    const found = view[name as keyof typeof expected];
    if (found !== value) wrong.unshift(`${name} is ${String(found)}, not ${String(value)} (${view.note ?? 'no note'})`);
  }
  const { earnedCount } = org.store.countsOf(stored, 0);
  if (earnedCount !== view.done) wrong.push(`the org counts ${String(earnedCount)}, Laurel ${String(view.done)}`);
  wrong.push(...wrongIds(org, workspacePath, view.id));
  if (wrong.length > 0) throw new Error(wrong.slice(0, 10).join('; '));
}

/** Each customer must be shown with the id of its own record, and refused with the org's code. */
function wrongIds(org: TestOrg, workspacePath: string, jobKey: number): string[] {
  const workspace = new Database(workspacePath, { readonly: true });
  try {
    if (workspace.pragma('integrity_check', { simple: true }) !== 'ok') return ['the workspace is damaged'];
    const rows = workspace
      .prepare<[number], { size: number; customers: Buffer; outcomes: Buffer }>(
        'SELECT size, customers, outcomes FROM live_chunks WHERE job_key = ?',
      )
      .all(jobKey);
    return rows.flatMap(({ size, customers, outcomes }) => {
      const ids = unpackCustomers(customers);
      return unpackOutcomes(outcomes, size).flatMap((outcome, index) => {
        if (outcome.kind === 'refused')
          return outcome.code === 811
            ? []
            : [`customer ${String(ids[index])} was refused with ${String(outcome.code)}`];
        const record = outcome.kind === 'done' ? org.store.findAward(outcome.issuedId ?? '') : undefined;
        return record?.customerId === ids[index]
          ? []
          : [`customer ${String(ids[index])} is shown with another’s record`];
      });
    });
  } finally {
    workspace.close();
  }
}

/** Numbers from 0 to 1 that a seed decides. */
export function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
