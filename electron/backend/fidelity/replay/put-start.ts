import { isObject, type JsonObject } from '../../../../shared/domain/body-reader';
import { OWNER_TYPES, type Claim } from '../../../../shared/domain/badge';
import { readInstant, type Instant } from '../../../../shared/domain/instant';
import { CUSTOM_FIELD_TYPES, type OrgState, type StoredBadge } from '../../../../shared/domain/org';
import { readBadge } from '../../../../shared/domain/read-badge';
import type { KnownIds } from '../../../../shared/fidelity/known-ids';
import { textOrNull } from './prepared-calls';
import { rowsOf, type EarlierBadge, type EarlierHolder, type StartingState } from './starting-state';

/** Records that stand for those of customers nobody has named; more would only take time. */
const MOST_NAMELESS = 5_000;
/** No pseudonym and no real customer is so high. */
const NAMELESS_CUSTOMER = 9_007_199_254_700_001;
const USER = 1;

const instantAt = (holder: JsonObject, key: string): Instant | null => {
  const value = holder[key] ?? holder[`${key}ISO`];
  const reading = readInstant(value);
  return reading.ok ? reading.instant : null;
};

function claimsOf(fields: JsonObject): Claim[] {
  const ownership = isObject(fields['ownership']) ? fields['ownership'] : null;
  return rowsOf(ownership, 'claims').flatMap((claim): Claim[] => {
    const ownerType = OWNER_TYPES.find((known) => known === claim['ownerType']);
    const referenceId = textOrNull(claim['referenceId']);
    return ownerType === undefined || referenceId === null
      ? []
      : [{ ownerType, referenceId, isActive: claim['isActive'] !== false }];
  });
}

/** What is not known of a badge is left open: no limits. */
function bodyOf({ fields }: EarlierBadge): JsonObject {
  return { customerConstraints: [], badgeConstraints: [], earnedBadgeExpiry: { expiryType: 'NEVER' }, ...fields };
}

class Putting {
  /** Badges that could be put there. */
  readonly put = new Set<string>();
  readonly #org: OrgState;
  readonly #ids: KnownIds;
  readonly #start: Instant;
  #requests = 0;

  constructor(org: OrgState, ids: KnownIds, start: Instant) {
    this.#org = org;
    this.#ids = ids;
    this.#start = start;
  }

