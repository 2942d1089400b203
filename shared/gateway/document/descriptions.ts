import { z } from 'zod';
import { MESSAGES, type KnownCode } from '../../domain/codes';
import { CUSTOMER_IDENTIFIER_KINDS } from '../../domain/org';
import type { OrgSettings } from '../../domain/settings';
import { MIGRATION, MIGRATION_HEADER, REQUEST_ID_HEADER } from '../call';
import { IDENTIFIER_HEADER } from '../customer-identifier';
import type { EndpointName } from '../endpoint-words';
import { issuanceBodies } from '../issuance-body';
import { ORDER, PAGING, type QueryParameter } from '../query-values';
import { INCLUDE_STATISTICS } from '../requests/badge-by-id';
import { CHANGED_FIELD_BODY, FIELD_FILTERS, NEW_FIELD_BODY } from '../requests/custom-fields';
import { WITH_STATISTICS } from '../requests/customer-badge-details';
import { CUSTOMER_BADGE_FILTERS } from '../requests/customer-badges';
import { MANAGEMENT_FILTERS } from '../requests/customer-management';
import { BADGE_META_ID, CYCLE_FILTERS } from '../requests/fixed-window-details';
import { GROUP_BODY } from '../requests/groups';
import { IMPORT_ITEM } from '../requests/import-awards';
import { BADGE_FILTERS } from '../requests/list-badges';
import { ORG_META_BODY } from '../requests/org-meta';
import { REVOKE_EARN_BODY } from '../requests/revoke-earn';
import { REVOKE_ISSUE_BODY } from '../requests/revoke-issue';
import * as answers from './answer-schemas';
import { changedBadgeBody, newBadgeBody } from './badge-body';
import { claimBody } from './claim-body';

/** A code an endpoint refuses a call with: one whose status is everywhere the same, or one with a status of its own. */
export type AnsweredCode = KnownCode | 400 | 999999 | { code: KnownCode | 999999; status: number };

export interface HeaderParameter {
  name: string;
  schema: z.ZodType;
  note: string;
}

/** What the OpenAPI document says of an endpoint beyond its method and path. */
export interface EndpointDescription {
  query: readonly QueryParameter<unknown>[];
  /** Parameters of the query without which the call is refused. */
  needed: readonly QueryParameter<unknown>[];
  headers: readonly HeaderParameter[];
  /** Null where a body is ignored. */
  body: ((settings: OrgSettings) => z.ZodType) | null;
  status: 200 | 201;
  /** The whole answer, with its envelope. */
  answer: z.ZodType;
  /** Codes with which the whole call is refused. The codes of limits are the org's own, and stand for both here. */
  codes: readonly AnsweredCode[];
  /** Codes of single rows in an answer that is a success. */
  rowCodes: readonly (KnownCode | 400)[];
  /** Codes of warnings beside a success. */
  warnings: readonly KnownCode[];
}

const identifier: HeaderParameter = {
  name: IDENTIFIER_HEADER,
  schema: z.enum(CUSTOMER_IDENTIFIER_KINDS),
  note: 'How the customer is named; by id unless given.',
};
const migration: HeaderParameter = {
  name: MIGRATION_HEADER,
  schema: z.literal(MIGRATION),
  note: 'Lets a badge start in the past.',
};
const batch: HeaderParameter = {
  name: REQUEST_ID_HEADER,
  schema: z.string().regex(/^[\w-]{1,64}$/),
  note: 'Names the batch; a new name is made unless given.',
};

const described = (
  answer: z.ZodType,
  codes: readonly AnsweredCode[],
  more: Partial<Omit<EndpointDescription, 'answer' | 'codes'>> = {},
): EndpointDescription => ({
  ...{ query: [], needed: [], headers: [], body: null, status: 200, rowCodes: [], warnings: [], answer, codes },
  ...more,
});

const ok = answers.answered;
const AWARD_CODES = [400, 404, 716, 750, 803, 804, 809, 810, 812, 815, 816] as const;
const CUSTOMER_CODES = [400, 1026, 1028] as const;
/** Of dates that look like milliseconds. An award's own would lie in the future, and is refused (750). */
const DATE_WARNING = [990101] as const;

