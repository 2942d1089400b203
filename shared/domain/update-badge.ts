import {
  badgeStatus,
  type BadgeDefinition,
  type Constraint,
  type ConstraintLevel,
  type CycleForm,
  type FixedWindowConstraint,
} from './badge';
import { BodyReader, type BadgeIssue } from './body-reader';
import { dateAt } from './calendar';
import { claimedOwnersLost } from './claimed-owners';
import { startsTooFarBack } from './create-badge';
import { configurationDates, configurationView, cycleOn, firstDateAfter } from './cycles';
import type { Instant } from './instant';
import type { BadgeCounts, StoredBadge } from './org';
import type { BadgeReading } from './read-badge';
import type { OrgSettings } from './settings';
import { message } from '../words/message';

/** What the rules on an update need to know besides the stored badge and the new body. */
export interface UpdateContext {
  now: Instant;
  settings: OrgSettings;
  counts: Pick<BadgeCounts, 'issuedCount' | 'earnedCount'>;
  /** Whether another badge of the org has exactly this name (semantics L6). */
  nameTaken(name: string): boolean;
  groupIsActive?(id: string): boolean;
}

const isFixedWindow = (constraint: Constraint): constraint is FixedWindowConstraint =>
  constraint.kind === 'FIXED_WINDOW';
const sameForm = (a: CycleForm, b: CycleForm): boolean =>
  a.durationType === b.durationType && a.refreshRate === b.refreshRate && a.startDayOfTheWeek === b.startDayOfTheWeek;

/** Whether a level turns from fixed window to rolling or fixed value, or back (semantics W8). */
function switchesKind(before: readonly Constraint[], after: readonly Constraint[]): boolean {
  const limits = (list: readonly Constraint[]): Constraint[] =>
    list.filter((constraint) => constraint.kind !== 'NO_LIMIT');
  const old = limits(before);
  const next = limits(after);
  return old.length > 0 && next.length > 0 && old.some(isFixedWindow) !== next.some(isFixedWindow);
}

/** Rules 728, 725, 722, 723, 720, 724, 714, 826 in that order (error-codes, Accumulation), then the local 990010 and L10. */
export function judgeUpdate(stored: StoredBadge, reading: BadgeReading, context: UpdateContext): BadgeIssue[] {
  const found = new BodyReader();
  const old = stored.definition;
  const { now } = context;
  const upcoming = badgeStatus(old, now) === 'UPCOMING';
  const { name, startOn, expiresOn, restrictedToOwners = [], badgeGroupId } = reading.parts;
  if (restrictedToOwners.length === 0) {
    found.rule(728, 'ownership.restrictedToOwners', message('refusals.chooseOwners'), 'ownership.restrictedToOwners');
  }
  if (name !== undefined && context.nameTaken(name)) found.rule(725, 'name', message('refusals.nameTaken'));
  if (startOn !== undefined && upcoming && startsTooFarBack(startOn, now, context.settings.zone)) {
    found.rule(722, 'startOn', message('refusals.startUpTo100Years'));
  }
  if (startOn !== undefined && startOn !== old.startOn && !upcoming) {
    found.rule(723, 'startOn', message('refusals.keepsStart'));
  }
  if (startOn !== undefined && expiresOn !== undefined && startOn >= expiresOn) {
    found.rule(720, 'expiresOn', message('refusals.endAfterStart'));
  }
  if (expiresOn !== undefined && expiresOn !== old.expiresOn && expiresOn < now) {
    found.rule(724, 'expiresOn', message('refusals.endAhead'));
  }
  const claimedBy = stored.claims.filter((claim) => claim.isActive).map((claim) => claim.ownerType);
  if (claimedOwnersLost(restrictedToOwners, claimedBy).length > 0) {
    found.rule(
      714,
      'ownership.restrictedToOwners',
      message('refusals.claimedOwnerStays'),
      'ownership.restrictedToOwners',
    );
  }
  const { definition } = reading;
  if (definition !== null && !upcoming) {
    const levels = [
      { path: 'customerConstraints', before: old.customerConstraints, after: definition.customerConstraints },
      { path: 'badgeConstraints', before: old.badgeConstraints, after: definition.badgeConstraints },
    ];
    const switched = levels.find((level) => switchesKind(level.before, level.after));
    if (switched) found.rule(826, switched.path, message('refusals.keepsLimitKind'));
  }
  if (
    badgeGroupId !== null &&
    badgeGroupId !== undefined &&
    badgeGroupId !== old.badgeGroupId &&
    context.groupIsActive?.(badgeGroupId) === false
  ) {
    found.rule(990010, 'badgeGroupId', message('refusals.activeGroup'), 'badgeGroupId');
  }
  return found.issues;
}

/** earnType may change only while UPCOMING and unused (semantics L10): a 400 of its own, before the rules. */
export function earnTypeIssue(stored: StoredBadge, reading: BadgeReading, context: UpdateContext): BadgeIssue | null {
  const changed = reading.definition !== null && reading.definition.earnType !== stored.definition.earnType;
  const unused = context.counts.issuedCount === 0 && context.counts.earnedCount === 0;
  if (!changed || (badgeStatus(stored.definition, context.now) === 'UPCOMING' && unused)) return null;
  const found = new BodyReader();
  found.incomplete(
    'earnType',
    'earnType cannot change once the badge is live or used',
    message('refusals.duplicateInstead'),
  );
  return found.issues[0] ?? null;
}

interface Configurations {
  expired: FixedWindowConstraint[];
  active: FixedWindowConstraint[];
  upcoming: FixedWindowConstraint[];
}

