import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { outcomeLabel, outcomeName } from '../../../../db/org/outcomes';
import type { RequestFacts } from '../../../../db/org/request-history';
import { RequestRows } from '../../../../db/org/request-rows';
import type { LiveJob, LiveJobStore } from '../../../../db/workspace/live-jobs';
import { BATCH_SIZE, CustomerBatch } from '../../customers/batch';
import { openCustomers, type CustomerStream, type ResolvedSource } from '../../customers/source';
import { recordsOf } from '../../../../shared/ipc/take-back-contract';
import { NumberSet } from './number-set';
import { inEnglish } from '../../../../shared/words/english';
import { message } from '../../../../shared/words/message';

/** Where the customers of a live job come from, with every token and name resolved; can be sent to a worker. */
export type LiveJobSource =
  | { kind: 'customers'; source: ResolvedSource }
  /** Those who succeeded in a request of the local org file. */
  | { kind: 'request'; orgFile: string; facts: RequestFacts }
  | { kind: 'list'; description: string; customers: Float64Array };

/**
 * The first requests of a job are small: until the org's clock is known, and has moved on, their customers are read one
 * by one before them (docs/decisions/0032).
 */
export const FIRST_CHUNKS = 5;
export const FIRST_SIZE = 20;
/** Customers written in one transaction; other writers wait for it about 20 ms. */
const PORTION = 20_000;
const NAMED_BEFORE = inEnglish(message('refusals.namedBefore'));

/** What reading a source found. */
export interface SourceReading {
  total: number;
  customers: number;
  description: string;
}

/**
 * Reads the customers of a job into its chunks. A line that names no customer, or one that was named before, becomes a
 * reject: nobody is sent twice in one job.
 *
 * @param isStopped asked between portions; true ends the reading early
 * @returns null when it was stopped
 * @throws the system's error when a file cannot be read
 */
export async function readIntoChunks(
  store: LiveJobStore,
  job: Pick<LiveJob, 'key' | 'action'>,
  stream: CustomerStream,
  chunkSize: number,
  isStopped: () => boolean,
  progress: () => void,
): Promise<SourceReading | null> {
  const seen = new NumberSet();
  const batches = Array.from({ length: Math.ceil(PORTION / BATCH_SIZE) }, () => new CustomerBatch());
  let open: number[] = [];
  let chunks = 0;
  let ordinal = 0;
  let customers = 0;
  const close = (): void => {
    if (open.length > 0) store.addChunk(job.key, chunks++, open);
    open = [];
  };
  const take = (batch: CustomerBatch, index: number): void => {
    const fault = batch.faults[index] as number;
    const customer = batch.customerIds[index] as number;
    if (fault !== 0) {
      const label = outcomeLabel(outcomeName(fault), recordsOf(job.action));
      const line = batch.lineNumbers[index] as number;
      const reason = inEnglish(line === 0 ? label : message('refusals.atLine', { line, reason: label }));
      store.addReject(job.key, ordinal, (batch.lines[index] ?? '').slice(0, 200), reason);
    } else if (!seen.add(customer)) store.addReject(job.key, ordinal, String(customer), NAMED_BEFORE);
    else {
      open.push(customer);
      customers += 1;
      if (open.length >= (chunks < FIRST_CHUNKS ? Math.min(FIRST_SIZE, chunkSize) : chunkSize)) close();
    }
    ordinal += 1;
  };
  for (;;) {
    // Read before the transaction begins: a slow disk or an endless line must not keep other writers waiting.
    const filled = readPortion(stream, batches);
    if (filled === null) return null;
    store.transaction(() => {
      for (const batch of batches.slice(0, filled)) {
        for (let index = 0; index < batch.length; index += 1) take(batch, index);
      }
    });
    progress();
    if (filled === 0) break;
    await setImmediate();
    if (isStopped()) return null;
  }
  store.transaction(close);
  return { total: ordinal, customers, description: stream.description };
}

/** Thrown by the poll of a source to end the reading of it. */
export class ReadingStopped extends Error {
  override readonly name = 'ReadingStopped';
}

/** Fills batches with what comes next. @returns how many were filled; null when it was stopped */
function readPortion(stream: CustomerStream, batches: readonly CustomerBatch[]): number | null {
  try {
    for (const [filled, batch] of batches.entries()) {
      stream.fill(batch);
      if (batch.length === 0) return filled;
    }
    return batches.length;
  } catch (error) {
    if (error instanceof ReadingStopped) return null;
    throw error;
  }
}

/** Opens any source as a stream. @param poll called between pieces of a text; throws ReadingStopped to end it */
export function openLiveSource(
  source: LiveJobSource,
  openOrg: (file: string) => Database,
  poll?: () => void,
): CustomerStream {
  switch (source.kind) {
    case 'customers':
      return openCustomers(source.source, poll);
    case 'request':
      return openRequest(source.facts, openOrg(source.orgFile));
    case 'list':
      return openList(source.customers, source.description);
  }
}

function openRequest(facts: RequestFacts, org: Database): CustomerStream {
  const rows = new RequestRows(org);
  const filter = { outcomes: ['ok'] as const, customer: '' };
  let done = 0;
  return {
    description: inEnglish(message('sources.succeededIn', { request: facts.requestId })),
    fill: (batch) => {
      batch.length = 0;
      const page = rows.page(facts, filter, done, batch.customerIds.length);
      for (const row of page.rows) if (row.ok) batch.addCustomer(row.customerId);
      done += page.rows.length;
    },
    total: () => facts.succeeded,
    close: () => org.close(),
  };
}

function openList(customers: Float64Array, description: string): CustomerStream {
  let next = 0;
  return {
    description,
    fill: (batch) => {
      batch.length = 0;
      while (next < customers.length && !batch.isFull) batch.addCustomer(customers[next++] as number);
    },
    total: () => customers.length,
    close: () => undefined,
  };
}
