import type { Database } from 'better-sqlite3';
import { and, desc, eq, gt, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Instant } from '../../shared/domain/instant';
import { given, givenColumns } from '../given';
import { lazily } from '../lazily';
import { ledger, ledgerTasks, liveJobs } from './schema';

export type LedgerTaskKind = typeof ledgerTasks.$inferSelect.kind;
export type LedgerTask = typeof ledgerTasks.$inferSelect;

/** What requests are sent for: the same object for all of them, whichever order they leave in. */
export interface LedgerErrand {
  kind: LedgerTaskKind;
  /** Names of the badges it is about; null: not known. */
  about: string | null;
  /** Told its task, within the transaction that notes a request which changes something, before that request leaves. */
  onWrite?: (taskKey: number) => void;
}

/** What of a request says to which task it belongs. */
export interface TaskedRequest {
  connectionKey: number;
  connectionName: string;
  purpose: string;
  jobKey: number | null;
  method: string;
  sentOn: Instant;
  errand?: LedgerErrand | null;
}

/** Requests of nobody's errand are one task as long as no more than this lies between two of them. */
const PAUSE = 60_000_000;

const PUSHING: ReadonlySet<string> = new Set(['create', 'update', 'activate', 'deactivate', 'unclaim']);
const PULLING: ReadonlySet<string> = new Set(['list', 'read', 'fields']);
const BY_NAME: ReadonlySet<string> = new Set<LedgerTaskKind>(['probe', 'test', 'claim']);

function kindOf({ purpose, jobKey, errand }: TaskedRequest): LedgerTaskKind {
  if (jobKey !== null) return purpose === 'settle' ? 'settling' : 'job';
  if (errand) return errand.kind;
  if (PUSHING.has(purpose)) return 'push';
  if (PULLING.has(purpose)) return 'pull';
  return BY_NAME.has(purpose) ? (purpose as LedgerTaskKind) : 'other';
}

/** Whether a line changes something in the org, or asks to: what Activity shows before its reads are asked for. */
const isWriteLine = ({ method, purpose }: { method: string; purpose: string }): boolean =>
  method !== 'GET' && purpose !== 'token';

/** One more where a line became this, one fewer where it was. */
const moved = (outcome: 'sending' | 'answered' | 'refused' | 'unknown' | 'failed') =>
  sql`${ledgerTasks[outcome]} + (${sql.placeholder('to')} = ${outcome}) - (${sql.placeholder('from')} = ${outcome})`;

function prepareQueries(connection: Database) {
  const database = drizzle(connection);
  const ofKey = eq(ledgerTasks.key, given(ledgerTasks.key, 'key'));
  return lazily({
    ofJob: () =>
      database
        .select({ key: ledgerTasks.key })
        .from(ledgerTasks)
        .where(
          and(
            eq(ledgerTasks.jobKey, given(ledgerTasks.jobKey, 'jobKey')),
            eq(ledgerTasks.kind, given(ledgerTasks.kind, 'kind')),
          ),
        )
        .prepare(),
    badgeOfJob: () =>
      database
        .select({ name: liveJobs.badgeName })
        .from(liveJobs)
        .where(eq(liveJobs.key, given(liveJobs.key, 'key')))
        .prepare(),
    add: () =>
      database
        .insert(ledgerTasks)
        .values({
          ...givenColumns(ledgerTasks, 'kind', 'connectionKey', 'connectionName', 'jobKey', 'about', 'startedOn'),
          ...givenColumns(ledgerTasks, 'lastOn'),
          ...{ requests: 0, writes: 0, sending: 0, answered: 0, refused: 0, unknown: 0, failed: 0 },
        })
        .prepare(),
    begin: () =>
      database
        .update(ledgerTasks)
        .set({
          requests: sql`${ledgerTasks.requests} + 1`,
          writes: sql`${ledgerTasks.writes} + ${sql.placeholder('writes')}`,
          sending: sql`${ledgerTasks.sending} + 1`,
          lastOn: sql`max(${ledgerTasks.lastOn}, ${sql.placeholder('sentOn')})`,
        })
        .where(ofKey)
        .prepare(),
    line: () =>
      database
        .select({ from: ledger.outcome, key: ledger.taskKey })
        .from(ledger)
        .where(eq(ledger.key, given(ledger.key, 'ledgerKey')))
        .prepare(),
    settle: () =>
      database
        .update(ledgerTasks)
        .set({
          ...{ sending: moved('sending'), answered: moved('answered'), refused: moved('refused') },
          ...{ unknown: moved('unknown'), failed: moved('failed') },
          lastOn: sql`max(${ledgerTasks.lastOn}, ${sql.placeholder('answeredOn')})`,
        })
        .where(ofKey)
        .prepare(),
    find: () => database.select().from(ledgerTasks).where(ofKey).prepare(),
    pushes: () =>
      database
        .select()
        .from(ledgerTasks)
        .where(and(eq(ledgerTasks.kind, 'push'), gt(ledgerTasks.writes, 0)))
        .orderBy(desc(ledgerTasks.startedOn), desc(ledgerTasks.key))
        .prepare(),
    interrupted: () =>
      database
        .update(ledgerTasks)
        .set({ unknown: sql`${ledgerTasks.unknown} + ${ledgerTasks.sending}`, sending: 0 })
        .where(gt(ledgerTasks.sending, 0))
        .prepare(),
  });
}

