import type { BadgeDefinition } from './badge';
import { BodyReader, isObject, type BadgeIssue, type BadgeWarning } from './body-reader';
import { addYears } from './calendar';
import type { Instant } from './instant';
import { readBadge, type BadgeReading } from './read-badge';
import type { OrgSettings } from './settings';
import { message } from '../words/message';

const FARTHEST_START_IN_YEARS = 100;

/** Whether a start lies further back than any badge may start, new or edited (semantics L4, L8). */
export function startsTooFarBack(startOn: Instant, now: Instant, zone: OrgSettings['zone']): boolean {
  return startOn < addYears(now, -FARTHEST_START_IN_YEARS, zone);
}

/** What the rules on a new badge need to know besides its body. */
export interface CreateContext {
  now: Instant;
  settings: Pick<OrgSettings, 'zone' | 'allowPastStart'>;
  /** The X-CAP-BADGES-MIGRATION header was sent (semantics L4). */
  migration: boolean;
  /** Whether a badge of the org has exactly this name, whatever its status (semantics L6). */
  nameTaken(name: string): boolean;
  /** Whether a group of this id exists and is active (local code 990010); absent: groups are not checked. */
  groupIsActive?(id: string): boolean;
}

/** A badge body judged as a new badge: every mistake at once, in the gateway's order. */
export interface Inspection {
  /** Null while a mistake keeps the rules from reading the badge; broken rules alone leave it readable. */
  definition: BadgeDefinition | null;
  issues: readonly BadgeIssue[];
  warnings: readonly BadgeWarning[];
}

/** Rules 728, 725, 722, 720, 714 in the order of the seed's failure body (semantics L5), then the local 990010. */
function judge(reading: BadgeReading, context: CreateContext): BadgeIssue[] {
  const found = new BodyReader();
  const { name, startOn, expiresOn, restrictedToOwners = [], badgeGroupId } = reading.parts;
  const { now, settings, migration } = context;
  if (restrictedToOwners.length === 0) {
    found.rule(728, 'ownership.restrictedToOwners', message('refusals.chooseOwners'), 'ownership.restrictedToOwners');
  }
  if (name !== undefined && context.nameTaken(name)) {
    found.rule(725, 'name', message('refusals.nameTaken'));
  }
  if (startOn !== undefined) {
    if (migration || settings.allowPastStart) {
      if (startsTooFarBack(startOn, now, settings.zone)) {
        found.rule(722, 'startOn', message('refusals.historicalStart'));
      }
    } else if (startOn < now) {
      found.rule(722, 'startOn', message('refusals.startAhead'));
    }
  }
  if (startOn !== undefined && expiresOn !== undefined && startOn >= expiresOn) {
    found.rule(720, 'expiresOn', message('refusals.endAfterStart'));
  }
  if (reading.claimOwnerTypes.some((owner) => !restrictedToOwners.includes(owner))) {
    found.rule(714, 'ownership.claims', message('refusals.allowOwnerOrRemoveClaim'), 'ownership.restrictedToOwners');
  }
  if (badgeGroupId !== null && badgeGroupId !== undefined && context.groupIsActive?.(badgeGroupId) === false) {
    found.rule(990010, 'badgeGroupId', message('refusals.activeGroup'), 'badgeGroupId');
  }
  return found.issues;
}

/** Judges a body as a new badge (semantics L4–L7, K1): for the editor, which shows every mistake at once. */
export function inspectBadge(body: unknown, context: CreateContext): Inspection {
  const reading = readBadge(body);
  // Of what is no object there is nothing else to say.
  if (!isObject(body)) return { definition: null, issues: reading.issues, warnings: [] };
  return {
    definition: reading.definition,
    issues: [...reading.issues, ...judge(reading, context)],
    warnings: reading.warnings,
  };
}

/**
 * What the gateway would answer for these mistakes: the first stage that failed stops it there. An unreadable value and
 * the validator crash are answered alone, incomplete fields and broken rules each with all of their kind (L5, L7).
 */
export function answeredIssues(issues: readonly BadgeIssue[]): readonly BadgeIssue[] {
  const unreadable = issues.find((issue) => issue.stage === 'unreadable');
  if (unreadable) return [unreadable];
  const crash = issues.find((issue) => issue.stage === 'crash');
  if (crash) return [crash];
  const incomplete = issues.filter((issue) => issue.stage === 'incomplete');
  return incomplete.length > 0 ? incomplete : issues;
}
