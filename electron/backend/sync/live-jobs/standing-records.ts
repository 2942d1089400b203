import { setImmediate } from 'node:timers/promises';
import type { StoredConnection } from '../../../../db/workspace/connections';
import { customerRecords } from '../../../../shared/gateway/client-schemas';
import { Failure } from '../../../../shared/ipc/errors';
import type { CancelSignal } from '../../../../shared/ipc/method';
import type { TakeBackAction } from '../../../../shared/ipc/take-back-contract';
import { message } from '../../../../shared/words/message';
import { CustomerBatch } from '../../customers/batch';
import type { CustomerStream } from '../../customers/source';
import { inParallel } from '../badges/in-parallel';
import { onErrand } from '../client/errand';
import { gatewayUrl, readRequest } from '../client/gateway-client';
import type { OrgSessions } from '../client/org-sessions';
import { outcomeFailure } from '../client/outcome-failure';
import { readPatiently } from '../client/patient-read';
import type { SyncContext } from '../context';
import { readRecords, saysThereIsNothing } from './customer-records';
import type { TakeBackRow } from './take-back/rows';

/** Customers who are read for one look: each takes a request of its own. */
const MOST_READ = 10_000;

/** Looks that are kept; an older one has to be made again. */
const MOST_KEPT = 5;

/** What customers held when a person was shown it: only that is taken back, whatever they are given meanwhile. */
export class StandingLooks {
  readonly #rows = new Map<string, readonly TakeBackRow[]>();

  keep(seen: string, rows: readonly TakeBackRow[]): void {
    this.#rows.delete(seen);
    this.#rows.set(seen, rows);
    for (const oldest of this.#rows.keys()) {
      if (this.#rows.size <= MOST_KEPT) break;
      this.#rows.delete(oldest);
    }
  }

  /** @throws Failure `conflict` where no such look was made since Laurel started; nothing was sent then */
  get(seen: string): readonly TakeBackRow[] {
    const rows = this.#rows.get(seen);
    if (rows) return rows;
    throw new Failure('conflict', message('jobs.takeBackMoved'));
  }
}

/**
 * Ids of what stands of a customer's view: of enrolments those that are not revoked, of awards those that have not expired
 * either, since neither can be revoked (semantics R1, R2).
 *
 * @returns null when it cannot be read whole
 */
function standingIn(data: unknown, action: TakeBackAction): string[] | null {
  const records = readRecords(data, action);
  const read = customerRecords.safeParse(data);
  if (records === null || !read.success) return null;
  const expired = new Set(
    action === 'revoke-award'
      ? (read.data.earnDetails?.earns ?? []).filter((each) => each.earnStatus === 'EXPIRED').map((each) => each.earnId)
      : [],
  );
  return records.filter(({ id, isRevoked }) => !isRevoked && !expired.has(id)).map(({ id }) => id);
}

/** Which of a badge's records are read, and of whom. */
interface StandingQuestion {
  connection: StoredConnection;
  action: TakeBackAction;
  remoteBadgeId: string;
  customers: CustomerStream;
}

/**
 * Reads what customers hold of a badge, one by one: the API knows no other way. Reads only.
 *
 * @param progress told of customers read, and of how many there are
 * @throws Failure `invalid-input` where they are too many, `cancelled`, or why one could not be read: nothing was sent
 */
export async function standingRows(
  context: SyncContext,
  sessions: OrgSessions,
  { connection, action, remoteBadgeId, customers }: StandingQuestion,
  signal: AbortSignal,
  progress: (done: number, total: number) => void,
): Promise<TakeBackRow[]> {
  const { named, left } = await namedIn(customers, signal);
  const { client } = sessions.of(connection);
  const patience = { dice: context.dice, times: context.times.backoff };
  const held = new Map<number, readonly string[]>();
  await onErrand('look', [], () =>
    inParallel(named, connection.parallel, async (customer) => {
      if (signal.aborted) throw new Failure('cancelled', message('jobs.nothingSent'));
      const url = gatewayUrl(client.org, ['management', String(customer), 'badge', remoteBadgeId]);
      const { outcome } = await readPatiently(client, readRequest('read', url, remoteBadgeId), patience, signal);
      if (saysThereIsNothing(outcome)) held.set(customer, []);
      else if (outcome.kind !== 'success') throw outcomeFailure(outcome, message('jobs.nothingSent'));
      else {
        const ids = standingIn(outcome.data, action);
        if (ids === null)
          throw new Failure(
            'rejected-by-gateway',
            message('takeBack.cannotTell', { org: connection.name, customer: String(customer) }),
          );
        held.set(customer, ids);
      }
      progress(held.size, named.length);
    }),
  );
  const rows = named.flatMap((customer): TakeBackRow[] => {
    const ids = held.get(customer) ?? [];
    if (ids.length === 0) return [{ leftOut: 'holdsNone', shown: String(customer), line: 0 }];
    return ids.map((record) => ({ leftOut: null, customer, record }));
  });
  return [...rows, ...left];
}

/** Whom a source names, each once, and the rows that name nobody. */
async function namedIn(
  stream: CustomerStream,
  signal: CancelSignal,
): Promise<{ named: number[]; left: TakeBackRow[] }> {
  const named = new Set<number>();
  const left: TakeBackRow[] = [];
  const batch = new CustomerBatch();
  for (;;) {
    stream.fill(batch);
    if (batch.length === 0) return { named: [...named], left };
    for (let index = 0; index < batch.length; index += 1) {
      if (batch.faults[index] === 0) named.add(batch.customerIds[index] as number);
      else {
        const line = batch.lineNumbers[index] as number;
        left.push({ leftOut: 'noCustomer', shown: (batch.lines[index] ?? '').slice(0, 200), line });
      }
    }
    if (named.size > MOST_READ || left.length > MOST_READ)
      throw new Failure('invalid-input', message('takeBack.tooManyToRead', { most: MOST_READ }));
    await setImmediate();
    if (signal.aborted) throw new Failure('cancelled', message('jobs.nothingSent'));
  }
}
