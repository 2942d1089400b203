import type { Vector, VectorCall } from '../vectors';
import { badgeBody, enrolFirst, owners, WITH_BADGE } from '../../domain/badge-bodies';

export const BADGE = '0000000000000000000000b1';
export const OTHER = '0000000000000000000000b2';
export const NOBODY = 'ffffffffffffffffffffffff';
const NOON = '2026-03-10T12:00:00Z';
const BASE = '/api_gateway/v1/badges';

export type Json = Record<string, unknown>;
/** A create body of a direct badge that lives through 2026; a field that is given as undefined is left out. */
export function direct(changes: Json = {}): Json {
  return badgeBody({
    name: 'Vector badge',
    startOn: 1767225600,
    expiresOn: 1798675200,
    earnedBadgeExpiry: WITH_BADGE,
    ...owners('Loyalty', 'Milestones'),
    active: true,
    ...changes,
  });
}

/** The same badge with enrolment. */
export function enrolled(changes: Json = {}): Json {
  return direct({ ...enrolFirst(WITH_BADGE), ...changes });
}

export const relative = (relativeExpiryType: string, value: number): Json => ({
  expiryType: 'RELATIVE',
  relativeExpiryType,
  value,
});

export interface GivenParts {
  now?: string;
  tz?: string;
  badges?: Json[];
  /** Badges by id, where a case needs more than one. */
  named?: { id: string; body: Json; createdAt?: string; headers?: Json }[];
  claims?: boolean;
  groups?: Json[];
  settings?: Json;
  history?: Vector['given']['history'];
}

/** The given state of a case: its badge under the usual id, claimed by Loyalty 626 unless it says otherwise. */
export function given(parts: GivenParts = {}): Vector['given'] {
  const badges = [
    ...(parts.badges ?? []).map((body, index) => ({
      id: index === 0 ? BADGE : `0000000000000000000000b${index + 1}`,
      createdAt: '2025-12-01T00:00:00Z',
      body,
    })),
    ...(parts.named ?? []).map(({ id, body, createdAt, headers }) => ({
      id,
      createdAt: createdAt ?? '2025-12-01T00:00:00Z',
      body,
      ...(headers ? { headers } : {}),
    })),
  ];
  return {
    now: parts.now ?? NOON,
    tz: parts.tz ?? 'UTC',
    badges,
    claims:
      (parts.claims ?? true) ? badges.map(({ id }) => ({ badge: id, ownerType: 'Loyalty', referenceId: '626' })) : [],
    history: parts.history ?? [],
    ...(parts.groups ? { groups: parts.groups } : {}),
    ...(parts.settings ? { settings: parts.settings } : {}),
  };
}

const TRIGGER = { ownerType: 'Loyalty', referenceId: '626' };

export function post(path: string, body?: unknown, headers?: Record<string, string>): VectorCall {
  return { endpoint: `POST ${BASE}/${path}`, ...(body === undefined ? {} : { body }), ...(headers ? { headers } : {}) };
}

export function put(path: string, body?: unknown): VectorCall {
  return { endpoint: `PUT ${BASE}/${path}`, ...(body === undefined ? {} : { body }) };
}

export function get(path: string, query: Record<string, string> = {}, headers?: Record<string, string>): VectorCall {
  return { endpoint: `GET ${BASE}/${path}`, query, ...(headers ? { headers } : {}) };
}

export const create = (body: unknown, headers?: Record<string, string>): VectorCall => post('badgeMeta', body, headers);
export const update = (body: Json): VectorCall => put('badgeMeta', { id: BADGE, ...body });

export const earn = (changes: Json = {}): VectorCall =>
  post('customer/earn', { badgeMetaId: BADGE, customerId: 1001, requestId: 'r', triggeredBy: TRIGGER, ...changes });

export const earnBulk = (customerIds: unknown, changes: Json = {}): VectorCall =>
  post('customer/earnBulk', { badgeMetaId: BADGE, customerIds, requestId: 'r', triggeredBy: TRIGGER, ...changes });

export const enrol = (customers: unknown, changes: Json = {}): VectorCall =>
  post('badgeMeta/customer/issueBulk', {
    badgeMetaId: BADGE,
    customers,
    requestId: 'r',
    triggeredBy: TRIGGER,
    ...changes,
  });

/** A call of the history at its own instant, with a request id of its own. */
export function at(
  instant: string,
  call: VectorCall,
  save?: Record<string, string>,
): Vector['given']['history'][number] {
  const body = call.body as Json | undefined;
  const unique = body?.['requestId'] === 'r' ? { ...call, body: { ...body, requestId: `at ${instant}` } } : call;
  return { at: instant, ...unique, ...(save ? { save } : {}) };
}

export function caseOf(
  id: string,
  rules: string,
  state: Vector['given'],
  when: VectorCall,
  then: Omit<Vector['then'], 'status'> & { status?: number },
): Vector {
  return { id, rules: rules.split(' '), given: state, when, then: { status: 200, ...then } };
}

/** Refused as a whole: no data, these codes. */
export function refused(
  id: string,
  rules: string,
  state: Vector['given'],
  when: VectorCall,
  status: number,
  ...errors: number[]
): Vector {
  return caseOf(id, rules, state, when, { status, data: null, errors });
}
