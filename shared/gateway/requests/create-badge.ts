import { answeredIssues, inspectBadge, type CreateContext } from '../../domain/create-badge';
import type { BadgeDefinition } from '../../domain/badge';
import type { BadgeIssue, BadgeWarning } from '../../domain/body-reader';
import type { RuleError, RuleWarning } from '../../domain/codes';
import type { Instant } from '../../domain/instant';
import type { OrgState } from '../../domain/org';
import { inEnglish } from '../../words/english';
import { refusal, success } from '../answer';
import { badgeView } from '../badge-view';
import { isMigration, type RequestFunction } from '../call';

/** Issues as the gateway's error objects. */
export function errorsOf(issues: readonly BadgeIssue[]): RuleError[] {
  return issues.map(({ code, message, reference }) => ({ code, message, reference }));
}

/** Warnings as the gateway prints them: each code once. */
export function warningsOf(warnings: readonly BadgeWarning[]): RuleWarning[] {
  return [...new Map(warnings.map(({ code, message }) => [code, { code, message: inEnglish(message) }])).values()];
}

/** What the create rules ask of the org (semantics L4, L6, local code 990010). */
export function createContext(org: OrgState, now: Instant, migration: boolean): CreateContext {
  return {
    now,
    settings: org.settings,
    migration,
    nameTaken: (name) => org.badgeNamed(name) !== undefined,
    groupIsActive: (id) => org.findGroup(id)?.isActive === true,
  };
}

/** POST /badgeMeta: creates a badge without claims (gateway-api section 2; semantics L4–L7, K1). */
export const createBadge: RequestFunction = (org, call, { now }) => {
  const inspection = inspectBadge(call.body, createContext(org, now, isMigration(call.headers)));
  const issues = answeredIssues(inspection.issues);
  if (issues.length > 0 || inspection.definition === null)
    return refusal(errorsOf(issues), org.settings, warningsOf(inspection.warnings));
  const badge = org.addBadge(withMandatoryFields(org, inspection.definition), now);
  return success(badgeView(org, badge, now), warningsOf(inspection.warnings), 201);
};

/** A badge that lacks a mandatory custom field gets its default (semantics F1). */
export function withMandatoryFields(org: OrgState, definition: BadgeDefinition): BadgeDefinition {
  const missing = org
    .customFields()
    .filter((field) => field.isActive && field.isMandatory && !Object.hasOwn(definition.customFields, field.name));
  if (missing.length === 0) return definition;
  const customFields = Object.fromEntries([
    ...Object.entries(definition.customFields),
    ...missing.map((field) => [field.name, field.defaultValue ?? ''] as const),
  ]);
  return { ...definition, customFields };
}
