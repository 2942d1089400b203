import fc from 'fast-check';

/** The endpoints that read a body, with one that they accept; `{badge}` stands for a badge's id. */
export const BODY_CALLS: readonly { method: string; path: string; body: unknown }[] = [
  { method: 'POST', path: 'badgeMeta', body: badge({ startOn: 1774000000 }) },
  { method: 'PUT', path: 'badgeMeta', body: { id: '{badge}', ...badge({}) } },
  { method: 'POST', path: 'badgeMeta/{badge}/claim', body: { ownerType: 'Loyalty', referenceId: '1' } },
  { method: 'POST', path: 'badgeMeta/{badge}/unclaim', body: { ownerType: 'Loyalty', referenceId: '626' } },
  { method: 'POST', path: 'badgeMeta/customer/issueBulk', body: issuance({ customers: [1, 2] }) },
  {
    method: 'POST',
    path: 'badgeMeta/customer/revokeIssue',
    body: { badgeMetaId: '{badge}', customers: [1], revokeIssuals: [{ customerId: 1, issueId: 'x' }] },
  },
  { method: 'POST', path: 'customer/earn', body: issuance({ customerId: 1 }) },
  { method: 'POST', path: 'customer/earnBulk', body: issuance({ customerIds: [1, 2] }) },
  { method: 'POST', path: 'customer/revokeEarn', body: { badgeMetaId: '{badge}', customerId: 1, earnedBadgeId: 'x' } },
  {
    method: 'POST',
    path: 'import/customerBadges',
    body: [{ badgeMetaId: '{badge}', customerId: 1, earnEventDate: 1, earnExpiresOn: 2 }],
  },
  { method: 'POST', path: 'group', body: { name: 'G', rank: 1 } },
  { method: 'PUT', path: 'group/x', body: { name: 'G', rank: 1, isActive: true } },
  { method: 'POST', path: 'customField', body: { name: 'F', dataType: 'STRING', isMandatory: true, defaultValue: '' } },
  { method: 'PUT', path: 'customField/x', body: { name: 'F', isActive: false } },
  { method: 'POST', path: 'orgMeta', body: { tags: [{ key: 'k' }] } },
  { method: 'PUT', path: 'orgMeta', body: { tags: [] } },
];

function issuance(more: Record<string, unknown>): Record<string, unknown> {
  return {
    badgeMetaId: '{badge}',
    requestId: 'r',
    triggeredBy: { ownerType: 'Loyalty', referenceId: '626' },
    earnEventDateISO: null,
    issueEventDate: null,
    ...more,
  };
}

function badge(more: Record<string, unknown>): Record<string, unknown> {
  return {
    name: 'N',
    description: 'd',
    startOn: 1767225600,
    expiresOn: 1798675200,
    earnType: 'ISSUE_EARN',
    earnedBadgeExpiry: { expiryType: 'RELATIVE', relativeExpirytype: 'MONTHS', value: 1 },
    issuedBadgeExpiry: { expiryType: 'ABSOLUTE', type: 'FIXED_DATE', expiresOn: 1926235957 },
    ownership: { restrictedToOwners: ['Loyalty'], claims: [{ ownerType: 'Loyalty', referenceId: '1' }] },
    customerConstraints: [
      {
        constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW',
        durationType: 'DAYS',
        refreshRate: 3,
        startDayOfTheWeek: 1,
        maxEarnLimit: 2,
      },
      {
        constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW',
        rollForDays: 1,
        maxEarnForDays: 1,
        rollForMonths: 1,
        maxEarnForMonths: 1,
      },
    ],
    badgeConstraints: [{ constraintType: 'BADGE_ROLLING_WINDOW', rollType: 'DAYS', rollValue: 1, maxEarnLimit: 1 }],
    images: [{ name: 'n', url: 'u', tag: 'EARNED' }],
    tags: [{ name: 'n', value: 'v' }],
    benefits: [{ benefitType: 'COUPON', seriesId: 1 }],
    badgeGroupId: null,
    badgeRank: 1,
    defaultTillId: 1,
    customFields: { a: 'b' },
    active: true,
    ...more,
  };
}

