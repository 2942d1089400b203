import { badgeStatus } from '../../domain/badge';
import type { BadgeIssue } from '../../domain/body-reader';
import { ruleError } from '../../domain/codes';
import { answeredIssues } from '../../domain/create-badge';
import { readBadge } from '../../domain/read-badge';
import { applyUpdate, earnTypeIssue, judgeUpdate, type UpdateContext } from '../../domain/update-badge';
import { refusal, success } from '../answer';
import { badgeView } from '../badge-view';
import { fieldError, objectBody, textOf } from '../body-values';
import type { RequestFunction } from '../call';
import { errorsOf, warningsOf, withMandatoryFields } from './create-badge';

/**
 * The validator crash is documented for create only; on update a missing date is a missing field like any other
 * (error-codes 999999, 400).
 */
function asMissingField(issue: BadgeIssue): BadgeIssue {
  if (issue.stage !== 'crash') return issue;
  return { ...issue, code: 400, message: `${issue.path} is mandatory`, reference: issue.path, stage: 'incomplete' };
}

/** PUT /badgeMeta: replaces a badge whole (gateway-api section 2; semantics L8–L10, K5, W6–W8). */
export const updateBadge: RequestFunction = (org, call, { now }) => {
  const id = textOf(objectBody(call.body), 'id');
  const reading = readBadge(call.body);
  const structural = reading.issues.map(asMissingField);
  const unreadable = structural.filter((issue) => issue.stage === 'unreadable');
  if (unreadable.length > 0) return refusal(errorsOf(answeredIssues(unreadable)), org.settings);
  if (id === null) {
    return refusal([fieldError('id', 'id is mandatory'), ...errorsOf(structural)], org.settings);
  }
  const stored = org.findBadge(id);
  if (!stored) return refusal([ruleError(404)], org.settings);

  const context: UpdateContext = {
    now,
    settings: org.settings,
    counts: org.countsOf(stored, now),
    nameTaken: (name) => (org.badgeNamed(name) ?? stored).id !== stored.id,
    groupIsActive: (group) => org.findGroup(group)?.isActive === true,
  };
  const earnType = earnTypeIssue(stored, reading, context);
  const issues = answeredIssues([
    ...structural,
    ...(earnType === null ? [] : [earnType]),
    ...judgeUpdate(stored, reading, context),
  ]);
  if (issues.length > 0 || reading.definition === null)
    return refusal(errorsOf(issues), org.settings, warningsOf(reading.warnings));

  const next = withMandatoryFields(org, reading.definition);
  // Only upcoming and live badges can be inactive (semantics L3); this call is another way to switch one off.
  if (stored.definition.active && !next.active && badgeStatus(next, now) === 'EXPIRED') {
    return refusal([ruleError(990009)], org.settings);
  }
  const updated = org.updateBadge(stored, applyUpdate(stored, next, now, org.settings), now);
  return success(badgeView(org, updated, now), warningsOf(reading.warnings));
};
