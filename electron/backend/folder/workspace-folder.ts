import { statSync } from 'node:fs';
import path from 'node:path';
import { folderPathOf } from './kept-folder';
import type { DocumentDifference } from '../../../shared/gateway/merge-documents';
import type { FolderAction, FolderCounts, FolderLook, FolderState } from '../../../shared/ipc/folder-contract';
import { Failure } from '../../../shared/ipc/errors';
import type { CancelSignal } from '../../../shared/ipc/method';
import { message, type MessagePart } from '../../../shared/words/message';
import { causeOf, codeOf } from '../../disk/system-reasons';
import { refuseDeletion } from '../badges/removal';
import type { BackendContext, OrgView } from '../context';
import { documentAt, placeOfDocument } from '../../../shared/ipc/folder-contract';
import { documentDifferences, DocumentWork, type DocumentPair, type DocumentPlan } from './document-work';
import { DOCUMENT_ENDINGS } from './documents';
import { type Designs, FolderWork, type FolderPlan } from './folder-work';
import { isGitBusy } from './git-busy';
import { FolderScan } from './scan';
import type { Pair, PairDifferences } from './standing';
import { watchFolder, type FolderWatch } from './watch';

/** How often it is looked whether a draft moved; asking costs microseconds. */
const STORE_LOOK_MS = 250;
/** How often the folder is looked at without being told of a change: drives of a network tell of few, or none. */
const SLOW_LOOK_MS = 15_000;
/** While the folder is not there, or git is at work in it. */
const WAIT_MS = 1_000;
/** Looks one after the other where something moves all the time; the next one comes by itself. */
const MOST_ROUNDS = 5;

type Context = Pick<BackendContext, 'workspace' | 'now' | 'randomBytes' | 'log' | 'beforeDeletion'>;

interface Opened {
  path: string;
  scan: FolderScan;
  badges: FolderWork;
  documents: DocumentWork;
}

interface Plans {
  badges: FolderPlan;
  documents: DocumentPlan;
}

/** Both sides of a question: of a badge, or of another document. */
export type Compared =
  | { kind: 'badge'; pair: Pair; found: PairDifferences; designs: Designs | null }
  | { kind: 'document'; differences: readonly DocumentDifference[] };

/** The folder that a workspace shares its badges with, as long as the workspace is open. */
export class WorkspaceFolder {
  readonly #context: Context;
  readonly #org: OrgView;
  readonly #ondeleted: (ids: readonly string[]) => void;
  #state: FolderState = EMPTY;
  #opened: Opened | null = null;
  #watch: FolderWatch | null = null;
  #timers: NodeJS.Timeout[] = [];
  #isWatching = false;
  #isClosed = false;
  /** One look, or one decision, after the other. */
  #turn: Promise<unknown> = Promise.resolve();
  #isWaiting = false;
  #storeSeen = -1;
  #lastLook = 0;
  readonly #listeners = new Set<() => void>();

