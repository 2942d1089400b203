import type { Database, Statement } from 'better-sqlite3';
import { and, count, eq, gt, isNotNull, max, ne, sql, sum } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { BadgeDefinition, Claim } from '../../shared/domain/badge';
import type { RuleError } from '../../shared/domain/codes';
import type { Instant } from '../../shared/domain/instant';
import { keyOfRecordId, recordId } from '../../shared/domain/object-id';
import {
  isWithin,
  type Award,
  type BadgeCounts,
  type BadgeGroup,
  type CountedBy,
  type CustomerIdentifierKind,
  type CustomField,
  type Enrolment,
  type IssuanceKind,
  type IssuanceRequest,
  type OrgMeta,
  type OrgState,
  type SeenCustomers,
  type Span,
  type StoredBadge,
} from '../../shared/domain/org';
import type { OrgSettings } from '../../shared/domain/settings';
import { prepareForDriver } from '../driver-statements';
import { given, givenColumns } from '../given';
import { lazily } from '../lazily';
import { isRecord, jsonOr } from '../stored-json';
import { readSettings } from '../stored-settings';
import { AwardTallies } from './award-tallies';
import { BadgeStore } from './badge-store';
import { CustomerFilter } from './customer-filter';
import { OrgCatalog } from './org-catalog';
import { RecordStore, type AwardRecord, type EnrolmentRecord } from './record-store';
import { RequestStore, type OpenRequest, type Refusal, type RequestCircumstances } from './request-store';
import { awards, badges, customFields, groups, org as orgTable, requests } from './schema';

const USER = 1;

/** Writes the one row that says what org a file holds; a file that has it is left alone. */
export function ensureOrg(connection: Database, org: OrgMark): void {
  drizzle(connection)
    .insert(orgTable)
    .values({ key: 1, settings: '{}', ...org })
    .onConflictDoNothing()
    .run();
}

/** What tells one org file from another: drawn and noted when it was made, and never changed. */
export interface OrgMark {
  orgId: number;
  salt: number;
  createdOn: Instant;
}

/** The mark of an org file that {@link ensureOrg} has prepared. */
export function orgMarkOf(connection: Database): OrgMark {
  const { orgId, salt, createdOn } = orgTable;
  const mark = drizzle(connection).select({ orgId, salt, createdOn }).from(orgTable).get();
  if (!mark) throw new Error(`${connection.name} does not say which org it holds.`);
  return mark;
}

function prepareQueries(connection: Database) {
  const database = drizzle(connection);
  const now = given(requests.expiresOn, 'now');
  return lazily({
    saveSettings: () => database.update(orgTable).set(givenColumns(orgTable, 'settings')).prepare(),
    badgeRecords: () =>
      database
        .select({ issued: badges.issuedCount, earned: badges.earnedCount })
        .from(badges)
        .where(eq(badges.key, given(badges.key, 'key')))
        .prepare(),
    unexpired: () =>
      database
        .select({ count: sum(requests.succeeded).mapWith(Number) })
        .from(requests)
        .where(
          and(
            eq(requests.badgeKey, given(requests.badgeKey, 'key')),
            ne(requests.kind, 'issueBulk'),
            eq(requests.state, 'answered'),
            gt(requests.expiresOn, now),
          ),
        )
        .prepare(),
    revoked: () =>
      database
        .select({ count: count() })
        .from(awards)
        .innerJoin(requests, eq(requests.key, awards.requestKey))
        .where(
          and(
            eq(awards.badgeKey, given(awards.badgeKey, 'key')),
            isNotNull(awards.revokedOn),
            gt(requests.expiresOn, now),
          ),
        )
        .prepare(),
    lastKeys: () => ({
      badge: database
        .select({ key: max(badges.key) })
        .from(badges)
        .prepare(),
      group: database
        .select({ key: max(groups.key) })
        .from(groups)
        .prepare(),
      customField: database
        .select({ key: max(customFields.key) })
        .from(customFields)
        .prepare(),
    }),
  });
}

/**
 * An org in its own SQLite file: what the issuance rules ask of and write to it (shared/domain/org.ts). The file may be
 * open elsewhere too; a change made there is noticed at the next transaction or {@link refresh}.
 */
export class OrgStore implements OrgState {
  readonly orgId: number;
  readonly badgeStore: BadgeStore;
  readonly records: RecordStore;
  readonly requests: RequestStore;
  readonly #connection: Database;
  readonly #catalog: OrgCatalog;
  readonly #tallies: AwardTallies;
  readonly #salt: string;
  readonly #dataVersion: Statement<[], number>;
  readonly #queries: ReturnType<typeof prepareQueries>;
  #settings: Readonly<OrgSettings>;
  #seenVersion = -1;
  #open: OpenRequest | null = null;

