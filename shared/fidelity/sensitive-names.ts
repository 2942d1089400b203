/** What names of fields, parameters and headers say of the value beside them. */

const SECRET =
  /secret|passw(?:or)?d|token|api[-_]?key|authori[sz]ation|credential|cookie|session|signature|^(?:key|sig|auth|pwd|jwt)$/i;
const CUSTOMER = /^(?:customer|member|user)[-_]?ids?$|^customers?$|^cid$/i;
const IDENTIFIER =
  /^(?:mobile|phone|msisdn|e-?mail|external[-_]?id|card[-_]?number|identifier[-_]?value)(?:s|[-_]?number)?$/i;
/** Things that are a customer: their `id` and `name` are the customer's. */
const WHO = /^(?:customer|member|user|person|profile)s?$/i;
const PERSON =
  /^(?:first|last|full|middle|sur|family|given|customer|member)[-_]?name$|^(?:birth[-_]?date|birth[-_]?day|date[-_]?of[-_]?birth|dob|address|street)$/i;

/** Fields in whose numbers no customer is looked for: they are dates, limits, counts and codes. */
const QUANTITY =
  /(?:On|Date|At|Limit|Count|Days|Weeks|Months|Rate|Rank|Pages|Code)$|^(?:page|size|limit|total|rank|code|status|badgeNumericId)$/;

const KNOWN_HEADERS = new Set(['x-cap-badges-migration', 'x-cap-customer-identifier', 'x-cap-request-id']);

/** Whether what stands under this name is to be known to nobody. */
export function isSecretName(name: string): boolean {
  return SECRET.test(name) || (/^x-/i.test(name) && !KNOWN_HEADERS.has(name.toLowerCase()));
}

/** @param of the name of the thing that has it; empty where nobody says */
export const isCustomerName = (name: string, of = ''): boolean =>
  CUSTOMER.test(name) || (/^id$/i.test(name) && WHO.test(of));
export const isIdentifierName = (name: string): boolean => IDENTIFIER.test(name);
/** @param of as with {@link isCustomerName} */
export const isPersonName = (name: string, of = ''): boolean =>
  PERSON.test(name) || (/^name$/i.test(name) && WHO.test(of));
/** Whether all that an object of this name holds is a secret. */
export const holdsSecrets = (name: string): boolean =>
  /^(?:auth|authori[sz]ation|credentials?|secrets?|passwords?)$/i.test(name);

/**
 * Whether what a text names so is a secret. In a sentence “key”, “session” or “x-…” may stand beside a plain word, which no secret is.
 */
export const isNamedSecret = (name: string, value: string): boolean =>
  isSecretName(name) && (!/^(?:key|sig|auth|session)$|^x-/i.test(name) || /\d/.test(value) || value.length >= 20);

/** How far a value goes in a text that names it so, as `rewriteNamed` asks. @param of as with {@link isCustomerName} */
export function tells(name: string, of = ''): 'whole' | 'word' | null {
  if (isSecretName(name)) return 'whole';
  return isCustomerName(name, of) || isIdentifierName(name) || isPersonName(name, of) ? 'word' : null;
}
export const isQuantityName = (name: string): boolean => QUANTITY.test(name);
