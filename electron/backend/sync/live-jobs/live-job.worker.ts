import { basename } from 'node:path';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { databaseFailure, wayOutOf } from '../../../../db/failures';
import { ORG, WORKSPACE } from '../../../../db/kinds';
import { connectDatabase } from '../../../../db/open';
import { NotRegular } from '../../../disk/system-reasons';
import { LedgerStore } from '../../../../db/workspace/ledger';
import { LiveJobStore, waits } from '../../../../db/workspace/live-jobs';
import { fromMilliseconds } from '../../../../shared/domain/instant';
import { Failure } from '../../../../shared/ipc/errors';
import type { LiveJobView } from '../../../../shared/ipc/sync-contract';
import type { AuthorizationHeader } from '../client/credentials';
import { Exchanger } from '../client/exchange';
import type { Authorization, Authorizer, RemoteOrg } from '../client/gateway-client';
import { LiveJobRun, type LiveJobEnd } from './run';
import { openLiveSource, readIntoChunks, ReadingStopped, type LiveJobSource } from './source';
import { openImport, readImport, type ImportOrder } from './import/rows';
import { describeTakeBack, openTakeBack, readTakeBack, type TakeBackOrder } from './take-back/rows';
import { takesBack } from '../../../../shared/ipc/take-back-contract';
import { LiveJobRows } from '../../../../db/workspace/live-job-rows';
import { JobPace, liveJobView } from './view';
import type { Passage, Way } from '../../network/passage';
import { ToldPassages } from './told-passages';
import { RateLimit, type SharedRate } from '../client/pace';
import type { Reachability } from '../client/reachability';
import type { Stop } from './run-stop';
import type { SyncTimes } from '../context';
import { inEnglish } from '../../../../shared/words/english';
import { message, type Message } from '../../../../shared/words/message';

/** What the worker is started with. No credentials: it asks for them, request by request. */
export interface LiveJobTask {
  workspaceFile: string;
  jobKey: number;
  org: RemoteOrg;
  chunkSize: number;
  parallel: number;
  perSecond: number;
  /** The org's one rate, which all its jobs and its session share. */
  rate: SharedRate;
  times: SyncTimes;
  /** Read first; null when the job's customers are in the workspace already. */
  source: LiveJobSource | TakeBackOrder | ImportOrder | null;
  /** How it is stopped from the first on: a message comes after it has begun to send. Null: it is not. */
  stop: Stop | null;
}

export type ToLiveJob =
  | { kind: 'stop'; how: Stop }
  /** For as many requests as were asked for. */
  | { kind: 'authorizations'; authorizations: readonly Authorization[] }
  /** How the org is reached now. */
  | { kind: 'passage'; id: number; passage: Passage | SamePassage };

/** A passage whose trust is the one that was told last: certificates are too much to tell for every request. */
export interface SamePassage {
  ways: readonly Way[];
  version: number;
}

export type FromLiveJob =
  /** For this many requests that are about to leave. */
  | { kind: 'authorize'; count: number }
  | { kind: 'passage'; id: number; url: string; version: number }
  | { kind: 'rejected'; header: AuthorizationHeader | null }
  | { kind: 'view'; view: LiveJobView }
  | { kind: 'reached'; how: Reachability }
  | { kind: 'ended'; end: LiveJobEnd | 'unread' | 'queued' }
  /** `words` are for people; null where only the detail is known. */
  | { kind: 'unreadable'; detail: string; words: string | null }
  /** `wayOut`: what a person can do where the disk or the database was in the way. */
  | { kind: 'crashed'; detail: string; wayOut: Message | null };

const task = workerData as LiveJobTask;
const tell = (message: FromLiveJob): void => parentPort?.postMessage(message);

/** Milliseconds between reports, however quickly chunks are answered. */
const REPORT_EVERY = 200;

let run: LiveJobRun | null = null;
let stopAsked = task.stop;