  /** @param ondeleted told what was put into the trash because its file was removed */
  constructor(context: Context, org: OrgView, ondeleted: (ids: readonly string[]) => void) {
    this.#context = context;
    this.#org = org;
    this.#ondeleted = ondeleted;
    this.#open(folderPathOf(context.workspace.settings));
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  get state(): FolderState {
    return this.#state;
  }

  /** Looks by itself from now on: at every change of a draft or a file, and from time to time. */
  start(): void {
    this.#isWatching = true;
    this.#rewatch();
    this.#timers = [setInterval(() => this.#tick(), STORE_LOOK_MS).unref()];
  }

  /** Works with another folder from now on, or with none; files and drafts stay as they are. */
  async choose(folder: string | null): Promise<FolderState> {
    await this.#alone(async () => {
      const { settings, folder: files } = this.#context.workspace;
      if (folder !== this.#opened?.path) {
        files.clear();
        for (const file of settings.keptBelow('folderBase:').keys()) settings.forget(`folderBase:${file}`);
      }
      if (folder === null) settings.forget('folder');
      else settings.keep('folder', { path: folder });
      this.#open(folder);
      this.#rewatch();
      return Promise.resolve();
    });
    return this.sync();
  }

  /** What working with a folder would do. Nothing is changed. @throws Failure where it cannot be read */
  async look(folder: string): Promise<FolderLook> {
    if (folder !== this.#opened?.path && this.#opened !== null)
      throw new Failure('conflict', message('folder.leaveFirst'));
    return this.#alone(async () => {
      const { scan, badges, documents } = this.#openedAt(folder);
      try {
        const found = await scan.look();
        const [one, other] = [badges.weigh(await badges.plan(found)), documents.weigh(documents.plan(found))];
        return {
          ...{ folder, ...sumOf(one, other), documents: sumOf(null, other), same: one.same + other.same },
          questions: one.questions + other.questions,
        };
      } catch (error) {
        if (error instanceof Failure || codeOf(error) === undefined) throw error;
        throw new Failure('invalid-input', message('folder.unread', { folder, reason: causeOf(error) }));
      }
    });
  }

  /** Brings folder and drafts to each other, as far as nobody has to be asked. Never rejects. */
  sync(): Promise<FolderState> {
    return this.#alone(() => this.#sync());
  }

  /** Answers as soon as the state has another number than this one. */
  async next(known: number, signal: CancelSignal): Promise<FolderState> {
    while (this.#state.number === known && !signal.aborted && !this.#isClosed) {
      await new Promise<void>((resolve) => {
        const done = (): void => {
          this.#listeners.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        this.#listeners.add(done);
        signal.addEventListener('abort', done);
      });
    }
    return this.#state;
  }

  /** In what draft and file of a place differ. @throws Failure `conflict` where they are no pair that can be compared */
  compare(place: string): Promise<Compared> {
    return this.#alone(async () => {
      if (documentAt(place) !== null) {
        const pair = await this.#documentAt(place);
        const differences = documentDifferences(pair);
        if (differences === null) throw new Failure('conflict', message('folder.noLongerDiffers'));
        return { kind: 'document', differences };
      }
      const { pair, work } = await this.#pairAt(place);
      const found = work.differences(pair);
      if (found === null) throw new Failure('conflict', message('folder.noLongerDiffers'));
      const isDrawn = found.art !== null && found.art !== 'same-on-both';
      return { kind: 'badge', pair, found, designs: isDrawn ? await work.designs(pair) : null };
    });
  }

  /** Takes one side of some differences. @throws Failure `conflict` */
  async resolve(place: string, choices: readonly { unit: string; take: 'draft' | 'file' }[]): Promise<FolderState> {
    await this.#alone(async () => {
      if (documentAt(place) === null) {
        const { pair, work } = await this.#pairAt(place);
        await work.resolve(pair, choices);
      } else {
        const pair = await this.#documentAt(place);
        this.#opened?.documents.resolve(pair, new Map(choices.map(({ unit, take }) => [unit, take])));
      }
      this.#tell({ drafts: this.#state.drafts + 1 });
    });
    return this.sync();
  }

  /** Carries out what a person decided. @throws Failure of deleting or writing; what was decided before it stays */
  async settle(places: readonly string[], action: FolderAction): Promise<FolderState> {
    await this.#alone(async () => {
      const plan = await this.#plan();
      if (plan === null || this.#opened === null) return;
      const wanted = new Set(places);
      const trash: string[] = [];
      for (const pair of plan.badges.pairs) {
        if (!wanted.has(pair.place)) continue;
        if ((await this.#opened.badges.settle(pair, action)) === 'trash') trash.push(pair.draft.id);
      }
      for (const pair of plan.documents.pairs)
        if (wanted.has(placeOfDocument(pair.file))) await this.#opened.documents.settle(pair, action);
      if (trash.length > 0) await this.#discard(trash);
      this.#tell({ drafts: this.#state.drafts + 1 });
    });
    return this.sync();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const timer of this.#timers) clearInterval(timer);
    this.#wake();
    await this.#watch?.close();
    await this.#turn;
  }

  async #discard(ids: readonly string[]): Promise<void> {
    const { workspace, now, beforeDeletion } = this.#context;
    await beforeDeletion(ids.length);
    const { deletable, refused } = refuseDeletion(workspace.removal.candidates(ids), this.#org);
    workspace.removal.delete(deletable, now());
    if (deletable.length > 0) this.#ondeleted(deletable);
    const [first] = refused;
    if (first !== undefined)
      throw new Failure('conflict', message('folder.notTrashed', { name: first.name, reason: first.reason }));
  }

  #open(folder: string | null): void {
    if (folder === null) {
      this.#opened = null;
      this.#tell({ folder: null, presence: 'none', ...NOTHING_SEEN });
      return;
    }
    this.#opened = this.#openedAt(folder);
    this.#tell({ folder, presence: this.#opened.scan.isThere() ? 'there' : 'absent', ...NOTHING_SEEN });
    this.#storeSeen = -1;
    this.#lastLook = 0;
  }

  #openedAt(folder: string): Opened {
    const scan = new FolderScan(folder, DOCUMENT_ENDINGS);
    const [badges, documents] = [new FolderWork(this.#context, scan), new DocumentWork(this.#context, scan)];
    return { path: folder, scan, badges, documents };
  }

  #rewatch(): void {
    void this.#watch?.close();
    this.#watch = null;
    const opened = this.#opened;
    if (!this.#isWatching || this.#isClosed || opened?.scan.isThere() !== true) return;
    this.#watch = watchFolder(opened.path, () => this.#wish());
  }

  /** A look that is asked for while one waits is that one. */
  #wish(): void {
    if (this.#isWaiting || this.#isClosed) return;
    this.#isWaiting = true;
    void this.#alone(() => {
      this.#isWaiting = false;
      return this.#sync();
    });
  }

  #tick(): void {
    if (this.#opened === null || this.#isWaiting || this.#isClosed) return;
    const since = performance.now() - this.#lastLook;
    const isUsual = this.#state.presence === 'there';
    const isMoved = isUsual && this.#context.workspace.folder.changes() !== this.#storeSeen;
    if (isMoved || since > (isUsual ? SLOW_LOOK_MS : WAIT_MS)) this.#wish();
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #pairAt(place: string): Promise<{ pair: Pair; work: FolderWork }> {
    const plan = await this.#plan();
    const pair = plan?.badges.pairs.find((one) => one.place === place && one.step === 'merge');
    if (pair === undefined || this.#opened === null) throw new Failure('conflict', message('folder.noLongerDiffers'));
    return { pair, work: this.#opened.badges };
  }

  async #documentAt(place: string): Promise<DocumentPair> {
    const plan = await this.#plan();
    const pair = plan?.documents.pairs.find((one) => placeOfDocument(one.file) === place && one.step === 'merge');
    if (pair === undefined) throw new Failure('conflict', message('folder.noLongerDiffers'));
    return pair;
  }

  /** Null where the folder is not there, or cannot be read just now; the state says so then. */
  async #plan(): Promise<Plans | null> {
    const opened = this.#opened;
    if (opened === null) return null;
    if (!opened.scan.isThere()) {
      this.#tell({ presence: 'absent', trouble: null });
      return null;
    }
    if (isGitBusy(opened.path, Date.now())) {
      this.#tell({ presence: 'busy' });
      return null;
    }
    try {
      const found = await opened.scan.look();
      const badges = await opened.badges.plan(found);
      return { badges, documents: opened.documents.plan(found) };
    } catch (error) {
      if (!(error instanceof Failure) && codeOf(error) === undefined) throw error;
      // Gone while it was being listed.
      if (!opened.scan.isThere()) this.#tell({ presence: 'absent', trouble: null });
      else this.#tell({ presence: 'unread', trouble: causeOf(error) });
      return null;
    }
  }

  async #sync(): Promise<FolderState> {
    this.#lastLook = performance.now();
    if (this.#opened === null || this.#isClosed) return this.#state;
    if (this.#state.presence === 'absent' && this.#opened.scan.isThere()) this.#rewatch();
    try {
      await this.#rounds(this.#opened);
    } catch (error) {
      this.#context.log.error({ err: error }, 'the workspace folder could not be looked at');
      this.#tell({ presence: 'unread', trouble: causeOf(error) });
    }
    this.#lastLook = performance.now();
    return this.#state;
  }

  async #rounds(opened: Opened): Promise<void> {
    const { folder } = this.#context.workspace;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const seen = folder.changes();
      const plan = await this.#plan();
      if (plan === null) return;
      const isClosed = (): boolean => this.#isClosed;
      const ofBadges = await opened.badges.carryOut(plan.badges, isClosed);
      const ofDocuments = await opened.documents.carryOut(plan.documents, isClosed);
      const done = sumOf(ofBadges, ofDocuments);
      const again = ofBadges.again || ofDocuments.again;
      const questions = [...ofBadges.questions, ...ofDocuments.questions];
      const isDone = Object.values(done).every((count) => count === 0);
      const drafts = done.taken + done.made + done.revived > 0 ? this.#state.drafts + 1 : this.#state.drafts;
      const badges = plan.badges.badges + ofBadges.made;
      const documents = plan.documents.documents + ofDocuments.made;
      this.#tell({
        ...{ presence: 'there', trouble: null, badges, documents, questions, drafts },
        ...(isDone ? {} : { last: round === 0 ? done : sumOf(this.#state.last, done) }),
      });
      if (isDone && !again) {
        // What this look itself wrote is no reason for another one; what others wrote meanwhile is.
        this.#storeSeen = folder.changes() === seen ? seen : -1;
        return;
      }
    }
  }

  #tell(change: Partial<Omit<FolderState, 'number'>>): void {
    const next = { ...this.#state, ...change };
    if (JSON.stringify(next) === JSON.stringify(this.#state)) return;
    this.#state = { ...next, number: this.#state.number + 1 };
    this.#wake();
  }

  #wake(): void {
    for (const listener of this.#listeners) listener();
  }
}

const EMPTY: FolderState = {
  ...{ number: 0, drafts: 0, folder: null, presence: 'none', trouble: null },
  ...{ badges: 0, documents: 0, questions: [], last: null },
};
const NOTHING_SEEN = { trouble: null, badges: 0, documents: 0, questions: [], last: null } as const;

function sumOf(before: FolderCounts | null, now: FolderCounts): FolderCounts {
  if (before === null) return now;
  return {
    written: before.written + now.written,
    taken: before.taken + now.taken,
    made: before.made + now.made,
    removed: before.removed + now.removed,
    revived: before.revived + now.revived,
  };
}

/** Refuses a folder in which Laurel keeps its own, or that is none. @throws Failure `invalid-input` */
export function requireFolder(folder: string, name: string): void {
  let reason: MessagePart | null = null;
  try {
    if (!statSync(folder).isDirectory()) reason = message('system.pathIsFile');
  } catch (error) {
    reason = causeOf(error);
  }
  if (path.parse(folder).root === folder) reason = message('folder.wholeDrive');
  if (reason !== null) throw new Failure('invalid-input', message('folder.unread', { folder: name, reason }));
}
