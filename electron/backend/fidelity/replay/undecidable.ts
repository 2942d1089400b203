import { isObject } from '../../../../shared/domain/body-reader';
import type { AnswerDifference } from '../../../../shared/fidelity/compare-answers';
import type { UndecidableReason } from '../../../../shared/fidelity/fidelity-report';
import { codesOf, textOrNull, type PreparedCall } from './prepared-calls';
import type { StartingState } from './starting-state';

/** Lists that show badges, whatever they are asked for. */
const BADGE_LISTS = new Set(['listBadges', 'customerBadges', 'customerManagement']);
const CUSTOMER_LISTS = new Set(['customerBadges', 'customerManagement']);
const GROUPS = new Set(['createGroup', 'updateGroup', 'groupById', 'listGroups']);
const FIELDS = new Set(['createCustomField', 'updateCustomField', 'customFieldById', 'listCustomFields']);
const META = new Set(['createOrgMeta', 'updateOrgMeta', 'readOrgMeta']);
/** Endpoints whose answers depend on what customers have. */
const ON_RECORDS = new Set([
  ...['earn', 'earnBulk', 'issueBulk', 'revokeEarn', 'revokeIssue', 'customerBadges', 'customerManagement'],
  ...['customerBadgeDetails', 'fixedWindowDetails', 'badgeById', 'listBadges', 'updateBadge'],
]);
/** Of these only the counts are of records. */
const ON_COUNTS = new Set(['badgeById', 'listBadges', 'updateBadge']);

/** Starts and durations are told in whole milliseconds, each rounded in its own way. */
const CLOCK_GRAIN = 2_000;

/** What is unknown at each call, because of what was before the recording, or was lost in it. */
export class Unknown {
  readonly #state: StartingState;
  readonly #put: ReadonlySet<string>;
  /** By endpoint and for all: request ids that came up already. */
  readonly #requestIds = new Set<string>();
  /** Badges at which a write was lost; null among them: nobody knows at which. */
  readonly #lost: Set<string | null>;
  readonly #writes: PreparedCall[];

  constructor(
    calls: readonly PreparedCall[],
    state: StartingState,
    put: ReadonlySet<string>,
    missing: ReadonlySet<string | null>,
  ) {
    this.#lost = new Set(missing);
    this.#state = state;
    this.#put = put;
    this.#writes = calls.filter(({ route, fate }) => route?.endpoint.writes === true && fate !== 'held');
  }

  /** Notes a call once it has been judged. */
  passed({ body }: PreparedCall): void {
    const requestId = isObject(body) ? textOrNull(body['requestId']) : null;
    if (requestId !== null) this.#requestIds.add(requestId);
  }

  /** Notes a write of which nobody knows whether it was carried out, or that could not be played. */
  lost({ badges, route }: PreparedCall): void {
    if (badges.length === 0 || route?.endpoint.name === 'createBadge') this.#lost.add(null);
    for (const badge of badges) this.#lost.add(badge);
  }