  /**
   * @param connection to a migrated org file that {@link ensureOrg} has prepared
   * @param settings the org's own unless given
   */
  constructor(connection: Database, settings?: Readonly<OrgSettings>) {
    const row = drizzle(connection).select().from(orgTable).get();
    if (!row) throw new Error(`${connection.name} does not say which org it holds.`);
    this.#connection = connection;
    this.orgId = row.orgId;
    this.#salt = row.salt.toString(16).padStart(6, '0');
    this.#settings = settings ?? readSettings(jsonOr(row.settings, {}, isRecord)).settings;
    this.badgeStore = new BadgeStore(connection);
    this.records = new RecordStore(connection);
    this.requests = new RequestStore(connection);
    this.#catalog = new OrgCatalog(connection);
    this.#tallies = new AwardTallies(connection);
    this.#queries = prepareQueries(connection);
    // Not about a table, so that the builder has nothing to say to it.
    this.#dataVersion = prepareForDriver<[], number>(connection, sql`PRAGMA data_version`).pluck();
  }

  get settings(): Readonly<OrgSettings> {
    return this.#settings;
  }

  /** Keeps settings in the file; they hold from the next call on. */
  saveSettings(settings: Readonly<OrgSettings>): void {
    this.#queries.saveSettings.run({ settings: JSON.stringify(settings) });
    this.#settings = settings;
    this.#tallies.forget();
  }

