/**
 * Messages of the gateway's codes, in the wording of its sample responses, and of Laurel's own codes (9900xx errors,
 * 9901xx warnings), which no live gateway answers.
 */
export const MESSAGES = {
  401: 'Unauthorized',
  404: 'Passed badge is not found',
  714: 'Owner type is not allowed.',
  716: 'Owner type information is missing.',
  717: 'Owner id is mandatory',
  720: 'Start Date should be before End Date',
  722: 'Start Date cannot be past date',
  723: 'Start Date cannot change once the badge is live',
  724: 'Expiry Date cannot be past date',
  725: 'Badge name cannot be duplicate',
  728: 'Atleast one owner is required',
  732: 'Group Rank is Mandatory.',
  733: 'Group Name should be Unique.',
  737: 'Claim not found in existing claims',
  750: 'Earn event date should not be in future.',
  801: 'Only ISSUE_EARN type badge can be issued',
  803: 'Triggering module info is missing.',
  804: 'RequestId is missing.',
  809: 'Request with same requestId is not allowed',
  810: 'BadgeMeta needs to be claimed first',
  811: 'Badge issue is mandatory before earn',
  812: 'CustomerId information is missing.',
  814: 'Active earn instance is not present.',
  815: 'Badge is not live.',
  816: 'Event date is not in duration of badge meta. Pass the issue event date.',
  826: 'Change from rolling window or fixed constraint to fixed window or vice versa is not allowed.',
  900: 'Badge is already claimed by this owner',
  1026: 'Customer with the specified ID is not found.',
  1028: 'Invalid Customer Identifier type',
  1039: 'Only active badge can be issued.',
  1040: 'An active issue for the badge already exists.',
  1051: 'RevokeIssuals or CustomerId is mandatory',
  1054: 'GLOBAL.BADGE_NOT_FOUND',
  990001: 'Customer limit of the badge is reached',
  990002: 'Limit of the badge is reached',
  990003: 'Customer is named more than once in the request',
  990004: 'No more than 20 entries are allowed',
  990005: 'Custom field name is already in use',
  990006: 'A disabled custom field cannot be enabled again',
  990007: 'Data type of a custom field cannot change',
  990008: 'A mandatory custom field needs a default value',
  990009: 'Only upcoming or live badges can be deactivated',
  990010: 'Badge group is not an active group',
  990011: 'An inactive badge cannot be claimed',
  990012: 'An id of another org has no partner in this one',
  990101: 'A date of 1e11 or more was read as seconds; it looks like milliseconds',
  990102: 'No customers were supplied',
  990103: 'The gateway does not know this field and ignores it',
  990104: 'The limit is 0: nobody can ever earn this badge',
  990105: 'This field is not used here',
  990106: 'Awards after the last cycle of the fixed window are not capped',
  990107: 'The limit limits nothing',
} as const;

export type KnownCode = keyof typeof MESSAGES;

/** Whether a code is the gateway's or Laurel's own, with a message here. */
export const isKnownCode = (code: number): code is KnownCode => Object.hasOwn(MESSAGES, code);

/** The refusal of a claim by an owner the badge is not restricted to is worded differently from the refusal in a create body. */
export const CLAIM_OWNER_NOT_ALLOWED = 'Owner type is not allowed, Please check the configuration';

/** The text of the validator crash behind 999999 (semantics L5). */
export const VALIDATOR_CRASH = 'HV000028: Unexpected exception during isValid call.';

export interface RuleError {
  code: number;
  message: string;
  reference: string | null;
}

export interface RuleWarning {
  code: number;
  message: string;
}

export function ruleError(code: KnownCode, reference: string | null = null): RuleError {
  return { code, message: MESSAGES[code], reference };
}

export function ruleWarning(code: KnownCode): RuleWarning {
  return { code, message: MESSAGES[code] };
}

/** The gateway's message for a value outside an enumeration (error-codes 400). */
export function enumError(value: unknown, field: string, allowed: readonly string[]): RuleError {
  return {
    code: 400,
    message: `Invalid enum value: '${String(value)}' for the field: '${field}'. The value must be one of: [${allowed.join(', ')}].`,
    reference: null,
  };
}

/** The gateway's message for a body that cannot be read (error-codes 400). */
export function parseError(detail: string): RuleError {
  return { code: 400, message: `JSON parse error: ${detail}`, reference: null };
}
