import { createLive, startOrg, type TestOrg } from '../backend/sync/practice-org';
import { runFaulted, type FaultedEnd } from './fault-library';
import { damage, leftovers, wordsMissing, type FaultScenario, type Programs } from './scenario';
import type { LiveJobEnd } from './children/faulted-laurel';

const CUSTOMERS = 60;

/** A live job over three chunks; the fault befalls the Laurel that runs it, and the next one goes on with it. */
export const liveJob: FaultScenario = {
  name: 'live',
  prepare: () => Promise.resolve(),
  async run(folder, programs, fault) {
    const org = await startOrg();
    try {
      const badge = createLive(org);
      org.call('POST', `badgeMeta/${badge}/claim`, { ownerType: 'Loyalty', referenceId: '626' });
      const order = { task: 'live', folder, url: org.url, badge, customers: CUSTOMERS };
      const args = [programs.backend, JSON.stringify(order)];
      const end = await runFaulted({ args, folder, fromStart: false }, fault);
      return { end, problems: [...wordsMissing(end), ...(await judge(folder, programs, org, order, end))] };
    } finally {
      await org.stop();
    }
  },
};

async function judge(
  folder: string,
  { backend }: Programs,
  org: TestOrg,
  order: { badge: string },
  end: FaultedEnd,
): Promise<string[]> {
  const problems: string[] = [];
  const countInOrg = (): number => {
    const stored = org.store.findBadge(order.badge);
    return stored ? org.store.countsOf(stored, 0).earnedCount : -1;
  };
  const before = countInOrg();
  if (before > CUSTOMERS) problems.push(`the org has ${String(before)} awards`);
  const args = [backend, JSON.stringify({ ...order, task: 'live-again' })];
  const again = await runFaulted({ args, folder, fromStart: false }, null);
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
  return [...problems, ...damage(folder), ...leftovers(folder)];
}
