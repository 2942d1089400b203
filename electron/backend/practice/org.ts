import { randomBytes, randomUUID } from 'node:crypto';
import type Database from 'better-sqlite3';
import { databaseFailure, opening } from '../../../db/failures';
import { FileIdentity } from '../../../db/file-identity';
import { ORG } from '../../../db/kinds';
import { lockFile, type FileLock } from '../../../db/lock';
import { migrate } from '../../../db/migrate';
import { openDatabase } from '../../../db/open';
import { emptyOrg } from '../../../db/org/empty-org';
import { becomeOrg, orgOfImage, takeImage, UnusableImage } from '../../../db/org/org-image';
import { OrgListing } from '../../../db/org/org-listing';
import { ensureOrg, OrgStore } from '../../../db/org/org-store';
import type { RuleError } from '../../../shared/domain/codes';
import { fromMilliseconds, type Instant } from '../../../shared/domain/instant';
import { DEFAULT_SETTINGS, type OrgSettings } from '../../../shared/domain/settings';
import type { Answer } from '../../../shared/gateway/answer';
import { badgeView } from '../../../shared/gateway/badge-view';
import { applyGiven, type Given } from '../../../shared/gateway/given';
import { answerRoute, type GatewayRequest, type Route } from '../../../shared/gateway/router';
import { Failure } from '../../../shared/ipc/errors';
import { CommitGroup } from './commit-group';
import { fillOrg, type FilledOrg, type PulledOrg } from './states/fill-org';
import type { SavedState } from './states/saved-state';
import { connectSqlite } from '../../../db/sqlite';
import { message, type Message } from '../../../shared/words/message';

/** Printed as orgId by a practice org. */
const PRACTICE_ORG_ID = 100;

export interface PracticeOrgOptions {
  /** Absolute path of the org's own file; null keeps the org in memory. */
  file: string | null;
  settings: Partial<OrgSettings>;
  /** The clock stands still here until it is set; null: the machine's clock. */
  now: Instant | null;
}

/** An org to practise against: its store, its clock, and the request functions over both. */
export class PracticeOrg {
  /** What the org holds, for people to look at. */
  readonly listing: OrgListing;
  readonly #connection: Database.Database;
  #base: Readonly<OrgSettings>;
  readonly #writes = new CommitGroup<Answer>((work) => this.#transaction(work));
  /** Null for an org in memory, which nobody can take away. */
  readonly #data: { lock: FileLock; identity: FileIdentity } | null;
  #store: OrgStore;
  #stillClock: Instant | null;

  private constructor(connection: Database.Database, lock: FileLock | null, options: PracticeOrgOptions) {
    this.#connection = connection;
    this.#data = lock && { lock, identity: new FileIdentity(connection.name) };
    this.#base = { ...DEFAULT_SETTINGS, ...options.settings };
    this.#stillClock = options.now;
    ensureOrg(connection, { orgId: PRACTICE_ORG_ID, salt: randomBytes(3).readUIntBE(0, 3), createdOn: this.now() });
    this.#store = new OrgStore(connection, this.#base);
    this.listing = new OrgListing(connection);
  }

  /**
   * @throws Failure as openDatabase does, when the file is none of ours, damaged, or of a newer Laurel, and when another
   *   practice org or a workspace has it open: two orgs over one file would each answer from what they remember
   */
  static async open(options: PracticeOrgOptions): Promise<PracticeOrg> {
    const { file } = options;
    if (file === null) return PracticeOrg.#over(openInMemory(), null, options);
    const lock = lockFile(file, 'practice');
    try {
      const { connection } = await openDatabase(file, ORG);
      return PracticeOrg.#over(connection, lock, options);
    } catch (error) {
      lock.release();
      throw databaseFailure(error, file, opening(file));
    }
  }

