import { z } from 'zod';
import type { Constraint, ConstraintLevel, FixedWindowConstraint } from '../../domain/badge';
import { dateAt, startOfDate } from '../../domain/calendar';
import { constraintTypeOf } from '../../domain/badge';
import { ruleError } from '../../domain/codes';
import { configurationDates, cycleSpan } from '../../domain/cycles';
import { isWithin, type OrgState, type StoredBadge } from '../../domain/org';
import { windowReferenceId } from '../../domain/window-reference';
import { refusal, success } from '../answer';
import { fieldError, unreadable } from '../body-values';
import type { RequestFunction } from '../call';
import { resolveCustomer } from '../customer-identifier';
import { pageOfCycles, type CycleSource, type ListedCycle } from '../cycle-pages';
import { dated } from '../instant-view';
import { choice, date, pageOf, paginationView, words, yesOrNo } from '../query-values';

const LEVELS: Readonly<Record<'BADGE' | 'CUSTOMER' | 'ALL', readonly ConstraintLevel[]>> = {
  BADGE: ['BADGE'],
  CUSTOMER: ['CUSTOMER'],
  ALL: ['CUSTOMER', 'BADGE'],
};

const isFixedWindow = (constraint: Constraint): constraint is FixedWindowConstraint =>
  constraint.kind === 'FIXED_WINDOW';

function sourcesOf(org: OrgState, badge: StoredBadge, levels: readonly ConstraintLevel[]): CycleSource[] {
  const { customerConstraints, badgeConstraints } = badge.definition;
  return levels.flatMap((level) =>
    (level === 'CUSTOMER' ? customerConstraints : badgeConstraints).filter(isFixedWindow).map((window) => ({
      level,
      window,
      dates: configurationDates(badge.definition, window, org.settings.zone),
    })),
  );
}

/** Awards that count in a cycle, by event date (semantics W1): the customer's, or the whole badge's. */
function earnCountOf(org: OrgState, badge: StoredBadge, cycle: ListedCycle, customerId: number | null): number {
  const span = cycleSpan(cycle, org.settings.zone);
  if (cycle.source.level === 'BADGE') return org.countAwards(badge, 'eventDate', span);
  if (customerId === null) return 0;
  return org.countedAwardsOf(badge, customerId).filter((award) => isWithin(span, award.eventDate)).length;
}

function cycleView(
  org: OrgState,
  badge: StoredBadge,
  cycle: ListedCycle,
  count: { customerId: number | null } | null,
): Record<string, unknown> {
  const { zone } = org.settings;
  const { window, level } = cycle.source;
  return {
    fixedWindowCycleReferenceId: windowReferenceId(window, level),
    ...dated('startDate', startOfDate(cycle.firstDate, zone), zone),
    ...dated('endDate', startOfDate(cycle.lastDate, zone), zone),
    ...(count === null ? {} : { earnCount: earnCountOf(org, badge, cycle, count.customerId) }),
    constraintType: constraintTypeOf(window, level),
  };
}

export const BADGE_META_ID = words('badgeMetaId', 'Needed.');
const CONSTRAINT_TYPE = choice('constraintType', ['BADGE', 'CUSTOMER', 'ALL']);
const INCLUDE_EARN_COUNT = yesOrNo('includeEarnCount', false);
const START_DATE = date('startDate');
const END_DATE = date('endDate');
const CUSTOMER_ID = {
  ...words('customerId', 'Needed with includeEarnCount, unless only the badge is asked for.'),
  schema: z.int().min(1),
};
const REFERENCE_ID = words('fixedWindowCycleReferenceId');
/** Parameters of {@link fixedWindowDetails}. */
export const CYCLE_FILTERS = [
  ...[CONSTRAINT_TYPE, INCLUDE_EARN_COUNT, START_DATE, END_DATE, BADGE_META_ID, CUSTOMER_ID, REFERENCE_ID],
];

/** GET /badgeMeta/getFixedWindowDetails: the cycles of a badge's fixed windows (gateway-api section 2; semantics W). */
export const fixedWindowDetails: RequestFunction = (org, call) => {
  const { query } = call;
  const page = pageOf(query);
  const levels = LEVELS[CONSTRAINT_TYPE.of(query) ?? 'ALL'];
  const withCount = INCLUDE_EARN_COUNT.of(query);
  const startDate = START_DATE.of(query);
  const endDate = END_DATE.of(query);
  const badgeId = BADGE_META_ID.of(query);
  if (badgeId === '') return refusal([fieldError('badgeMetaId', 'badgeMetaId is mandatory')], org.settings);
  const customer = CUSTOMER_ID.of(query);
  if (customer === '' && withCount && levels.includes('CUSTOMER')) return refusal([ruleError(812)], org.settings);
  const customerId = customer === '' ? null : resolveCustomer(org, 'id', customer);
  if (customer !== '' && customerId === null) throw unreadable('customerId must be a customer id');
  const badge = org.findBadge(badgeId);
  if (!badge) return refusal([ruleError(404)], org.settings);

  const { zone } = org.settings;
  const from = startDate ?? badge.definition.startOn;
  const to = endDate ?? badge.definition.expiresOn;
  const referenceId = REFERENCE_ID.of(query);
  const sources = sourcesOf(org, badge, levels).filter(
    ({ window, level }) => referenceId === '' || windowReferenceId(window, level) === referenceId,
  );
  const { cycles, total } = pageOfCycles(sources, dateAt(from, zone), dateAt(to, zone), org.settings, page);
  return success({
    badgeMetaId: badge.id,
    orgId: org.orgId,
    ...dated('startDate', from, zone),
    ...dated('endDate', to, zone),
    ...(customerId === null ? {} : { customerId }),
    fixedWindowCycles: cycles.map((cycle) => cycleView(org, badge, cycle, withCount ? { customerId } : null)),
    pagination: paginationView(page, total),
  });
};
