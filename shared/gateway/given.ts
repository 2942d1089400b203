import { OWNER_TYPES, type Claim } from '../domain/badge';
import { isObject, type JsonObject } from '../domain/body-reader';
import { isZone } from '../domain/calendar';
import { answeredIssues, inspectBadge } from '../domain/create-badge';
import type { RuleError } from '../domain/codes';
import { readInstant, type Instant } from '../domain/instant';
import type { BadgeGroup, OrgState } from '../domain/org';
import { DEFAULT_SETTINGS, type OrgSettings } from '../domain/settings';
import { fieldError, flagOf, integerOf, memberOf, objectBody, textOf, unreadable } from './body-values';
import { isMigration } from './call';
import { createContext, errorsOf, withMandatoryFields } from './requests/create-badge';

/** The starting state of a practice org, as the conformance cases describe it (their README, `given`). */
export interface Given {
  now: Instant;
  settings: Partial<OrgSettings>;
  badges: readonly GivenBadge[];
  groups: readonly Pick<BadgeGroup, 'id' | 'name' | 'rank' | 'isActive'>[];
  claims: readonly { badge: string; ownerType: Claim['ownerType']; referenceId: string }[];
}

interface GivenBadge {
  id: string;
  createdAt: Instant;
  body: unknown;
  headers: Readonly<Record<string, string>>;
}

const USER = 1;

function dateOf(value: unknown, path: string): Instant {
  const reading = readInstant(value);
  if (!reading.ok) throw unreadable(`${path} ${reading.reason}`);
  return reading.instant;
}

function listOf(holder: JsonObject, key: string): JsonObject[] {
  const value = holder[key];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw unreadable(`${key} must be a list`);
  return value.map((element: unknown, index) => {
    if (!isObject(element)) throw unreadable(`${key}[${index}] must be an object`);
    return element;
  });
}

function requiredText(holder: JsonObject, key: string, path: string): string {
  const value = textOf(holder, key, `${path}.${key}`);
  if (value === null) throw unreadable(`${path}.${key} is mandatory`);
  return value;
}

/** Settings by their own names and types; anything else is refused, so that a mistyped switch cannot pass unseen. */
function readSettings(value: unknown): Partial<OrgSettings> {
  if (value === undefined || value === null) return {};
  const settings: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries(objectBody(value))) {
    const standard = Object.entries(DEFAULT_SETTINGS).find(([name]) => name === key)?.[1];
    if (typeof setting !== typeof standard || standard === undefined)
      throw unreadable(`settings.${key} is unknown or of another type`);
    settings[key] = setting;
  }
  return settings;
}

function readHeaders(value: unknown, path: string): Record<string, string> {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) throw unreadable(`${path} must be an object`);
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name.toLowerCase(), String(text)]));
}

/** @throws UnreadableValue for anything that is no such description */
export function readGiven(body: unknown): Given {
  const holder = objectBody(body);
  const zone = textOf(holder, 'tz');
  if (zone !== null && !isZone(zone)) throw unreadable('tz is not a time zone');
  return {
    now: dateOf(holder['now'], 'now'),
    settings: { ...(zone === null ? {} : { zone }), ...readSettings(holder['settings']) },
    badges: listOf(holder, 'badges').map((badge, index) => ({
      id: requiredText(badge, 'id', `badges[${index}]`),
      createdAt: dateOf(badge['createdAt'], `badges[${index}].createdAt`),
      body: badge['body'],
      headers: readHeaders(badge['headers'], `badges[${index}].headers`),
    })),
    groups: listOf(holder, 'groups').map((group, index) => ({
      id: requiredText(group, 'id', `groups[${index}]`),
      name: requiredText(group, 'name', `groups[${index}]`),
      rank: integerOf(group['rank'], `groups[${index}].rank`) ?? 0,
      isActive: flagOf(group['isActive'], `groups[${index}].isActive`) ?? true,
    })),
    claims: listOf(holder, 'claims').map((claim, index) => {
      const ownerType = memberOf(claim['ownerType'], 'ownerType', OWNER_TYPES);
      if (ownerType === null) throw unreadable(`claims[${index}].ownerType is mandatory`);
      return {
        badge: requiredText(claim, 'badge', `claims[${index}]`),
        ownerType,
        referenceId: requiredText(claim, 'referenceId', `claims[${index}]`),
      };
    }),
  };
}

/**
 * Fills an empty org with a given state: groups, then badges through the create rules, each at its own instant under its
 * fixed id, then claims. A badge may name a group that is disabled now, because it was not when the badge was made.
 *
 * @returns why a badge or claim cannot be given; the org then holds a part of the state and must be emptied again
 */
export function applyGiven(org: OrgState, given: Given): RuleError[] {
  for (const group of given.groups) {
    const by = { createdOn: given.now, createdBy: USER, lastUpdatedOn: given.now, lastUpdatedBy: USER };
    org.addGroup({ name: group.name, rank: group.rank, isActive: group.isActive, ...by }, group.id);
  }
  for (const badge of given.badges) {
    const context = createContext(org, badge.createdAt, isMigration(badge.headers));
    const inspection = inspectBadge(badge.body, { ...context, groupIsActive: (id) => org.findGroup(id) !== undefined });
    const issues = answeredIssues(inspection.issues);
    if (issues.length > 0 || inspection.definition === null) return errorsOf(issues);
    org.addBadge(withMandatoryFields(org, inspection.definition), badge.createdAt, badge.id);
  }
  for (const { badge: id, ownerType, referenceId } of given.claims) {
    const badge = org.findBadge(id);
    if (!badge) return [fieldError('claims', `there is no badge ${id} to claim`)];
    org.setClaims(badge, [...badge.claims, { ownerType, referenceId, isActive: true }]);
  }
  return [];
}