function hear(message: ToLiveJob): void {
  if (message.kind === 'stop') {
    stopAsked ??= message.how;
    run?.stop(message.how);
  } else if (message.kind === 'passage') passages.receive(message.id, message.passage);
  else {
    asked = 0;
    authorizations.push(...message.authorizations);
    handOut();
  }
}

parentPort?.on('message', hear);

/** Answers that were asked for and not used yet, and the requests that wait for one. */
const authorizations: Authorization[] = [];
const waiting: ((authorization: Authorization) => void)[] = [];
let asked = 0;

const passages = new ToldPassages((id, url, version) => tell({ kind: 'passage', id, url, version }));

const authorizer: Authorizer = {
  authorize: () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      handOut();
    }),
  rejected: (header) => {
    authorizations.length = 0;
    tell({ kind: 'rejected', header });
  },
};

/** Asks for a few at a time, and before the last is used: a question for each would wake the other thread for each. */
function handOut(): void {
  while (waiting.length > 0 && authorizations.length > 0) {
    waiting.shift()?.(authorizations.shift() as Authorization);
  }
  if (asked > 0 || authorizations.length > 0) return;
  asked = task.parallel;
  tell({ kind: 'authorize', count: asked });
}

async function work(connection: Database.Database): Promise<FromLiveJob> {
  const store = new LiveJobStore(connection);
  const pace = new JobPace();
  const report = reporter(() => tell({ kind: 'view', view: liveJobView(store, store.get(task.jobKey), pace) }));
  if (task.source !== null) {
    const failed = await readCustomers(connection, store, task.source, report);
    if (failed) return failed;
    if (store.get(task.jobKey).state === 'queued') return { kind: 'ended', end: 'queued' };
  }
  const { org, parallel, perSecond, times } = task;
  const exchanger = new Exchanger(parallel * 2, passages, times.exchange);
  try {
    run = new LiveJobRun({
      ...{ store, ledger: new LedgerStore(connection), job: store.get(task.jobKey) },
      ...{ org, parallel, exchanger, authorizer, times },
      // A twentieth of a second's worth, so that the ledger is never far ahead of the requests.
      ahead: Math.max(1, Math.min(parallel * 4, Math.floor(perSecond / 20))),
      rate: new RateLimit(task.rate),
      dice: Math.random,
      now: () => fromMilliseconds(Date.now()),
      changed: report,
      reached: (how) => tell({ kind: 'reached', how }),
    });
    if (stopAsked) run.stop(stopAsked);
    return { kind: 'ended', end: await run.run() };
  } finally {
    exchanger.close();
  }
}

async function readCustomers(
  connection: Database.Database,
  store: LiveJobStore,
  source: LiveJobSource | TakeBackOrder | ImportOrder,
  report: () => void,
): Promise<FromLiveJob | null> {
  const job = store.get(task.jobKey);
  try {
    // A pause can wait until the customers are read; only then is there something to go on with.
    const isOver = (): boolean => stopAsked === 'cancelled' || stopAsked === 'closed';
    // While a long line is read, no message arrives by itself.
    const poll = (): void => {
      const waiting = parentPort === null ? undefined : receiveMessageOnPort(parentPort);
      if (waiting) hear(waiting.message as ToLiveJob);
      if (isOver()) throw new ReadingStopped();
    };
    if (source.kind === 'take-back') return await readRecords(connection, store, source, isOver, poll, report);
    if (source.kind === 'import') return await readAwards(store, source, isOver, poll, report);
    const stream = openLiveSource(source, (file) => connectDatabase(file, ORG, true), poll);
    try {
      const reading = await readIntoChunks(store, job, stream, task.chunkSize, isOver, report);
      if (reading === null) return { kind: 'ended', end: 'unread' };
      store.transaction(() => {
        store.setTotal(job.key, reading.total, reading.description);
        setRead(store, job.key);
      });
      return null;
    } finally {
      stream.close();
    }
  } catch (error) {
    if (error instanceof Database.SqliteError) throw error;
    if (error instanceof ReadingStopped) return { kind: 'ended', end: 'unread' };
    return { kind: 'unreadable', detail: String(error), words: wordsOf(error) };
  }
}

