import type { Door } from '../../../renderer/lib/backend';
import { domPort } from '../../../renderer/lib/dom-port';
import { snapshot } from '../../../renderer/lib/snapshot.svelte';
import { connect } from '../../../shared/ipc/connect';
import { contract, type Handlers } from '../../../shared/ipc/contract';
import { serve } from '../../../shared/ipc/serve';
import type { LookAhead } from '../../../shared/ipc/look-ahead-contract';
import type { ConnectionView, LiveJobView, SyncRow } from '../../../shared/ipc/sync-contract';

export interface Scripted {
  door: Door;
  /** Each call that was made, as it went over the wire. */
  asked: { method: string; input: unknown }[];
}

/** Nothing is filled in yet, and whatever is, is kept. */
const NO_DRAFTS: Partial<Handlers> = {
  'liveJobs.draft': () => null,
  'liveJobs.keepDraft': () => null,
  'liveJobs.importDraft': () => null,
  'liveJobs.keepImportDraft': () => null,
  'liveJobs.takeBackDraft': () => null,
  'liveJobs.keepTakeBackDraft': () => null,
};

/** The real wire and the real contract; what is answered is the test's. */
export function scripted(handlers: Partial<Handlers>): Scripted {
  const asked: Scripted['asked'] = [];
  const { port1, port2 } = new MessageChannel();
  serve({ ...NO_DRAFTS, ...handlers } as Handlers, contract, domPort(port1), {
    warn: () => undefined,
    error: console.error,
  });
  const connection = connect(domPort(port2));
  const door = ((method: string, input: unknown, options?: object) => {
    const plain = snapshot(input);
    asked.push({ method, input: plain });
    return connection.call(method, plain, options);
  }) as Door;
  return { door, asked };
}

export const connectionView = (change: Partial<ConnectionView> = {}): ConnectionView => ({
  id: 1,
  name: 'Acme UAT',
  baseUrl: 'https://uat.example.com',
  kind: 'test',
  timeZone: 'UTC',
  chunkSize: 500,
  parallel: 4,
  perSecond: 20,
  auth: 'basic',
  account: 'lau…',
  secret: 'keychain',
  writable: true,
  state: 'online',
  lastPulledOn: null,
  ...change,
});

export const syncRow = (change: Partial<SyncRow> = {}): SyncRow => ({
  badgeId: 'a'.repeat(24),
  remoteId: 'b'.repeat(24),
  name: 'Ten visits',
  state: 'conflict',
  differences: 1,
  refusals: 0,
  problems: 0,
  lastSyncedOn: null,
  ...change,
});

export const liveJob = (change: Partial<LiveJobView> = {}): LiveJobView => ({
  id: 1,
  connectionId: 1,
  connectionName: 'Acme UAT',
  badgeName: 'Ten visits',
  remoteBadgeId: 'b'.repeat(24),
  action: 'award',
  takesBack: null,
  state: 'running',
  note: null,
  total: 1000,
  waiting: 1000,
  sent: 0,
  done: 0,
  refused: 0,
  unknown: 0,
  perSecond: null,
  secondsLeft: null,
  startedOn: 0,
  place: null,
  startsOn: null,
  canTakeOut: false,
  endedOn: null,
  refusals: [],
  retryable: 0,
  ...change,
});

/** A look that finds nothing in the way. */
export const lookAhead = (change: Partial<LookAhead> = {}): LookAhead => ({
  badge: {
    ...{ name: 'Ten visits', status: 'LIVE', active: true, earnType: 'EARN', startOn: 0, expiresOn: 4e15 },
    ...{ allowedOwners: ['Loyalty'], claims: [{ ownerType: 'Loyalty', referenceId: '626' }] },
    ...{ issuedCount: 0, earnedCount: 12 },
  },
  ...{ unread: null, lookedOn: 0, findings: [], requests: null, secondsAtLeast: null, seen: 'seen' },
  ...change,
});

/** What a form asks before its job is started, answered without anything in the way. */
export const quietLook = (change: Partial<LookAhead> = {}): Partial<Handlers> => ({
  'liveJobs.countRows': () => ({ total: 3, good: 3, bad: 0, duplicate: 0 }),
  'liveJobs.lookAhead': () => lookAhead(change),
});
