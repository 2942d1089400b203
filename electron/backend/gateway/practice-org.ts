import { randomBytes, randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import { ORG } from '../../../db/kinds';
import { migrate } from '../../../db/migrate';
import { openDatabase } from '../../../db/open';
import { OrgListing } from '../../../db/org/org-listing';
import { ensureOrg, OrgStore } from '../../../db/org/org-store';
import type { RuleError } from '../../../shared/domain/codes';
import { fromMilliseconds, type Instant } from '../../../shared/domain/instant';
import { DEFAULT_SETTINGS, type OrgSettings } from '../../../shared/domain/settings';
import type { Answer } from '../../../shared/gateway/answer';
import { applyGiven, type Given } from '../../../shared/gateway/given';
import { answerRoute, type GatewayRequest, type Route } from '../../../shared/gateway/router';
import { CommitGroup } from './commit-group';

/** Printed as orgId by a practice org. */
const PRACTICE_ORG_ID = 100;

/** Children before the tables they refer to. */
const TABLES = [
  'refusals',
  'awards',
  'enrolments',
  'requests',
  'claims',
  'definitions',
  'badges',
  'groups',
  'custom_fields',
  'org_meta',
];

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
  readonly #writes = new CommitGroup<Answer>((work) => this.#store.transaction(work));
  #store: OrgStore;
  #stillClock: Instant | null;

  private constructor(connection: Database.Database, options: PracticeOrgOptions) {
    this.#connection = connection;
    this.#base = { ...DEFAULT_SETTINGS, ...options.settings };
    this.#stillClock = options.now;
    ensureOrg(connection, { orgId: PRACTICE_ORG_ID, salt: randomBytes(3).readUIntBE(0, 3), createdOn: this.now() });
    this.#store = new OrgStore(connection, this.#base);
    this.listing = new OrgListing(connection);
  }

  /** @throws Failure as openDatabase does, when the file is none of ours, damaged, or of a newer Laurel */
  static async open(options: PracticeOrgOptions): Promise<PracticeOrg> {
    const connection = options.file === null ? openInMemory() : (await openDatabase(options.file, ORG)).connection;
    // What was answered survives the end of this process either way; only after a power cut could the last calls of a
    // practice be missing, and waiting for the disk at each call would make a load test one of the disk.
    connection.pragma('synchronous = NORMAL');
    try {
      return new PracticeOrg(connection, options);
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

  /** Moves a still clock; one that runs stays with the machine's. */
  setClock(now: Instant): void {
    if (this.#stillClock !== null) this.#stillClock = now;
  }

  /** Answers one routed request. What it wrote is kept when this resolves. */
  answer(route: Route, request: GatewayRequest): Answer | Promise<Answer> {
    if (route.endpoint.writes) return this.#writes.add(() => this.#answerNow(route, request));
    this.#store.refresh();
    return this.#answerNow(route, request);
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
    const store = new OrgStore(this.#connection, { ...this.#base, ...given.settings });
    let errors: RuleError[];
    this.#connection.exec('BEGIN IMMEDIATE');
    try {
      for (const table of TABLES) this.#connection.exec(`DELETE FROM ${table}`);
      errors = applyGiven(store, given);
    } catch (error) {
      this.#connection.exec('ROLLBACK');
      throw error;
    }
    this.#connection.exec(errors.length > 0 ? 'ROLLBACK' : 'COMMIT');
    if (errors.length > 0) return errors;
    this.#store = new OrgStore(this.#connection, { ...this.#base, ...given.settings });
    this.setClock(given.now);
    return [];
  }

  /** Settings that hold from the next request on; those not named are the defaults. */
  configure(settings: Partial<OrgSettings>): void {
    this.#base = { ...DEFAULT_SETTINGS, ...settings };
    this.#store = new OrgStore(this.#connection, this.#base);
  }

  /** Takes everything out of the org. */
  empty(): void {
    this.#connection.exec('BEGIN IMMEDIATE');
    try {
      for (const table of TABLES) this.#connection.exec(`DELETE FROM ${table}`);
      this.#connection.exec('COMMIT');
    } catch (error) {
      if (this.#connection.inTransaction) this.#connection.exec('ROLLBACK');
      throw error;
    }
    this.#store = new OrgStore(this.#connection, this.#base);
  }

  close(): void {
    this.#connection.close();
  }
}

function openInMemory(): Database.Database {
  const connection = new Database(':memory:');
  migrate(connection, ORG.migrations, ORG.applicationId);
  connection.pragma('foreign_keys = ON');
  return connection;
}