function byStatus(
  badge: BadgeDefinition,
  windows: readonly FixedWindowConstraint[],
  now: Instant,
  zone: string,
): Configurations {
  const sorted: Configurations = { expired: [], active: [], upcoming: [] };
  for (const window of windows) {
    const { cycleStatus } = configurationView(badge, window, now, zone);
    if (cycleStatus === 'EXPIRED' && window.untilDate !== null) sorted.expired.push(window);
    else if (cycleStatus === 'UPCOMING' && window.fromDate !== null) sorted.upcoming.push(window);
    else sorted.active.push(window);
  }
  return sorted;
}

/** A window of the level after an edit, and the sent window in whose place it stands; null: none was sent for it. */
interface PlacedWindow {
  window: FixedWindowConstraint;
  place: FixedWindowConstraint | null;
}

/**
 * The fixed windows of one level after an edit of a badge that has started (semantics W6, W7): an unchanged form keeps
 * its configuration and takes the new limit at once; a new form starts after the running cycle of the one it replaces,
 * which is cut the day before; a pending configuration is replaced; past ones stay on record.
 */
function rescheduleWindows(
  old: BadgeDefinition,
  next: BadgeDefinition,
  before: readonly FixedWindowConstraint[],
  wanted: readonly FixedWindowConstraint[],
  now: Instant,
  settings: OrgSettings,
): PlacedWindow[] {
  const { expired, active, upcoming } = byStatus(old, before, now, settings.zone);
  const open = [...wanted];
  const take = (form: CycleForm): FixedWindowConstraint | undefined => {
    const index = open.findIndex((candidate) => sameForm(candidate, form));
    return index < 0 ? undefined : open.splice(index, 1)[0];
  };
  const keptActive = active.map((window) => ({ window, kept: take(window) }));
  const keptUpcoming = upcoming.map((window) => ({ window, kept: take(window) }));
  // Past forms beside the present one are an echo of what the gateway printed; alone they are a wish to go back to one.
  const isEcho = [...keptActive, ...keptUpcoming].some(({ kept }) => kept);

  const result = expired.map((window): PlacedWindow => ({
    window,
    place: (isEcho ? take(window) : undefined) ?? null,
  }));
  const followers: PlacedWindow[] = [];
  for (const { window, kept } of keptActive) {
    const follower = keptUpcoming.find(
      ({ window: later, kept: stays }) =>
        stays && window.untilDate !== null && later.fromDate !== null && later.fromDate > window.untilDate,
    );
    if (follower?.kept && window.untilDate !== null) {
      const { maxEarnLimit } = kept ?? window;
      result.push({ window: { ...window, maxEarnLimit }, place: kept ?? follower.kept });
      continue;
    }
    const uncut = { ...window, untilDate: null, maxEarnLimit: kept?.maxEarnLimit ?? window.maxEarnLimit };
    const successor = kept && window.untilDate === null ? undefined : open.shift();
    if (!successor) {
      if (kept) result.push({ window: uncut, place: kept });
      continue;
    }
    const dates = { ...configurationDates(next, uncut, settings.zone), lastDate: null };
    const running = cycleOn(uncut, dates, dateAt(now, settings.zone), settings);
    if (running === null) {
      followers.push({ window: successor, place: successor });
      continue;
    }
    const fromDate = firstDateAfter(running, successor);
    result.push({ window: { ...uncut, untilDate: fromDate - 1 }, place: kept ?? successor });
    followers.push({ window: { ...successor, fromDate }, place: successor });
  }
  for (const { window, kept } of keptUpcoming) {
    if (kept) followers.push({ window: { ...window, maxEarnLimit: kept.maxEarnLimit }, place: kept });
  }
  return [...result, ...followers, ...open.map((window): PlacedWindow => ({ window, place: window }))];
}

/** One level after an edit, in the order in which it was sent: the first reached limit is the one reported (semantics C5). */
function rescheduleLevel(
  stored: StoredBadge,
  next: BadgeDefinition,
  level: ConstraintLevel,
  now: Instant,
  settings: OrgSettings,
): readonly Constraint[] {
  const key = level === 'CUSTOMER' ? 'customerConstraints' : 'badgeConstraints';
  const after = next[key];
  const before = stored.definition[key].filter(isFixedWindow);
  const wanted = after.filter(isFixedWindow);
  if (before.length === 0 || wanted.length === 0) return after;
  const placed = rescheduleWindows(stored.definition, next, before, wanted, now, settings);
  return after.flatMap((constraint): Constraint[] =>
    isFixedWindow(constraint)
      ? placed
          // What nobody sent is over: it goes before the first of those that were sent.
          .filter(({ place }) => place === constraint || (place === null && constraint === wanted[0]))
          .map(({ window }) => window)
      : [constraint],
  );
}

/**
 * The definition an update leaves behind. While UPCOMING, and for a direct badge that has ended, the new one simply
 * replaces the old (W7, L10); otherwise its fixed windows are rescheduled (W6).
 */
export function applyUpdate(
  stored: StoredBadge,
  next: BadgeDefinition,
  now: Instant,
  settings: OrgSettings,
): BadgeDefinition {
  const status = badgeStatus(stored.definition, now);
  const hasRunningCycles = status === 'LIVE' || (status === 'EXPIRED' && stored.definition.earnType === 'ISSUE_EARN');
  if (!hasRunningCycles) return next;
  return {
    ...next,
    customerConstraints: rescheduleLevel(stored, next, 'CUSTOMER', now, settings),
    badgeConstraints: rescheduleLevel(stored, next, 'BADGE', now, settings),
  };
}
