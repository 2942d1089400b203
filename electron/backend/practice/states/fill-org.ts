import type { OrgStore } from '../../../../db/org/org-store';
import { OWNER_TYPES, type Claim } from '../../../../shared/domain/badge';
import { isObject } from '../../../../shared/domain/body-reader';
import { awardExpiry, enrolmentExpiry } from '../../../../shared/domain/expiry';
import { readInstant, type Instant } from '../../../../shared/domain/instant';
import { readJson } from '../../../../shared/domain/json';
import type { StoredBadge } from '../../../../shared/domain/org';
import { readLiveBadge } from '../../../../shared/gateway/meaning';
import { defaultTillOf, withoutTwins } from '../../../../shared/gateway/meaning-text';

/** What is known of a live org from its last pull: its badges as it printed them. Nothing names a customer. */
export interface PulledOrg {
  timeZone: string;
  pulledOn: Instant;
  badges: readonly {
    id: string;
    name: string;
    body: string;
    claims: readonly { ownerType: string; referenceId: string }[];
  }[];
  groups: readonly { id: string; name: string; rank: number; isActive: boolean }[];
  /** Defaults of the mandatory custom fields. */
  fieldDefaults: Readonly<Record<string, string>>;
}

/** What a practice org was filled with. */
export interface FilledOrg {
  badges: number;
  claims: number;
  groups: number;
  enrolments: number;
  awards: number;
  /** Made-up customers who hold them. */
  customers: number;
  /** Records that the live org counts and that were left out, because there are too many. */
  leftOut: number;
  /** Names of badges that cannot be read as such. */
  unreadable: readonly string[];
}

/** Records that are made up at most: more takes minutes, and says no more about a rule. */
const MOST_RECORDS = 1_000_000;
/** No id that a live org gives is so high, and none of a table of examples so odd. */
const FIRST_CUSTOMER = 9_000_000_001;
const USER = 1;

/**
 * Fills an empty org with what was pulled: groups, badges under their own ids, claims, and as many enrolments and awards as
 * the live org counts, held by made-up customers, one each. When they were made nobody knows: they stand at the start of
 * their badge, so that a limit over the whole life is as used up as it is live, and no window that runs now is.
 */
export function fillOrg(org: OrgStore, pulled: PulledOrg): FilledOrg {
  addGroupsAndFields(org, pulled);
  const filled = {
    badges: 0,
    claims: 0,
    groups: pulled.groups.length,
    enrolments: 0,
    awards: 0,
    customers: 0,
    leftOut: 0,
  };
  const unreadable: string[] = [];
  for (const { id, name, body: text, claims } of pulled.badges) {
    const reading = readJson(text);
    const body = reading.ok && isObject(reading.value) ? reading.value : {};
    const definition = readLiveBadge(withoutTwins(body));
    if (definition === null) {
      unreadable.push(name);
      continue;
    }
    const chosen = definition.defaultTillId === defaultTillOf(body) ? null : definition.defaultTillId;
    const created = readInstant(body['createdOn']);
    const badge = org.addBadge(
      { ...definition, defaultTillId: chosen },
      created.ok ? created.instant : definition.startOn,
      id,
    );
    const active = claims.flatMap(({ ownerType, referenceId }): Claim[] => {
      const known = OWNER_TYPES.find((type) => type === ownerType);
      return known === undefined ? [] : [{ ownerType: known, referenceId, isActive: true }];
    });
    if (active.length > 0) org.setClaims(badge, active);
    const room = MOST_RECORDS - filled.enrolments - filled.awards;
    const wanted = { issued: countOf(body['issuedCount']), earned: countOf(body['earnedCount']) };
    const issued = Math.min(wanted.issued, room);
    const earned = Math.min(wanted.earned, room - issued);
    addRecords(org, badge, active[0], pulled, issued, earned);
    filled.badges += 1;
    filled.claims += active.length;
    filled.enrolments += issued;
    filled.awards += earned;
    filled.customers = Math.max(filled.customers, issued, earned);
    filled.leftOut += wanted.issued - issued + wanted.earned - earned;
  }
  return { ...filled, unreadable };
}

function countOf(value: unknown): number {
  return Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : 0;
}

function addGroupsAndFields(org: OrgStore, { groups, fieldDefaults, pulledOn }: PulledOrg): void {
  const by = { createdOn: pulledOn, createdBy: USER, lastUpdatedOn: pulledOn, lastUpdatedBy: USER };
  for (const { id, ...group } of groups) org.addGroup({ ...group, ...by }, id);
  for (const [name, defaultValue] of Object.entries(fieldDefaults)) {
    org.addCustomField({ name, dataType: 'STRING', isMandatory: true, defaultValue, isActive: true, ...by });
  }
}

function addRecords(
  org: OrgStore,
  badge: StoredBadge,
  claim: Claim | undefined,
  pulled: PulledOrg,
  issued: number,
  earned: number,
): void {
  const { definition } = badge;
  const at = definition.startOn;
  const request = {
    badge,
    ownerType: claim?.ownerType ?? 'Historical_Import',
    referenceId: claim?.referenceId ?? null,
    eventDate: at,
    processedOn: at,
  };
  const keys: number[] = [];
  if (issued > 0) {
    const expiresOn = enrolmentExpiry(definition, at, at, pulled.timeZone);
    org.openRequest({ ...request, kind: 'issueBulk', requestId: `pulled-enrolments-${badge.id}`, expiresOn });
    for (let index = 0; index < issued; index += 1) keys.push(org.recordEnrolment(FIRST_CUSTOMER + index));
    org.closeRequest();
  }
  if (earned > 0) {
    org.openRequest({
      ...request,
      kind: 'import',
      requestId: `pulled-awards-${badge.id}`,
      expiresOn: awardExpiry(definition, at, pulled.timeZone),
    });
    for (let index = 0; index < earned; index += 1) org.recordAward(FIRST_CUSTOMER + index, keys[index] ?? null);
    org.closeRequest();
  }
}