/** Every endpoint that ENDPOINTS serves. A test reaches each of these codes, and no answer has another. */
export const DESCRIPTIONS: Readonly<Record<EndpointName, EndpointDescription>> = {
  earn: described(ok(answers.awarded), [...AWARD_CODES, 811, 990001, 990002], {
    body: ({ memberCareOwnerType }) => issuanceBodies(memberCareOwnerType).earn.schema,
  }),
  earnBulk: described(ok(answers.awardedInBulk), AWARD_CODES, {
    body: ({ memberCareOwnerType }) => issuanceBodies(memberCareOwnerType).earnBulk.schema,
    rowCodes: [811, 1040, 990001, 990002, 990003],
  }),
  issueBulk: described(ok(answers.enrolled), [400, 404, 716, 801, 803, 804, 809, 816, 1039], {
    body: ({ memberCareOwnerType }) => issuanceBodies(memberCareOwnerType).issueBulk.schema,
    rowCodes: [1040],
    warnings: [...DATE_WARNING, 990102],
  }),
  revokeIssue: described(ok(answers.enrolmentsRevoked), [400, 404, 1051, 990004], {
    body: () => REVOKE_ISSUE_BODY.schema,
    rowCodes: [404],
  }),
  revokeEarn: described(ok(answers.awardRevoked), [400, 404, 814, 1026, 1028], {
    body: () => REVOKE_EARN_BODY.schema,
    headers: [identifier],
  }),
  import: described(answers.imported, [400], {
    body: () => z.array(IMPORT_ITEM.schema),
    headers: [batch],
    rowCodes: [400, 1054],
    warnings: DATE_WARNING,
  }),
  createBadge: described(ok(answers.wholeBadge), [400, 714, 720, 722, 725, 728, 990010, 999999], {
    body: () => newBadgeBody,
    headers: [migration],
    status: 201,
    warnings: DATE_WARNING,
  }),
  updateBadge: described(ok(answers.wholeBadge), [400, 404, 714, 720, 722, 723, 724, 725, 728, 826, 990009, 990010], {
    body: () => changedBadgeBody,
    warnings: DATE_WARNING,
  }),
  listBadges: described(ok(answers.badgeList), [400], { query: [...PAGING, ...BADGE_FILTERS] }),
  fixedWindowDetails: described(ok(answers.windowCycles), [400, 404, 812], {
    query: [...PAGING, ...CYCLE_FILTERS],
    needed: [BADGE_META_ID],
  }),
  badgeById: described(answers.answeredBare(answers.badgeWithCounts), [400, 404], { query: [INCLUDE_STATISTICS] }),
  setActivation: described(ok(answers.activation), [404, 990009]),
  claim: described(answers.answeredWithoutErrors(answers.claimed), [400, 404, 714, 716, 717, 990011], {
    body: () => claimBody,
    warnings: [900],
  }),
  unclaim: described(answers.answeredWithoutErrors(answers.claimed), [400, 404, 716, 717, 737], {
    body: () => claimBody,
  }),
  customerBadges: described(ok(answers.badgesOfCustomer), CUSTOMER_CODES, {
    query: [...PAGING, ...CUSTOMER_BADGE_FILTERS],
    headers: [identifier],
  }),
  customerManagement: described(ok(answers.managedBadges), CUSTOMER_CODES, {
    query: [...PAGING, ...MANAGEMENT_FILTERS],
    headers: [identifier],
  }),
  customerBadgeDetails: described(ok(answers.badgeOfCustomer), [...CUSTOMER_CODES, 404], {
    query: [WITH_STATISTICS],
    headers: [identifier],
  }),
  createGroup: described(ok(answers.badgeGroup), [400, 732, 733], { body: () => GROUP_BODY.schema }),
  listGroups: described(ok(answers.groupList), [400], { query: [...PAGING, ORDER] }),
  groupById: described(answers.answeredBare(answers.badgeGroup), [404]),
  updateGroup: described(ok(answers.badgeGroup), [400, 404, 732, 733], { body: () => GROUP_BODY.schema }),
  createCustomField: described(ok(answers.customField), [400, 990005, 990008], {
    body: () => NEW_FIELD_BODY.schema,
    status: 201,
  }),
  listCustomFields: described(ok(answers.customFieldList), [400], { query: [...PAGING, ...FIELD_FILTERS] }),
  customFieldById: described(answers.answeredBare(answers.customField), [404]),
  updateCustomField: described(ok(answers.customField), [400, 404, 990005, 990006, 990007, 990008], {
    body: () => CHANGED_FIELD_BODY.schema,
  }),
  createOrgMeta: described(answers.answeredBare(answers.orgMeta), [400, { code: 999999, status: 409 }], {
    body: () => ORG_META_BODY.schema,
  }),
  updateOrgMeta: described(answers.answeredBare(answers.orgMeta), [400, 404], { body: () => ORG_META_BODY.schema }),
  readOrgMeta: described(answers.answeredBare(answers.orgMeta), [404]),
};

/** What a code means, for people. */
export function meaningOfCode(code: number): string {
  return Object.hasOwn(MESSAGES, code)
    ? MESSAGES[code as KnownCode]
    : (OTHER_CODES[code] ?? 'As it is set for the org');
}

/** Codes whose message says what is wrong with the very value. */
const OTHER_CODES: Readonly<Record<number, string>> = {
  400: 'A value cannot be read, or a field without a code of its own is missing; the message names it',
  403: 'A web page of another address sent this',
  999999: 'The validator failed over a missing date; for the org meta: it exists already',
};
