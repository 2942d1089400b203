import type { BadgeDefinition, Claim } from './badge';
import type { Instant } from './instant';
import { keyOfRecordId, recordId, type RecordKind } from './object-id';
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
  type Provenance,
  type Span,
  type StoredBadge,
} from './org';
import { DEFAULT_SETTINGS, type OrgSettings } from './settings';

type EnrolmentRecord = Enrolment & Provenance & { badgeKey: number };
type AwardRecord = Award & Provenance & { badgeKey: number };

const USER = 1;

/**
 * A whole org in memory: the pure engine's state, for tests and for previews. Plain maps and loops on purpose: it is
 * the yardstick that the SQLite store and the simulation kernel are compared with.
 */
export class MemoryOrg implements OrgState {
  readonly orgId = 1;
  settings: Readonly<OrgSettings>;
  private readonly salt: string;
  private nextKey = 1;
  private readonly badgeByKey = new Map<number, StoredBadge>();
  private readonly badgeKeyById = new Map<string, number>();
  private readonly consumed = new Set<string>();
  private readonly enrolmentRows: EnrolmentRecord[] = [];
  private readonly awardRows: AwardRecord[] = [];
  private readonly groupById = new Map<string, BadgeGroup>();
  private readonly customFieldById = new Map<string, CustomField>();
  private meta: OrgMeta | undefined;
  private open: IssuanceRequest | null = null;

  constructor(settings: Partial<OrgSettings> = {}, salt = '000000') {
    this.settings = { ...DEFAULT_SETTINGS, ...settings };
    this.salt = salt;
  }

  /** Requests check everything before they write, so nothing has to be taken back. */
  transaction<T>(work: () => T): T {
    return work();
  }

  private freshId(kind: RecordKind, now: Instant): string {
    return recordId(kind, now, this.salt, this.nextKey++);
  }

  findBadge(id: string): StoredBadge | undefined {
    const key = this.badgeKeyById.get(id);
    return key === undefined ? undefined : this.badgeByKey.get(key);
  }

  badgeNamed(name: string): StoredBadge | undefined {
    return [...this.badgeByKey.values()].find((badge) => badge.definition.name === name);
  }

  badges(): Iterable<StoredBadge> {
    return this.badgeByKey.values();
  }

  addBadge(definition: BadgeDefinition, now: Instant, id?: string): StoredBadge {
    const key = this.badgeByKey.size + 1;
    const badge: StoredBadge = {
      key,
      id: id ?? this.freshId('badge', now),
      numericId: key,
      definition,
      claims: [],
      createdOn: now,
      createdBy: USER,
      lastUpdatedOn: now,
      lastUpdatedBy: USER,
    };
    this.badgeByKey.set(key, badge);
    this.badgeKeyById.set(badge.id, key);
    return badge;
  }

  private replace(badge: StoredBadge): StoredBadge {
    this.badgeByKey.set(badge.key, badge);
    return badge;
  }

  updateBadge(badge: StoredBadge, definition: BadgeDefinition, now: Instant): StoredBadge {
    return this.replace({ ...badge, definition, lastUpdatedOn: now, lastUpdatedBy: USER });
  }

  setClaims(badge: StoredBadge, claims: readonly Claim[]): StoredBadge {
    return this.replace({ ...badge, claims });
  }

  private requestKey(requestId: string, kind: IssuanceKind, badgeId: string): string {
    switch (this.settings.requestIdScope) {
      case 'org':
        return requestId;
      case 'endpoint':
        return `${kind}\n${requestId}`;
      case 'badge':
        return `${badgeId}\n${requestId}`;
    }
  }

  isRequestConsumed(requestId: string, kind: IssuanceKind, badgeId: string): boolean {
    return this.consumed.has(this.requestKey(requestId, kind, badgeId));
  }

  openRequest(request: IssuanceRequest): void {
    this.consumed.add(this.requestKey(request.requestId, request.kind, request.badge.id));
    this.open = request;
  }

  hasEnrolments(badge: StoredBadge): boolean {
    return this.enrolmentRows.some((row) => row.badgeKey === badge.key);
  }

  hasAwards(badge: StoredBadge): boolean {
    return this.awardRows.some((row) => row.badgeKey === badge.key);
  }

  readAhead(): void {
    // Everything is at hand.
  }

  enrolmentHistory(badge: StoredBadge, customerId: number): readonly EnrolmentRecord[] {
    return this.enrolmentRows.filter((row) => row.badgeKey === badge.key && row.customerId === customerId);
  }

  awardHistory(badge: StoredBadge, customerId: number): readonly AwardRecord[] {
    return this.awardRows.filter((row) => row.badgeKey === badge.key && row.customerId === customerId);
  }

  badgeKeysOf(customerId: number): readonly number[] {
    const rows = [...this.enrolmentRows, ...this.awardRows].filter((row) => row.customerId === customerId);
    return [...new Set(rows.map((row) => row.badgeKey))];
  }

  enrolmentsOf(badge: StoredBadge, customerId: number): readonly Enrolment[] {
    return this.enrolmentHistory(badge, customerId).filter((row) => row.revokedOn === null);
  }

