import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createLive, startOrg, type TestOrg } from '../backend/sync/practice-org';
import type { Fault, FaultedEnd } from './fault-library';
import { damage, leftovers, wordsMissing, type FaultScenario, type Programs } from './scenario';
import type { LiveJobEnd, LiveOrder } from './children/faulted-laurel';

/** What both starts are told. */
type Work = Omit<LiveOrder, 'task'>;

const CUSTOMERS = 6;
const CHUNK = 2;
const TABLE = 'given-past.csv';

/** A live job over three chunks; the fault befalls the Laurel that runs it, and the next one goes on with it. */
export const liveJob: FaultScenario = {
  name: 'live',
  prepare: () => Promise.resolve(),
  run: (folder, programs, fault) => run(folder, programs, fault, null),
};

/** The same of a job that imports past awards from a table. */
export const importJob: FaultScenario = {
  name: 'import',
  prepare: (folder) => {
    const lines = Array.from(
      { length: CUSTOMERS },
      (_, row) => `${String(row + 1)},2021-03-01T10:00:00Z,2031-01-01T00:00:00Z`,
    );
    writeFileSync(path.join(folder, TABLE), `customer,date,expiry\n${lines.join('\n')}\n`);
    return Promise.resolve();
  },
  run: (folder, programs, fault) => run(folder, programs, fault, TABLE),
};

async function run(
  folder: string,
  programs: Programs,
  fault: Fault | null,
  table: string | null,
): ReturnType<FaultScenario['run']> {
  const org = await startOrg();
  try {
    const badge = createLive(org);
    org.call('POST', `badgeMeta/${badge}/claim`, { ownerType: 'Loyalty', referenceId: '626' });
    const order: Work = { folder, url: org.url, badge, customers: CUSTOMERS, chunkSize: CHUNK, table };
    const end = await programs.laurels.faulted({ task: 'live', ...order }, fault);
    return { end, problems: [...wordsMissing(end), ...(await judge(programs, org, order, end))] };
  } finally {
    await org.stop();
  }
}

async function judge({ laurels }: Programs, org: TestOrg, order: Work, end: FaultedEnd): Promise<string[]> {
  const problems: string[] = [];
  const countInOrg = (): number => {
    const stored = org.store.findBadge(order.badge);
    return stored ? org.store.countsOf(stored, 0).earnedCount : -1;
  };
  const before = countInOrg();
  if (before > CUSTOMERS) problems.push(`the org has ${String(before)} awards`);
  const again = await laurels.again({ task: 'live-again', ...order });
  const said = /^over (.*)$/m.exec(again.out)?.[1];
  if (said === undefined) return [...problems, `the next start did not go on: ${again.out}${again.error}`];
  const { view, found, note } = JSON.parse(said) as LiveJobEnd;
  if (before > 0 && !found) problems.push(`the org had ${String(before)} awards, and no job was noted`);
  if (end.code !== null && end.code !== 0 && found && note === '' && !/^(?:paused|cancelled): \S/m.test(end.out)) {
    problems.push(`it stopped without a reason: ${end.out}${end.error}`);
  }
  const { state, done, refused, unknown } = view;
  if (state !== 'done' || done !== CUSTOMERS) {
    problems.push(
      `at the end it is ${state}: ${String(done)} done, ${String(refused)} refused, ${String(unknown)} unknown (${view.note ?? ''})`,
    );
  }
  if (countInOrg() !== CUSTOMERS) problems.push(`the org counts ${String(countInOrg())} awards`);
  return [...problems, ...damage(order.folder), ...leftovers(order.folder)];
}
