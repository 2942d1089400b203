import { openBackend } from '../../../electron/backend/backend';
import { toSecret } from '../../../electron/backend/sync/client/credentials';
import type { SecretKeeper } from '../../../electron/backend/secrets/secret-keeper';
import { CREDENTIALS } from './practice-org';

/** What a Laurel without a window is told: where to work, and for the first time on what. */
export interface LaurelOrder {
  workspacePath: string;
  url: string;
  badge: string;
  customers: number;
  chunkSize: number;
  action?: 'award' | 'enrol';
  /** Instead of giving, import the awards of this table of the time before. */
  table?: string;
  /** Instead of giving, take back what the first job gave. */
  takesBack?: boolean;
}

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A keychain that survives whatever happens to Laurel. */
const keychain: SecretKeeper = {
  hasKeychain: () => Promise.resolve(true),
  put: () => Promise.resolve('keychain'),
  take: () => Promise.resolve(toSecret({ kind: 'oauth', key: CREDENTIALS.user, secret: CREDENTIALS.password })),
  placeOf: () => Promise.resolve('keychain'),
  forget: () => Promise.resolve(),
};

/**
 * The backend as a process of its own that awards or imports a badge live, or takes that back: starts the job when there is none, else goes on with it
 * by itself, and prints `over` with the job's state when it has ended.
 */
export async function runLaurel(order: LaurelOrder): Promise<void> {
  const { workspacePath, url, badge, customers, chunkSize, table, action = 'award', takesBack = false } = order;
  const times = { exchange: { connect: 2_000, idle: 200, total: 2_000 }, backoff: { first: 5, most: 50 }, quiet: 20 };
  const options = { workspacePath, appVersion: '0', runtime: 'test', log: quiet };
  const { handlers, close, grantFile } = await openBackend({ ...options, sync: { secrets: keychain, times } });
  const { jobs } = await handlers['liveJobs.list']({});
  const given = jobs.at(-1);
  const present = takesBack && jobs.length === 1 ? undefined : jobs[0];
  let id = present?.id;
  // One that was killed while it read its customers has sent nothing; a person starts it again.
  if (takesBack && given !== undefined && (id === undefined || present?.state === 'cancelled')) {
    const { connectionId } = given;
    const source = { kind: 'job' as const, jobId: given.id, customer: '' };
    const job = await startPatiently(async () => {
      const signal = new AbortController().signal;
      const { seen } = await handlers['liveJobs.lookBack'](
        { connectionId, source },
        { signal, progress: () => undefined },
      );
      return handlers['liveJobs.takeBack']({ connectionId, source, seen, begin: { kind: 'now' } });
    });
    id = job.id;
  } else if (id === undefined || present?.state === 'cancelled') {
    const known = (await handlers['connections.list']({})).connections[0];
    const settings = {
      name: 'Practice',
      baseUrl: url,
      kind: 'practice' as const,
      timeZone: 'UTC',
      chunkSize,
      parallel: 4,
      perSecond: 1_000,
    };
    const credentials = { kind: 'oauth' as const, key: CREDENTIALS.user, secret: CREDENTIALS.password };
    const connection =
      known ?? (await handlers['connections.save']({ connection: settings, credentials, acceptRisk: false }));
    const job = await startPatiently(async () => {
      const connectionId = connection.id;
      if (table !== undefined) {
        grantFile('table', { path: table, name: 'past.csv', bytes: 1, mode: 'read' });
        const source = { connectionId, remoteBadgeId: badge, token: 'table', choices: {}, again: false };
        const context = { signal: new AbortController().signal, progress: () => undefined };
        const { seen } = await handlers['liveJobs.lookImport'](source, context);
        return handlers['liveJobs.import']({ ...source, seen, begin: { kind: 'now' } });
      }
      return handlers['liveJobs.start']({
        begin: { kind: 'now' },
        connectionId,
        remoteBadgeId: badge,
        action,
        owner: { ownerType: 'Loyalty', referenceId: '626' },
        eventDate: null,
        customers: { kind: 'range', from: 1, to: customers },
      });
    });
    id = job.id;
  }
  console.log('under way');
  for (;;) {
    const view = await handlers['liveJobs.get']({ id });
    if (view.state === 'done' || view.state === 'paused' || view.state === 'cancelled') {
      console.log(`over ${JSON.stringify(view)}`);
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  await close();
}

/** The badge's name is read first, and that read fails like any other. */
async function startPatiently<T>(start: () => T | Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await start();
    } catch (error) {
      if (tries === 20) throw error;
    }
  }
}
