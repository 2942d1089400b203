import { backend } from '../../lib/backend';
import { navigation } from '../../shell/navigation.svelte';
import { running } from '../../shell/running.svelte';
import { connections } from '../../orgs/connections.svelte';
import { LiveJobs } from './live-jobs.svelte';
import { orgPages } from './org-pages.svelte';

/** The ones of the open workspace. They live outside the components, because they go on whatever screen is shown. */
export const liveJobs = new LiveJobs(
  backend,
  (job) => running.add(job),
  (job) => {
    connections.show({ kind: 'connection', id: job.connectionId });
    orgPages.show('jobs');
    navigation.go('sync');
  },
  () => void connections.load(),
);
