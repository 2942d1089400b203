/** The one rate of an org: however many jobs run there, together they never call more often than it allows. */
import { expect, onTestFinished, test } from 'vitest';
import { OWNER } from '../../../domain/badge-bodies';
import { laurel } from '../laurel';
import { createClaimed, startOrg } from '../practice-org';

const PER_SECOND = 30;
/** Half a second's worth: how late the server may look at the first request of a run. */
const SLACK = PER_SECOND / 2;

test('two jobs of one org share its rate, by the instants of the server', async () => {
  const org = await startOrg();
  onTestFinished(() => org.stop());
  const here = await laurel();
  const { id: connectionId } = await here.connect(org.url, { chunkSize: 5, parallel: 4, perSecond: PER_SECOND });
  const badges = [createClaimed(org, { name: 'One' }), createClaimed(org, { name: 'Other' })];
  const jobs = await Promise.all(
    badges.map((remoteBadgeId) =>
      here.call('liveJobs.start', {
        ...{ connectionId, remoteBadgeId, action: 'award', owner: OWNER },
        customers: { kind: 'range', from: 1, to: 100 },
      }),
    ),
  );
  for (const { id } of jobs) expect(await here.until(id)).toMatchObject({ state: 'done', done: 100 });
  const instants = org.activity.map(({ at }) => at).sort((one, other) => one - other);
  expect(instants.length).toBeGreaterThanOrEqual(2 * 20);
  const seconds = (instants.at(-1)! - instants[0]!) / 1_000_000;
  expect(instants.length).toBeLessThanOrEqual(seconds * PER_SECOND + PER_SECOND / 10 + SLACK);
});