  /** Forgets what was read from the file if another connection has written to it. */
  refresh(): void {
    const version = this.#dataVersion.get() ?? 0;
    if (version === this.#seenVersion) return;
    this.#seenVersion = version;
    this.#forget();
  }

  transaction<T>(work: () => T): T {
    if (this.#connection.inTransaction) {
      const result = work();
      if (this.#open) this.closeRequest();
      return result;
    }
    this.#connection.exec('BEGIN IMMEDIATE');
    try {
      this.refresh();
      const result = work();
      if (this.#open) this.closeRequest();
      this.#connection.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.#connection.inTransaction) this.#connection.exec('ROLLBACK');
      this.#open = null;
      this.#forget();
      this.records.undo();
      throw error;
    }
  }

  #forget(): void {
    this.badgeStore.forget();
    this.records.forget();
    this.#tallies.forget();
  }

  // Badges

  findBadge(id: string): StoredBadge | undefined {
    return this.badgeStore.find(id);
  }

  badgeNamed(name: string): StoredBadge | undefined {
    return this.badgeStore.named(name);
  }

  badges(): Iterable<StoredBadge> {
    return this.badgeStore.all();
  }

  addBadge(definition: BadgeDefinition, now: Instant, id?: string): StoredBadge {
    return this.badgeStore.add(id ?? this.#freshId('badge', now), definition, now, USER);
  }

  updateBadge(badge: StoredBadge, definition: BadgeDefinition, now: Instant): StoredBadge {
    return this.badgeStore.update(badge, definition, now, USER);
  }

  setClaims(badge: StoredBadge, claims: readonly Claim[]): StoredBadge {
    return this.badgeStore.setClaims(badge, claims);
  }

  countsOf(badge: StoredBadge, now: Instant): BadgeCounts {
    const { key } = badge;
    const row = this.#queries.badgeRecords.get({ key });
    const open = this.#openOf(badge);
    const isEnrolment = open?.request.kind === 'issueBulk';
    const unexpired = this.#queries.unexpired.get({ key, now })?.count ?? 0;
    const revoked = this.#queries.revoked.get({ key, now })?.count ?? 0;
    const openHeld = open && !isEnrolment && open.request.expiresOn > now ? open.succeeded : 0;
    return {
      issuedCount: (row?.issued ?? 0) + (isEnrolment ? open.succeeded : 0),
      earnedCount: (row?.earned ?? 0) + (open && !isEnrolment ? open.succeeded : 0),
      activeEarnedCount: unexpired + openHeld - revoked,
    };
  }

  // Requests and their records

  isRequestConsumed(requestId: string, kind: IssuanceKind, badgeId: string): boolean {
    return this.requests.isConsumed(requestId, kind, badgeId, this.#settings.requestIdScope);
  }

  openRequest(request: IssuanceRequest): void {
    if (this.#open) this.closeRequest();
    const firstKey = this.records.nextKey(request.kind === 'issueBulk' ? 'enrolment' : 'award');
    this.#open = this.requests.open(request, this.badgeStore.definitionKeyOf(request.badge), firstKey);
  }

  recordEnrolment(customerId: number): number {
    const open = this.#requireOpen();
    const key = open.firstKey + open.succeeded;
    this.records.addEnrolment(key, open.request.badge.key, customerId, open.key);
    open.succeeded += 1;
    return key;
  }

  recordAward(customerId: number, enrolmentKey: number | null): number {
    const open = this.#requireOpen();
    const key = open.firstKey + open.succeeded;
    this.records.addAward(key, open.request.badge.key, customerId, open.key, enrolmentKey);
    open.succeeded += 1;
    return key;
  }

  readAhead(
    { key }: StoredBadge,
    records: 'enrolments' | 'awards',
    customerIds: readonly number[],
    enough: number,
  ): void {
    // Within a request, so within its transaction: what was read is forgotten when either ends.
    this.#requireOpen();
    this.records.readAhead(records, key, customerIds, enough);
  }

  /** Records a customer or line of the open request that got nothing. */
  recordRefusal(refusal: Refusal): void {
    this.requests.refuse(this.#requireOpen(), refusal);
  }

  /**
   * Ends the open request and returns its key. A request that its host does not close is closed with its transaction.
   *
   * @param circumstances what history shows beyond the rules' own facts
   */
  closeRequest(circumstances?: RequestCircumstances): number {
    const open = this.#requireOpen();
    const { request } = open;
    this.records.endRequest();
    this.requests.close(
      open,
      circumstances ?? { source: '', eventDateSent: false, madeOn: request.processedOn, durationMilliseconds: 0 },
    );
    const isEnrolment = request.kind === 'issueBulk';
    this.badgeStore.addCounts(request.badge.key, isEnrolment ? open.succeeded : 0, isEnrolment ? 0 : open.succeeded);
    if (!isEnrolment) this.#tallies.add(request.badge.key, request.processedOn, request.eventDate, open.succeeded);
    this.#open = null;
    return open.key;
  }

  /**
   * Notes a request that was refused as a whole, and returns its key.
   *
   * @param row the one customer of the request, where it had one
   */
  addRefusedRequest(
    request: IssuanceRequest,
    errors: readonly RuleError[],
    circumstances: RequestCircumstances,
    row?: Refusal,
  ): number {
    return this.requests.addRefused(
      request,
      this.badgeStore.definitionKeyOf(request.badge),
      errors,
      circumstances,
      row,
    );
  }

  importAward(
    badge: StoredBadge,
    customerId: number,
    eventDate: Instant,
    expiresOn: Instant,
    requestId: string,
  ): number {
    const key = this.records.nextKey('award');
    const request: IssuanceRequest = {
      kind: 'import',
      badge,
      requestId,
      ownerType: 'Historical_Import',
      referenceId: null,
      eventDate,
      expiresOn,
      processedOn: eventDate,
    };
    const { key: requestKey } = this.requests.open(request, this.badgeStore.definitionKeyOf(badge), key, 1);
    this.records.addAward(key, badge.key, customerId, requestKey, null);
    this.records.endRequest();
    this.badgeStore.addCounts(badge.key, 0, 1);
    this.#tallies.add(badge.key, eventDate, eventDate, 1);
    return key;
  }

  /**
   * Which customers the open request has met: a filter of fixed size whose doubts the store settles, so that memory
   * does not grow with the number of customers.
   *
   * @param expected roughly how many customers the request names
   */
  seenCustomers(expected: number): SeenCustomers {
    const filter = new CustomerFilter(expected <= 100_000 ? 256 * 1024 : 16 * 1024 * 1024);
    return {
      add: (customerId) => {
        if (filter.add(customerId)) return true;
        const open = this.#requireOpen();
        if (this.requests.hasRefused(open, customerId)) return false;
        const records =
          open.request.kind === 'issueBulk'
            ? this.records.enrolmentsOf(open.request.badge.key, customerId)
            : this.records.awardsOf(open.request.badge.key, customerId);
        return !records.some((record) => record.requestKey === open.key);
      },
    };
  }

  hasEnrolments(badge: StoredBadge): boolean {
    const open = this.#openOf(badge);
    if (open?.request.kind === 'issueBulk' && open.succeeded > 0) return true;
    return (this.#queries.badgeRecords.get({ key: badge.key })?.issued ?? 0) > 0;
  }

  hasAwards(badge: StoredBadge): boolean {
    const open = this.#openOf(badge);
    if (open && open.request.kind !== 'issueBulk' && open.succeeded > 0) return true;
    return (this.#queries.badgeRecords.get({ key: badge.key })?.earned ?? 0) > 0;
  }

  enrolmentHistory(badge: StoredBadge, customerId: number): readonly EnrolmentRecord[] {
    return this.records.enrolmentsOf(badge.key, customerId);
  }

  awardHistory(badge: StoredBadge, customerId: number): readonly AwardRecord[] {
    return this.records.awardsOf(badge.key, customerId);
  }

  enrolmentsOf(badge: StoredBadge, customerId: number): readonly EnrolmentRecord[] {
    return this.records.enrolmentsOf(badge.key, customerId).filter((enrolment) => enrolment.revokedOn === null);
  }

  countedAwardsOf(badge: StoredBadge, customerId: number, enough = 1): readonly AwardRecord[] {
    if (this.records.surelyHasFewer(badge.key, customerId, enough)) return [];
    const awards = this.records.awardsOf(badge.key, customerId);
    return this.#settings.revokeFreesCaps ? awards.filter((award) => award.revokedOn === null) : awards;
  }

  countAwards(badge: StoredBadge, by: CountedBy, span: Span | null): number {
    const closed = this.#tallies.count(badge.key, by, span, !this.#settings.revokeFreesCaps);
    const open = this.#openOf(badge);
    if (!open || open.request.kind === 'issueBulk') return closed;
    const at = by === 'eventDate' ? open.request.eventDate : open.request.processedOn;
    return span === null || isWithin(span, at) ? closed + open.succeeded : closed;
  }

  badgeKeysOf(customerId: number): readonly number[] {
    return this.records.badgeKeysOf(customerId);
  }

  enrolmentId(enrolment: Pick<Enrolment, 'key' | 'issuedOn'>): string {
    return recordId('enrolment', enrolment.issuedOn, this.#salt, enrolment.key);
  }

  awardId(award: Pick<Award, 'key' | 'earnedOn'>): string {
    return recordId('award', award.earnedOn, this.#salt, award.key);
  }

  findEnrolment(id: string): EnrolmentRecord | undefined {
    const key = keyOfRecordId('enrolment', id, this.#salt);
    const enrolment = key === null ? undefined : this.records.enrolment(key);
    return enrolment && this.enrolmentId(enrolment) === id ? enrolment : undefined;
  }

  findAward(id: string): AwardRecord | undefined {
    const key = keyOfRecordId('award', id, this.#salt);
    const award = key === null ? undefined : this.records.award(key);
    return award && this.awardId(award) === id ? award : undefined;
  }

  revokeEnrolment(key: number, now: Instant): void {
    this.records.revokeEnrolment(key, now);
  }

  revokeAward(key: number, now: Instant): void {
    // An open request counts its own awards; from its closing on, the tally does, and a revocation can be taken off it.
    if (this.#open) this.closeRequest();
    const award = this.records.award(key);
    if (!award || !this.records.revokeAward(key, now) || !this.#settings.revokeFreesCaps) return;
    this.#tallies.add(award.badgeKey, award.earnedOn, award.eventDate, -1);
  }

  // Groups, custom fields, tag definitions, roster

  groups(): readonly BadgeGroup[] {
    return this.#catalog.groups();
  }

  findGroup(id: string): BadgeGroup | undefined {
    return this.#catalog.findGroup(id);
  }

  addGroup(group: Omit<BadgeGroup, 'id'>, id?: string): BadgeGroup {
    const stored = { ...group, id: id ?? this.#freshId('group', group.createdOn) };
    this.#catalog.putGroup(stored);
    return stored;
  }

  updateGroup(group: BadgeGroup): void {
    this.#catalog.putGroup(group);
  }

  customFields(): readonly CustomField[] {
    return this.#catalog.customFields();
  }

  findCustomField(id: string): CustomField | undefined {
    return this.#catalog.findCustomField(id);
  }

  addCustomField(field: Omit<CustomField, 'id'>): CustomField {
    const stored = { ...field, id: this.#freshId('customField', field.createdOn) };
    this.#catalog.putCustomField(stored);
    return stored;
  }

  updateCustomField(field: CustomField): void {
    this.#catalog.putCustomField(field);
  }

  orgMeta(): OrgMeta | undefined {
    return this.#catalog.orgMeta();
  }

  setOrgMeta(meta: Omit<OrgMeta, 'id'>): OrgMeta {
    const stored = { ...meta, id: this.#catalog.orgMeta()?.id ?? recordId('orgMeta', meta.createdOn, this.#salt, 1) };
    this.#catalog.putOrgMeta(stored);
    return stored;
  }

  isKnownCustomer(customerId: number): boolean {
    return Number.isSafeInteger(customerId) && customerId > 0;
  }

  resolveCustomer(kind: CustomerIdentifierKind, value: string): number | undefined {
    return this.#catalog.resolveCustomer(kind, value);
  }

  #freshId(kind: 'badge' | 'group' | 'customField', now: Instant): string {
    const last = this.#queries.lastKeys[kind].get()?.key ?? 0;
    return recordId(kind, now, this.#salt, last + 1);
  }

  #openOf(badge: StoredBadge): OpenRequest | null {
    return this.#open?.request.badge.key === badge.key ? this.#open : null;
  }

  #requireOpen(): OpenRequest {
    if (!this.#open) throw new Error('A record was written outside a request.');
    return this.#open;
  }
}
