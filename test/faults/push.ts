import { startOrg, type TestOrg } from '../backend/sync/practice-org';
import type { FaultedEnd } from './fault-library';
import { damage, leftovers, wordsMissing, type FaultScenario, type Programs } from './scenario';
import type { PushedAgain } from './children/faulted-laurel';

/** A draft pushed to a practice org of this process, and claimed there; the fault befalls the Laurel that pushes. */
export const push: FaultScenario = {
  name: 'push',
  prepare: () => Promise.resolve(),
  async run(folder, programs, fault) {
    const org = await startOrg();
    try {
      const end = await programs.laurels.faulted({ task: 'push', folder, url: org.url }, fault);
      return { end, problems: [...wordsMissing(end), ...(await judge(folder, programs, org, end))] };
    } finally {
      await org.stop();
    }
  },
};

async function judge(folder: string, { laurels }: Programs, org: TestOrg, end: FaultedEnd): Promise<string[]> {
  const problems: string[] = [];
  const created = org.activity.filter(({ method, path }) => method === 'POST' && path.endsWith('/badgeMeta')).length;
  const before = [...org.store.badges()].length;
  if (before > 1) problems.push(`the org has ${String(before)} badges`);
  if (end.out.includes('"outcome":"done"') && before === 0)
    problems.push('it said that it was done, and the org has nothing');
  const again = await laurels.again({ task: 'push-again', folder, url: org.url });
  const said = /^again (.*)$/m.exec(again.out)?.[1];
  if (said === undefined) return [...problems, `the next start did not go on: ${again.out}${again.error}`];
  const { entries, state } = JSON.parse(said) as PushedAgain;
  if (entries < created)
    problems.push(`the org was sent ${String(created)} creates, and Laurel knows of ${String(entries)}`);
  const now = [...org.store.badges()];
  if (now.length !== 1) problems.push(`after another push the org has ${String(now.length)} badges`);
  if (state !== 'in-sync') problems.push(`after another push the badge is ${state ?? 'not listed'}`);
  if (now[0]?.claims.length !== 1) problems.push('after another push the badge is not claimed');
  return [...problems, ...damage(folder), ...leftovers(folder)];
}
