/** The backend process: opens the store, answers the page, and closes the store before it ends. Holds no rule itself. */
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { storeFiles } from '../../db/store-files';
import { contract, type Handlers } from '../../shared/ipc/contract';
import type { BackendProcessOptions, FileGrant } from '../../shared/ipc/control';
import { Failure } from '../../shared/ipc/errors';
import { message } from '../../shared/words/message';
import { serve, type Serving } from '../../shared/ipc/serve';
import type { WirePort } from '../../shared/ipc/wire';
import { inEnglish } from '../../shared/words/english';
import { openBackend, placeOf, type Backend } from './backend';
import { GrantedFiles } from './files/granted-files';
import { openLog, type BackendLog } from './process/log';
import { linkToMain } from './process/main-link';
import { shutStoreHandlers } from './store/shut-store';
import { MainProxies } from './network/system-proxies';
import { MainPrinter } from './report/main-printer';
import { MainSecrets } from './secrets/main-secrets';
import type { UpdateOrder } from '../../shared/ipc/updates';
import { workerUrl } from './process/worker-url';

/** Between a page that closes and its last words arriving; what it saved on its way out must still be stored. */
const LAST_CALLS_MS = 1_000;
/** Between the store being open and the watch over main. */
const WATCH_AFTER_MS = 1_000;
/** Without a call for this long, the page has drawn what its first calls brought. */
const QUIET_MS = 100;
/** Whoever calls, and whether anybody does: after this long the store is checked whole. */
const UNCHECKED_MS = 1_000;
/** How long closing may take when a signal asks for it: no longer than main would wait. */
const CLOSING_MS = 9_000;
/** The same when main is gone: somebody may be starting Laurel again, and the workspace is shut until then. */
const ORPHANED_MS = 1_000;

let logging: BackendLog | null = null;
let backend: Pick<Backend, 'handlers' | 'grantFile' | 'fetchUpdate' | 'close'> | null = null;
let ending = false;
const waitingPages: WirePort[] = [];
const waitingGrants: FileGrant[] = [];
const servings = new Set<Serving>();
const fetching = new Map<number, AbortController>();
/** Is told of each call, as long as somebody waits for the calls to pause. */
let onCall: (() => void) | null = null;
/** Answers with the backend of the moment: a store that is found damaged later is shut to pages that are there already. */
const answering = Object.fromEntries(
  Object.keys(contract).map((name) => [
    name,
    (...given: unknown[]) => {
      onCall?.();
      const handlers = backend?.handlers as Readonly<Record<string, (...given: unknown[]) => unknown>> | undefined;
      return handlers?.[name]?.(...given);
    },
  ]),
) as unknown as Handlers;

const main = linkToMain({
  onMessage(message) {
    switch (message.kind) {
      case 'open':
        void open(message.options);
        break;
      case 'grant-file':
        if (backend) grant(backend, message.grant);
        else waitingGrants.push(message.grant);
        main.send({ kind: 'granted', token: message.grant.token });
        break;
      case 'secret-answer':
        secrets.receive(message.id, message.answer);
        break;
      case 'proxy-answer':
        proxies.receive(message.id, message.answer);
        break;
      case 'fetch-update':
        void fetchUpdate(message.id, message.order);
        break;
      case 'stop-fetching':
        fetching.get(message.id)?.abort();
        break;
      case 'print-answer':
        printer.receive(message.id, message.answer);
        break;
      case 'shutdown':
        void end();
        break;
    }
  },
  onPage(port) {
    if (backend) answerPage(port);
    else waitingPages.push(port);
  },
  onGone: gone,
});

/** Credentials are in main's hands; they are asked for one request at a time. */
const secrets = new MainSecrets((id, question) => main.send({ kind: 'secret-question', id, question }));

/** What the operating system says about proxies only Electron can find out. */
const proxies = new MainProxies((id, origin) => main.send({ kind: 'proxy-question', id, origin }));

/** Only main has what prints. */
const printer = new MainPrinter((id, page) => main.send({ kind: 'print-question', id, page }));

// A terminal's Ctrl+C reaches every process of its group. Main hears it too, and tells this one when to end.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => {
  void end();
  setTimeout(() => process.exit(1), CLOSING_MS).unref();
});
/** A thread of its own takes a tenth of a second to begin; the first rows come before it. Main's end is seen also then. */
function watchMain(): void {
  const watch = new Worker(workerUrl('parent-watch'));
  watch.once('message', gone);
  watch.unref();
}
process.on('uncaughtException', (error) => {
  logging?.log.fatal({ err: error }, 'the backend failed');
  console.error(error);
  process.exit(70);
});