  private counts(award: Award): boolean {
    return award.revokedOn === null || !this.settings.revokeFreesCaps;
  }

  countedAwardsOf(badge: StoredBadge, customerId: number): readonly Award[] {
    return this.awardHistory(badge, customerId).filter((row) => this.counts(row));
  }

  countAwards(badge: StoredBadge, by: CountedBy, span: Span | null): number {
    return this.awardRows.filter(
      (row) => row.badgeKey === badge.key && this.counts(row) && (span === null || isWithin(span, row[by])),
    ).length;
  }

  recordEnrolment(customerId: number): number {
    const request = this.requireOpen();
    const key = this.nextKey++;
    this.enrolmentRows.push({
      key,
      customerId,
      badgeKey: request.badge.key,
      issuedOn: request.processedOn,
      eventDate: request.eventDate,
      expiresOn: request.expiresOn,
      revokedOn: null,
      ownerType: request.ownerType,
      referenceId: request.referenceId,
    });
    return key;
  }

  recordAward(customerId: number, enrolmentKey: number | null): number {
    const request = this.requireOpen();
    const key = this.nextKey++;
    this.awardRows.push({
      key,
      customerId,
      badgeKey: request.badge.key,
      earnedOn: request.processedOn,
      eventDate: request.eventDate,
      expiresOn: request.expiresOn,
      enrolmentKey,
      revokedOn: null,
      ownerType: request.ownerType,
      referenceId: request.referenceId,
    });
    return key;
  }

  importAward(badge: StoredBadge, customerId: number, eventDate: Instant, expiresOn: Instant): number {
    const key = this.nextKey++;
    this.awardRows.push({
      key,
      customerId,
      badgeKey: badge.key,
      earnedOn: eventDate,
      eventDate,
      expiresOn,
      enrolmentKey: null,
      revokedOn: null,
      ownerType: 'Historical_Import',
      referenceId: null,
    });
    return key;
  }

  private requireOpen(): IssuanceRequest {
    if (this.open === null) throw new Error('A record was written outside a request');
    return this.open;
  }

  countsOf(badge: StoredBadge, now: Instant): BadgeCounts {
    const awards = this.awardRows.filter((row) => row.badgeKey === badge.key);
    return {
      issuedCount: this.enrolmentRows.filter((row) => row.badgeKey === badge.key).length,
      earnedCount: awards.length,
      activeEarnedCount: awards.filter((row) => row.revokedOn === null && row.expiresOn > now).length,
    };
  }

  enrolmentId(enrolment: Pick<Enrolment, 'key' | 'issuedOn'>): string {
    return recordId('enrolment', enrolment.issuedOn, this.salt, enrolment.key);
  }

  awardId(award: Pick<Award, 'key' | 'earnedOn'>): string {
    return recordId('award', award.earnedOn, this.salt, award.key);
  }

  findEnrolment(id: string): EnrolmentRecord | undefined {
    const key = keyOfRecordId('enrolment', id, this.salt);
    return this.enrolmentRows.find((row) => row.key === key && this.enrolmentId(row) === id);
  }

  findAward(id: string): AwardRecord | undefined {
    const key = keyOfRecordId('award', id, this.salt);
    return this.awardRows.find((row) => row.key === key && this.awardId(row) === id);
  }

  revokeEnrolment(key: number, now: Instant): void {
    const row = this.enrolmentRows.find((candidate) => candidate.key === key);
    if (row) row.revokedOn = now;
  }

  revokeAward(key: number, now: Instant): void {
    const row = this.awardRows.find((candidate) => candidate.key === key);
    if (row) row.revokedOn = now;
  }

  groups(): readonly BadgeGroup[] {
    return [...this.groupById.values()];
  }

  findGroup(id: string): BadgeGroup | undefined {
    return this.groupById.get(id);
  }

  addGroup(group: Omit<BadgeGroup, 'id'>, id?: string): BadgeGroup {
    const stored = { ...group, id: id ?? this.freshId('group', group.createdOn) };
    this.groupById.set(stored.id, stored);
    return stored;
  }

  updateGroup(group: BadgeGroup): void {
    this.groupById.set(group.id, group);
  }

  customFields(): readonly CustomField[] {
    return [...this.customFieldById.values()];
  }

  findCustomField(id: string): CustomField | undefined {
    return this.customFieldById.get(id);
  }

  addCustomField(field: Omit<CustomField, 'id'>): CustomField {
    const stored = { ...field, id: this.freshId('customField', field.createdOn) };
    this.customFieldById.set(stored.id, stored);
    return stored;
  }

  updateCustomField(field: CustomField): void {
    this.customFieldById.set(field.id, field);
  }

  orgMeta(): OrgMeta | undefined {
    return this.meta;
  }

  setOrgMeta(meta: Omit<OrgMeta, 'id'>): OrgMeta {
    this.meta = { ...meta, id: this.meta?.id ?? this.freshId('orgMeta', meta.createdOn) };
    return this.meta;
  }

  isKnownCustomer(customerId: number): boolean {
    return Number.isSafeInteger(customerId) && customerId > 0;
  }

  resolveCustomer(_kind: CustomerIdentifierKind, _value: string): number | undefined {
    return undefined;
  }
}