  static #over(connection: Database.Database, lock: FileLock | null, options: PracticeOrgOptions): PracticeOrg {
    // What was answered survives the end of this process either way; only after a power cut could the last calls of a
    // practice be missing, and waiting for the disk at each call would make a load test one of the disk.
    try {
      connection.pragma('synchronous = NORMAL');
      return new PracticeOrg(connection, lock, options);
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  get store(): OrgStore {
    return this.#store;
  }

  get hasStillClock(): boolean {
    return this.#stillClock !== null;
  }

  now(): Instant {
    return this.#stillClock ?? fromMilliseconds(Date.now());
  }

  /** Where the clock stands; null: it runs with the machine's. */
  get clock(): Instant | null {
    return this.#stillClock;
  }

  /** Moves a still clock; one that runs stays with the machine's. */
  setClock(now: Instant): void {
    if (this.#stillClock !== null) this.#stillClock = now;
  }

  /** Has the clock stand, or run with the machine's again. */
  chooseClock(clock: Instant | null): void {
    this.#stillClock = clock;
  }

  /**
   * Answers one routed request. What it wrote is kept when this resolves.
   *
   * @throws Failure `database` when the data file was deleted, moved or replaced, or cannot be written
   */
  answer(route: Route, request: GatewayRequest): Answer | Promise<Answer> {
    this.requireData();
    if (route.endpoint.writes) return this.#writes.add(() => this.#answerNow(route, request));
    this.#store.refresh();
    return this.#answerNow(route, request);
  }

  /** @throws Failure `database` when the data file was deleted, moved or replaced while it was open */
  requireData(): void {
    this.#data?.identity.require();
  }

  #transaction<T>(work: () => T): T {
    try {
      const result = this.#store.transaction(work);
      // What was committed to a file without a name is not kept: no request of the group may be told that it is.
      this.requireData();
      return result;
    } catch (error) {
      throw databaseFailure(error, this.#connection.name, message('store.keepingRequest'));
    }
  }

  #answerNow(route: Route, request: GatewayRequest): Answer {
    return answerRoute(this.#store, route, request, { now: this.now(), newBatchId: randomUUID });
  }

  /**
   * Empties the org and brings it to a given state, wholly or not at all.
   *
   * @returns why the state is refused; empty when it holds
   */
  give(given: Given): RuleError[] {
    this.requireData();
    const store = new OrgStore(this.#connection, { ...this.#base, ...given.settings });
    const errors = this.#anew(message('store.fillingPractice'), () => applyGiven(store, given));
    if (errors.length > 0) return errors;
    this.#store = new OrgStore(this.#connection, { ...this.#base, ...given.settings });
    this.setClock(given.now);
    this.requireData();
    return [];
  }

  /** Settings that hold from the next request on; those not named are the defaults. */
  configure(settings: Partial<OrgSettings>): void {
    this.#base = { ...DEFAULT_SETTINGS, ...settings };
    this.#store = new OrgStore(this.#connection, this.#base);
  }

  /** Takes everything out of the org. */
  empty(): void {
    this.requireData();
    this.#anew(message('store.emptyingPractice'), () => []);
    this.#store = new OrgStore(this.#connection, this.#base);
  }

  /**
   * Takes everything out of the org and does what follows, in one transaction. It is taken back where that is refused.
   *
   * @throws Failure `database` when the data file cannot be written
   */
  #anew(doing: Message, fill: () => RuleError[]): RuleError[] {
    try {
      this.#connection.exec('BEGIN IMMEDIATE');
      emptyOrg(this.#connection);
      const errors = fill();
      this.#connection.exec(errors.length > 0 ? 'ROLLBACK' : 'COMMIT');
      return errors;
    } catch (error) {
      if (this.#connection.inTransaction) this.#connection.exec('ROLLBACK');
      throw databaseFailure(error, this.#connection.name, doing);
    }
  }

  /**
   * Empties the org and fills it with what was pulled from a live one, in its zone.
   *
   * @throws Failure `database` when the data file cannot be written; the org is then as it was
   */
  fill(pulled: PulledOrg): FilledOrg {
    this.requireData();
    const base = { ...this.#base, zone: pulled.timeZone };
    const store = new OrgStore(this.#connection, base);
    let filled: FilledOrg | null = null;
    this.#anew(message('store.fillingPractice'), () => {
      filled = fillOrg(store, pulled);
      return [];
    });
    this.#base = base;
    this.#store = new OrgStore(this.#connection, base);
    this.requireData();
    return filled as unknown as FilledOrg;
  }

  /**
   * The org as it is now, under a name: all it holds, its settings and its clock.
   *
   * @throws Failure `invalid-input` when it is too large for a state
   */
  saved(name: string): SavedState {
    this.requireData();
    return {
      name,
      savedOn: fromMilliseconds(Date.now()),
      clock: this.#stillClock,
      settings: this.#store.settings,
      org: takeImage(this.#connection),
    };
  }

  /**
   * Makes the org what a state says, wholly or not at all: every badge, claim, record, request and id is as it was when
   * the state was saved, its rules and its clock too. What the org held before is gone.
   *
   * @throws Failure `invalid-input` or `database-newer` when the state cannot be used; `database` when the data file
   *   cannot be written. The org is then as it was
   */
  restore(state: SavedState): void {
    this.requireData();
    const source = sourceOf(state);
    try {
      this.#anew(message('practiceStates.restoring'), () => {
        becomeOrg(this.#connection, source);
        return [];
      });
    } finally {
      source.close();
    }
    this.#base = { ...state.settings };
    this.#store = new OrgStore(this.#connection, this.#base);
    this.#stillClock = state.clock;
    this.requireData();
  }

  close(): void {
    this.#connection.close();
    this.#data?.lock.release();
  }
}

/**
 * A practice org in memory, put into a state: for tests, and for whoever asks what the org would answer.
 * The caller closes it.
 *
 * @throws Failure `invalid-input` or `database-newer` when the state cannot be used
 */
export async function openOrgInState(state: SavedState): Promise<PracticeOrg> {
  const org = await PracticeOrg.open({ file: null, settings: state.settings, now: state.clock });
  try {
    org.restore(state);
    return org;
  } catch (error) {
    org.close();
    throw error;
  }
}

/** The org of a state on its own, its badges looked at as a caller would. @throws Failure */
function sourceOf(state: SavedState): Database.Database {
  let source: Database.Database | null = null;
  try {
    source = orgOfImage(state.org);
    const store = new OrgStore(source, state.settings);
    for (const row of new OrgListing(source).badges('', 0, Number.MAX_SAFE_INTEGER).rows) {
      requireReadable(store, row.id, state.clock ?? state.savedOn);
    }
    return source;
  } catch (error) {
    source?.close();
    if (!(error instanceof UnusableImage)) throw error;
    throw new Failure('invalid-input', message('practiceStates.unusable', { name: state.name, what: error.words }));
  }
}

/** @throws UnusableImage for a badge whose rules the text of a state does not say */
function requireReadable(store: OrgStore, id: string, now: Instant): void {
  try {
    const badge = store.findBadge(id);
    if (badge && JSON.stringify(badgeView(store, badge, now, { withCounts: true, withCurrentCycle: true }))) return;
  } catch {
    // Told below: how it fails depends on what is missing.
  }
  throw new UnusableImage(message('practiceStates.oddBadge', { badge: id }));
}

function openInMemory(): Database.Database {
  const connection = connectSqlite(':memory:');
  migrate(connection, ORG.migrations, ORG.applicationId);
  connection.pragma('foreign_keys = ON');
  return connection;
}