  catalogue({ groups, fields, meta }: StartingState): void {
    for (const [id, group] of groups) {
      const by = this.#by(group);
      const { name, rank, isActive } = group;
      if (typeof name !== 'string') continue;
      this.#org.addGroup({ name, rank: typeof rank === 'number' ? rank : 0, isActive: isActive !== false, ...by }, id);
    }
    for (const [id, field] of fields) {
      const dataType = CUSTOM_FIELD_TYPES.find((type) => type === field['dataType']);
      if (dataType === undefined || typeof field['name'] !== 'string') continue;
      const added = this.#org.addCustomField({
        ...{ name: field['name'], dataType, isMandatory: field['isMandatory'] === true },
        ...{ defaultValue: textOrNull(field['defaultValue']), isActive: field['isActive'] !== false },
        ...this.#by(field),
      });
      this.#ids.bind(id, added.id);
    }
    if (meta !== null) this.#org.setOrgMeta({ tags: rowsOf(meta, 'tags'), ...this.#by(meta) });
  }

  #by(shown: JsonObject) {
    const createdOn = instantAt(shown, 'createdOn') ?? this.#start;
    const lastUpdatedOn = instantAt(shown, 'lastUpdatedOn') ?? createdOn;
    return { createdOn, createdBy: USER, lastUpdatedOn, lastUpdatedBy: USER };
  }

  badge(earlier: EarlierBadge): void {
    const { definition } = readBadge(bodyOf(earlier));
    // Two badges of one name cannot be; a recording that shows them is not of one org.
    if (definition === null || this.#org.badgeNamed(definition.name)) return;
    const { createdOn, lastUpdatedOn } = this.#by(earlier.fields);
    let badge = this.#org.addBadge(definition, createdOn, earlier.id);
    if (lastUpdatedOn !== createdOn) badge = this.#org.updateBadge(badge, definition, lastUpdatedOn);
    badge = this.#org.setClaims(badge, claimsOf(earlier.fields));
    this.put.add(earlier.id);
    const made = { enrolments: 0, awards: 0 };
    for (const holder of earlier.holders.values()) {
      made.enrolments += holder.issuals.length;
      made.awards += holder.earns.length;
      this.#holder(badge, holder);
    }
    if (earlier.earlier === null) return;
    this.#nameless(badge, 'issueBulk', earlier.earlier.enrolments - made.enrolments);
    this.#nameless(badge, 'earn', earlier.earlier.awards - made.awards);
  }

  #open(badge: StoredBadge, kind: 'issueBulk' | 'earn', row: JsonObject, on: Instant): void {
    this.#requests += 1;
    this.#org.openRequest({
      ...{ kind, badge, requestId: `earlier-${String(this.#requests)}` },
      ...{ ownerType: textOrNull(row['ownerType']) ?? 'Loyalty', referenceId: textOrNull(row['ownerReferenceId']) },
      eventDate: instantAt(row, kind === 'earn' ? 'earnEventDate' : 'issueEventDate') ?? on,
      expiresOn: instantAt(row, kind === 'earn' ? 'earnExpiresOn' : 'issueExpiresOn') ?? badge.definition.expiresOn,
      processedOn: on,
    });
  }

  #holder(badge: StoredBadge, { customerId, issuals, earns }: EarlierHolder): void {
    const enrolmentKeys = new Map<string, number>();
    for (const row of issuals) {
      const on = instantAt(row, 'issuedOn') ?? this.#start;
      this.#open(badge, 'issueBulk', row, on);
      const key = this.#org.recordEnrolment(customerId);
      const id = textOrNull(row['issueId']);
      if (id !== null) {
        enrolmentKeys.set(id, key);
        this.#ids.bind(id, this.#org.enrolmentId({ key, issuedOn: on }));
      }
      const revokedOn = instantAt(row, 'revokedOn');
      if (revokedOn !== null && revokedOn < this.#start) this.#org.revokeEnrolment(key, revokedOn);
    }
    for (const row of earns) {
      const on = instantAt(row, 'earnedOn') ?? this.#start;
      this.#open(badge, 'earn', row, on);
      const enrolment = textOrNull(row['issueId']);
      const key = this.#org.recordAward(customerId, enrolment === null ? null : (enrolmentKeys.get(enrolment) ?? null));
      const id = textOrNull(row['earnId']);
      if (id !== null) this.#ids.bind(id, this.#org.awardId({ key, earnedOn: on }));
      const revokedOn = instantAt(row, 'revokedOn');
      if (revokedOn !== null && revokedOn < this.#start) this.#org.revokeAward(key, revokedOn);
    }
  }

  /** So that counts of the badge are as they were; whose they are, and when they were made, nobody knows. */
  #nameless(badge: StoredBadge, kind: 'issueBulk' | 'earn', count: number): void {
    if (count <= 0 || count > MOST_NAMELESS) return;
    this.#open(badge, kind, {}, badge.createdOn);
    for (let made = 0; made < count; made += 1) {
      if (kind === 'earn') this.#org.recordAward(NAMELESS_CUSTOMER + made, null);
      else this.#org.recordEnrolment(NAMELESS_CUSTOMER + made);
    }
  }
}

/**
 * Brings an empty org to the state that a recording began with, as far as it is known.
 *
 * @param start when the recording began, by the org's clock
 * @returns ids of the badges that could be put there
 */
export function putStart(org: OrgState, state: StartingState, ids: KnownIds, start: Instant): ReadonlySet<string> {
  const putting = new Putting(org, ids, start);
  org.transaction(() => {
    putting.catalogue(state);
    for (const badge of state.badges.values()) if (Object.keys(badge.fields).length > 0) putting.badge(badge);
  });
  return putting.put;
}