/** Its customers are read: it runs, or waits, by what it was put to wait for meanwhile. */
function setRead(store: LiveJobStore, key: number): void {
  store.setState(key, waits(store.get(key)) ? 'queued' : 'running', null);
}

/** Reads the records of a take-back; where they are not those that a person was shown, nothing is sent. */
async function readRecords(
  connection: Database.Database,
  store: LiveJobStore,
  { rows, seal }: TakeBackOrder,
  isOver: () => boolean,
  poll: () => void,
  report: () => void,
): Promise<FromLiveJob | null> {
  const { key, action, remoteBadgeId } = store.get(task.jobKey);
  if (!takesBack(action)) throw new Error(`A job that gives (${action}) was started as one that takes back.`);
  const opened = openTakeBack(rows, { store, rows: new LiveJobRows(connection) }, poll);
  const reading = await readTakeBack(store, { key, action, remoteBadgeId }, opened, task.chunkSize, isOver, report);
  if (reading === null) return { kind: 'ended', end: 'unread' };
  if (reading.seal !== seal) {
    const words = inEnglish(message('jobs.takeBackMoved'));
    return { kind: 'unreadable', detail: reading.seal, words };
  }
  store.transaction(() => {
    store.setTotal(key, reading.total, describeTakeBack(rows));
    setRead(store, key);
  });
  return null;
}

/** Reads the awards of an import; where they are not those that a person was shown, nothing is sent. */
async function readAwards(
  store: LiveJobStore,
  { rows, again, seal }: ImportOrder,
  isOver: () => boolean,
  poll: () => void,
  report: () => void,
): Promise<FromLiveJob | null> {
  const { key, remoteBadgeId } = store.get(task.jobKey);
  const opened = openImport(rows, { remoteBadgeId, again }, fromMilliseconds(Date.now()), poll);
  const reading = await readImport(store, { key, remoteBadgeId, again }, opened, task.chunkSize, isOver, report);
  if (reading === null) return { kind: 'ended', end: 'unread' };
  if (reading.seal !== seal) {
    const words = inEnglish(message('jobs.importMoved'));
    return { kind: 'unreadable', detail: reading.seal, words };
  }
  store.transaction(() => {
    store.setTotal(key, reading.total, basename(rows.name));
    setRead(store, key);
  });
  return null;
}

/** What a person should read of an error: a failure's own words, or what stands in the place of a file. */
function wordsOf(error: unknown): string | null {
  if (error instanceof NotRegular)
    return inEnglish(message('jobs.customersUnreadableBecause', { reason: error.words }));
  return error instanceof Failure ? inEnglish(ofJob(error.words)) : null;
}

/** What is said of an input to someone who issues here, as a job says it: it sends. */
function ofJob(words: Message): Message {
  const { name = '', reason = '', question = '', most = 0 } = words.values;
  if (words.key === 'customers.unreadable') return message('jobs.fileUnreadable', { name, reason });
  if (words.key === 'tables.sayWhich') return message('jobs.fileAmbiguous', { name, question });
  return words.key === 'customers.tooMany' ? message('jobs.tooManyCustomers', { most }) : words;
}

function reporter(send: () => void): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      send();
    }, REPORT_EVERY).unref();
  };
}

let connection: Database.Database | undefined;
try {
  connection = connectDatabase(task.workspaceFile, WORKSPACE);
  tell(await work(connection));
} catch (thrown) {
  const error = databaseFailure(thrown, task.workspaceFile, message('store.goingOnWithJob'));
  const detail =
    error instanceof Failure ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  tell({ kind: 'crashed', detail, wayOut: wayOutOf(thrown, [task.workspaceFile]) });
} finally {
  connection?.close();
  parentPort?.close();
}