/** Every place in a body, the body itself included. */
export function placesIn(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, inner]) =>
      placesIn(inner, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

/** The body with something else in one place. */
export function replaceAt(value: unknown, path: readonly (string | number)[], replacement: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  if (Array.isArray(value))
    return value.map((inner: unknown, index) => (index === key ? replaceAt(inner, rest, replacement) : inner));
  const holder = value as Record<string, unknown>;
  return { ...holder, [key]: replaceAt(holder[key], rest, replacement) };
}

/** One value of every wrong kind, and the extremes of the right ones. */
export const WRONG_VALUES: readonly unknown[] = [
  null,
  true,
  '',
  'nonsense',
  '__proto__',
  'constructor',
  '\u0000\ud800',
  -1,
  0,
  1.5,
  1e15,
  9007199254740992,
  1e21,
  1e308,
  -1e308,
  [],
  [[]],
  [null],
  {},
  { '': { __proto__x: 1 } },
];

const anyJson = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' });

/** A random body: JSON of any kind, one of ours with random parts, or bytes that are nothing at all. */
export function randomBody(accepted: unknown): fc.Arbitrary<Uint8Array> {
  const places = placesIn(accepted);
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const twisted = fc
    .array(fc.tuple(fc.constantFrom(...places), fc.oneof(anyJson, fc.constantFrom(...WRONG_VALUES))), {
      minLength: 1,
      maxLength: 3,
    })
    .map((changes) =>
      changes.reduce<unknown>((body, [place, value]) => {
        try {
          return replaceAt(body, place, value);
        } catch {
          return body;
        }
      }, accepted),
    );
  const text = twisted.map((body) => JSON.stringify(body));
  const torn = fc.tuple(text, fc.nat(), fc.nat(255)).map(([whole, at, byte]) => {
    const torn = bytes(whole);
    if (torn.length > 0) torn[at % torn.length] = byte;
    return torn;
  });
  const cut = fc.tuple(text, fc.nat()).map(([whole, at]) => bytes(whole.slice(0, at % (whole.length + 1))));
  return fc.oneof(
    { weight: 5, arbitrary: text.map(bytes) },
    { weight: 2, arbitrary: torn },
    { weight: 1, arbitrary: cut },
    { weight: 1, arbitrary: anyJson.map((value) => bytes(JSON.stringify(value))) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  );
}

const CODES = new Set([
  400, 401, 404, 409, 714, 716, 717, 720, 722, 723, 724, 725, 728, 732, 733, 737, 750, 801, 803, 804, 809, 810, 811,
  812, 814, 815, 816, 826, 1026, 1028, 1039, 1051, 999999, 990001, 990002, 990004, 990005, 990006, 990007, 990008,
  990009, 990010, 990011,
]);

/** What is wrong with an answer as an answer, whatever was asked; null when it is a documented one. */
export function undocumented(status: number, text: string): string | null {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return `no JSON: ${text.slice(0, 200)}`;
  }
  if (Array.isArray(body)) return status === 200 ? null : `a list with ${status}`;
  const { data, errors, warnings } = body as { data: unknown; errors: { code: number }[] | null; warnings: unknown };
  if (status === 200 || status === 201)
    return (errors ?? []).length === 0 && data !== null ? null : `${status} with errors`;
  const codes = (errors ?? []).map((error) => error.code);
  if (data !== null || warnings !== null || codes.length === 0)
    return `${status} outside the envelope: ${text.slice(0, 200)}`;
  if (!codes.every((code) => CODES.has(code))) return `unpublished code in ${codes.join()}`;
  if (status === 500) return codes.length === 1 && codes[0] === 999999 ? null : `500 with ${codes.join()}`;
  return [400, 401, 404, 409].includes(status) ? null : `status ${status}`;
}