async function open(options: BackendProcessOptions): Promise<void> {
  try {
    logging = openLog(options.logFolder);
    const { log } = logging;
    log.info(
      { version: options.appVersion, runtime: inEnglish(options.runtime), node: process.versions.node },
      'starting',
    );
    const { workspacePath, appVersion, runtime } = options;
    const opened = await openBackend({
      workspacePath,
      role: 'window',
      whole: 'later',
      appVersion,
      runtime,
      log,
      logFolder: options.logFolder,
      newZone: { from: options.zoneFrom, isTold: options.tellsZone },
      sync: { secrets },
      network: { system: proxies },
      print: printer.print,
    });
    takeOver(opened);
    main.send({ kind: 'ready' });
    log.info({ notices: opened.notices.map(inEnglish) }, 'ready');
    // The first rows do not wait until the files are read through.
    await untilCallsPause();
    if (!ending) begin(opened, options);
  } catch (error) {
    shutFor(error, options);
  }
  setTimeout(watchMain, WATCH_AFTER_MS).unref();
}

/** Checks the files whole and starts what goes on by itself; where they are damaged, the store is closed and shut. */
function begin(opened: Backend, options: BackendProcessOptions): void {
  try {
    opened.begin();
  } catch (error) {
    shutFor(error, options);
    opened.close().catch((reason: unknown) => {
      logging?.log.error({ err: reason }, 'the damaged store did not close cleanly');
    });
  }
}

/** Settles when calls have come and none has for a moment, and after a second at the latest. */
function untilCallsPause(): Promise<void> {
  return new Promise((resolve) => {
    let pause: NodeJS.Timeout | undefined;
    const latest = setTimeout(done, UNCHECKED_MS);
    function done(): void {
      onCall = null;
      clearTimeout(pause);
      clearTimeout(latest);
      resolve();
    }
    onCall = () => {
      clearTimeout(pause);
      pause = setTimeout(done, QUIET_MS);
    };
  });
}

function shutFor(error: unknown, options: BackendProcessOptions): void {
  logging?.log.error({ err: error }, 'the store could not be opened');
  if (!(error instanceof Failure)) console.error(error);
  const failure =
    error instanceof Failure
      ? error
      : new Failure(
          'internal',
          message('store.notOpened', { reason: error instanceof Error ? error.message : String(error) }),
        );
  takeOver(shut(options, failure));
  main.send({ kind: 'failed', failure: failure.toWire() });
}

function takeOver(opened: NonNullable<typeof backend>): void {
  backend = opened;
  for (const entry of waitingGrants.splice(0)) grant(opened, entry);
  for (const port of waitingPages.splice(0)) answerPage(port);
}

/** What stands in for a backend whose store cannot be opened: it knows of backups and diagnostics only. */
function shut(options: BackendProcessOptions, failure: Failure): NonNullable<typeof backend> {
  const { appVersion, runtime, logFolder } = options;
  const workspaceFile = placeOf(options.workspacePath);
  const files = new GrantedFiles([storeFiles(workspaceFile)]);
  return {
    handlers: shutStoreHandlers({ workspaceFile, failure, files, appVersion, runtime, logFolder }),
    grantFile: (token, file) => files.grant(token, file),
    // The settings of the network are in the workspace: nobody knows by which way to go.
    fetchUpdate: () => Promise.resolve({ kind: 'failed', said: message('updates.noEngine') }),
    close: () => Promise.resolve(),
  };
}

async function fetchUpdate(id: number, order: UpdateOrder): Promise<void> {
  const abort = new AbortController();
  fetching.set(id, abort);
  const onProgress = (bytes: number): void => main.send({ kind: 'update-progress', id, bytes });
  const answer = (await backend?.fetchUpdate(order, onProgress, abort.signal)) ?? {
    kind: 'failed',
    said: message('updates.noEngine'),
  };
  fetching.delete(id);
  main.send({ kind: 'update-fetched', id, answer });
}

/** Nobody is left who could answer, or be answered. What is not written by then, the next start finds out. */
function gone(): void {
  void end(0);
  setTimeout(() => process.exit(1), ORPHANED_MS);
}

function answerPage(port: WirePort): void {
  if (!logging) return;
  const serving = serve(answering, contract, port, logging.log);
  servings.add(serving);
  void serving.ended.then(() => servings.delete(serving));
}

function grant(opened: Pick<Backend, 'grantFile'>, { token, path, name, bytes, mode }: FileGrant): void {
  opened.grantFile(token, { path, name, bytes, mode });
}

/** @param patience for the last calls of pages, in milliseconds */
async function end(patience = LAST_CALLS_MS): Promise<void> {
  if (ending) return;
  ending = true;
  // The pages are closing. Their last calls are answered; jobs they leave behind are cancelled as their ports close.
  await Promise.race([Promise.all([...servings].map((serving) => serving.ended)), wait(patience)]);
  const left = [...servings];
  for (const serving of left) serving.close();
  await Promise.all(left.map((serving) => serving.ended));
  try {
    await backend?.close();
    logging?.log.info({}, 'closed');
  } catch (error) {
    logging?.log.error({ err: error }, 'the store did not close cleanly');
  }
  logging?.close();
  process.exit(0);
}
