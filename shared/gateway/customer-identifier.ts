import { ruleError, type RuleError } from '../domain/codes';
import { CUSTOMER_IDENTIFIER_KINDS, type CustomerIdentifierKind, type OrgState } from '../domain/org';
import type { GatewayCall } from './call';

/** Says how a call names its customer. */
export const IDENTIFIER_HEADER = 'x-cap-customer-identifier';

/** How a call names its customer: by id, or by one of the four kinds (semantics S1). */
export type IdentifierReading = { ok: true; kind: CustomerIdentifierKind | 'id' } | { ok: false; errors: RuleError[] };

/** Reads X-CAP-CUSTOMER-IDENTIFIER; an unknown kind is refused with 1028. */
export function identifierKindOf(headers: GatewayCall['headers']): IdentifierReading {
  const given = headers[IDENTIFIER_HEADER]?.trim();
  if (given === undefined || given === '') return { ok: true, kind: 'id' };
  const kind = CUSTOMER_IDENTIFIER_KINDS.find((candidate) => candidate === given);
  return kind === undefined ? { ok: false, errors: [ruleError(1028)] } : { ok: true, kind };
}

/** The customer behind a value, or null where it resolves to nobody (1026). */
export function resolveCustomer(org: OrgState, kind: CustomerIdentifierKind | 'id', value: string): number | null {
  if (kind !== 'id') return org.resolveCustomer(kind, value) ?? null;
  const id = /^\d{1,16}$/.test(value) ? Number(value) : NaN;
  return Number.isSafeInteger(id) && id > 0 && org.isKnownCustomer(id) ? id : null;
}

/** The customer of a path: 1028 for an unknown kind, 1026 for nobody. */
export function customerOfPath(
  org: OrgState,
  call: GatewayCall,
): { ok: true; customerId: number } | { ok: false; errors: RuleError[] } {
  const reading = identifierKindOf(call.headers);
  if (!reading.ok) return reading;
  const customerId = resolveCustomer(org, reading.kind, call.path['customerId'] ?? '');
  return customerId === null ? { ok: false, errors: [ruleError(1026)] } : { ok: true, customerId };
}