/** Keeps which task a line belongs to, and what became of a task's lines. Call within the transaction of the line. */
export class LedgerTasks {
  readonly #queries: ReturnType<typeof prepareQueries>;
  readonly #ofErrands = new WeakMap<LedgerErrand, Map<number, number>>();
  readonly #latest = new Map<string, { key: number; on: Instant }>();

  constructor(connection: Database) {
    this.#queries = prepareQueries(connection);
  }

  /** Counts a request that is about to leave, and says of which task it is. */
  begin(request: TaskedRequest): number {
    const key = this.#begun(request);
    if (isWriteLine(request)) request.errand?.onWrite?.(key);
    return key;
  }

  /** A task by its key; undefined where it was given up. */
  find(key: number): LedgerTask | undefined {
    return this.#queries.find.get({ key });
  }

  /** The pushes that asked an org to change something, newest first. */
  pushes(): LedgerTask[] {
    return this.#queries.pushes.all();
  }

  #begun(request: TaskedRequest): number {
    const { sentOn } = request;
    const count = { writes: isWriteLine(request) ? 1 : 0, sentOn };
    const known = this.#known(request);
    // One that was rolled back, or cleaned away, is begun anew.
    if (known !== undefined && this.#queries.begin.run({ ...count, key: known }).changes === 1) {
      this.#remember(request, known);
      return known;
    }
    const { connectionKey, connectionName, jobKey, errand } = request;
    const badge = jobKey === null ? undefined : this.#queries.badgeOfJob.get({ key: jobKey })?.name;
    const about = errand?.about ?? badge ?? null;
    const times = { startedOn: sentOn, lastOn: sentOn };
    const task = { kind: kindOf(request), connectionKey, connectionName, jobKey, about, ...times };
    const key = Number(this.#queries.add.run(task).lastInsertRowid);
    this.#queries.begin.run({ ...count, key });
    this.#remember(request, key);
    return key;
  }

  /** Counts what became of a line; call before the line is changed. */
  settle(ledgerKey: number, to: string, answeredOn: Instant | null): void {
    const line = this.#queries.line.get({ ledgerKey });
    // Never before it left, whatever the clock did.
    if (line && line.key !== null) this.#queries.settle.run({ ...line, to, answeredOn: answeredOn ?? 0 });
  }

  /** What was on its way is unknown now. */
  settleInterrupted(): void {
    this.#queries.interrupted.run();
  }

  #known(request: TaskedRequest): number | undefined {
    const { connectionKey, jobKey, errand, sentOn } = request;
    const kind = kindOf(request);
    if (jobKey !== null) return this.#queries.ofJob.get({ jobKey, kind })?.key;
    if (errand) return this.#ofErrands.get(errand)?.get(connectionKey);
    const latest = this.#latest.get(`${String(connectionKey)} ${kind}`);
    return latest !== undefined && Math.abs(sentOn - latest.on) <= PAUSE ? latest.key : undefined;
  }

  #remember(request: TaskedRequest, key: number): void {
    const { connectionKey, jobKey, errand, sentOn } = request;
    if (jobKey !== null) return;
    if (!errand) {
      this.#latest.set(`${String(connectionKey)} ${kindOf(request)}`, { key, on: sentOn });
      return;
    }
    const known = this.#ofErrands.get(errand) ?? new Map<number, number>();
    known.set(connectionKey, key);
    this.#ofErrands.set(errand, known);
  }
}
