/** Awards a badge to millions of customers and says where it is, until its parent kills it: `long-request WORKSPACE BADGE`. */
import { openBackend } from '../../../../electron/backend/backend';

const [workspacePath, badgeId] = process.argv.slice(2) as [string, string];
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const backend = await openBackend({ workspacePath, appVersion: '0', runtime: 'test', log: quiet });
await backend.handlers['issuance.run'](
  {
    badgeId,
    action: 'award',
    customers: { kind: 'range', from: 1, to: 9_000_000 },
    owner: { ownerType: 'Loyalty', referenceId: '626' },
    at: null,
    eventDate: null,
    requestId: 'killed',
  },
  {
    signal: new AbortController().signal,
    progress: (report) => {
      if (report.done > 2_000_000) console.log('under way');
    },
  },
);