  /** Why a difference says nothing of the rules; null: it does. */
  reasonFor(call: PreparedCall, differences: readonly AnswerDifference[]): UndecidableReason | null {
    return (
      this.#ofBadges(call) ??
      this.#ofCustomer(call) ??
      this.#ofRequestId(call) ??
      this.#ofCatalogue(call, differences) ??
      this.#ofRecords(call, differences) ??
      (this.#overlaps(call) ? 'at-once' : null)
    );
  }

  #ofBadges({ badges, route }: PreparedCall): UndecidableReason | null {
    for (const id of badges) {
      const earlier = this.#state.badges.get(id);
      if (earlier !== undefined && !this.#put.has(id)) return 'badge-unknown';
      if (earlier !== undefined && !earlier.isWhole) return 'badge-partly';
      if (this.#lost.has(id)) return 'lost-before';
    }
    if (this.#lost.has(null)) return 'lost-before';
    if (!BADGE_LISTS.has(route?.endpoint.name ?? '')) return null;
    const isPartly = [...this.#state.badges.values()].some(({ id, isWhole }) => !isWhole || !this.#put.has(id));
    if (isPartly || !this.#state.knows.badges) return 'other-badges';
    return this.#lost.size > 0 ? 'lost-before' : null;
  }

  /** Who is behind an e-mail address or a mobile, only the org knows. */
  #ofCustomer({ call, route }: PreparedCall): UndecidableReason | null {
    const name = route?.endpoint.name ?? '';
    const readsIdentifier = CUSTOMER_LISTS.has(name) || name === 'customerBadgeDetails' || name === 'revokeEarn';
    const kind = call.headers['x-cap-customer-identifier']?.trim() ?? '';
    return readsIdentifier && kind !== '' ? 'people' : null;
  }

  #ofRequestId({ answer, body }: PreparedCall): UndecidableReason | null {
    if (!codesOf(answer).includes(809) || this.#state.knows.requests) return null;
    const requestId = isObject(body) ? textOrNull(body['requestId']) : null;
    return requestId !== null && this.#requestIds.has(requestId) ? null : 'request-id';
  }

  #ofCatalogue({ answer, route }: PreparedCall, differences: readonly AnswerDifference[]): UndecidableReason | null {
    const name = route?.endpoint.name ?? '';
    const { knows } = this.#state;
    const codes = codesOf(answer);
    if (codes.includes(725) && !knows.badges) return 'other-badges';
    if ((GROUPS.has(name) || codes.includes(990_010)) && !knows.groups) return 'catalogue';
    if (FIELDS.has(name) && !knows.fields) return 'catalogue';
    if (META.has(name) && !knows.meta) return 'catalogue';
    const areOfFields = differences.every(({ path }) => path.includes('customFields'));
    const areOfGroups = differences.every(({ path }) => path.includes('badgeGroup'));
    if ((areOfFields && !knows.fields) || (areOfGroups && !knows.groups)) return 'catalogue';
    return null;
  }

  #ofRecords(call: PreparedCall, differences: readonly AnswerDifference[]): UndecidableReason | null {
    const name = call.route?.endpoint.name ?? '';
    if (!ON_RECORDS.has(name)) return null;
    if (ON_COUNTS.has(name) && !differences.every(({ path }) => /(?:issued|earned)Count$/.test(path))) return null;
    const concerned = BADGE_LISTS.has(name) ? [...this.#state.badges.keys()] : call.badges;
    return concerned.some((id) => this.#hasUnknownRecords(id, call)) ? 'history' : null;
  }

  #hasUnknownRecords(id: string, call: PreparedCall): boolean {
    const badge = this.#state.badges.get(id);
    if (badge === undefined) return false;
    if (badge.earlier?.enrolments === 0 && badge.earlier.awards === 0) return false;
    const customer = call.route?.path['customerId'];
    const isOfOne = customer !== undefined && badge.holders.has(customer);
    // What others have counts for the badge's own limits.
    const constraints = badge.fields['badgeConstraints'];
    const hasOwnLimits = Array.isArray(constraints) && constraints.length > 0;
    if (isOfOne) return hasOwnLimits;
    const customers = customersOf(call.body);
    return hasOwnLimits || customers === null || customers.some((each) => !badge.holders.has(each));
  }

  /** Whether another write of the same badge was under way at the same time: nobody knows which came first. */
  #overlaps(call: PreparedCall): boolean {
    const { span } = call;
    if (span === null) return false;
    return this.#writes.some(
      (other) =>
        other.index !== call.index &&
        other.span !== null &&
        other.span.from + CLOCK_GRAIN < span.to &&
        span.from + CLOCK_GRAIN < other.span.to &&
        (call.badges.length === 0 || other.badges.some((id) => call.badges.includes(id))),
    );
  }
}

/** Customers of a body; null where none are named. */
function customersOf(body: unknown): string[] | null {
  if (!isObject(body)) return null;
  const named = body['customerId'] ?? body['customerIds'] ?? body['customers'] ?? body['revokeIssuals'];
  const list = Array.isArray(named) ? (named as unknown[]) : [named];
  const found = list.flatMap((each) => {
    const text = textOrNull(isObject(each) ? each['customerId'] : each);
    return text === null ? [] : [text];
  });
  return found.length === 0 ? null : found;
}
