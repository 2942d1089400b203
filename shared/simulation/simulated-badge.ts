import type { BadgeDefinition } from '../domain/badge';
import { OWNER_TYPES } from '../domain/badge';
import { checkAward } from '../domain/award';
import { decideClaim } from '../domain/claims';
import { inspectBadge } from '../domain/create-badge';
import { checkEnrolment } from '../domain/enrolment';
import type { Instant } from '../domain/instant';
import type { IssuanceInput } from '../domain/issuance-input';
import { MemoryOrg } from '../domain/memory-org';
import type { StoredBadge } from '../domain/org';
import type { OrgSettings } from '../domain/settings';
import { message, type Message } from '../words/message';
import { finding, type Finding } from './json-path';
import type { Scenario, ScenarioBadge } from './scenario';

/** A badge of a scenario, created and claimed, with the rules of the org it lives in. */
export interface SimulatedBadge {
  entry: ScenarioBadge;
  definition: BadgeDefinition;
  stored: StoredBadge;
  org: MemoryOrg;
  /** Why the owner could not claim it (semantics K2); null when it did. Attempts are then refused with 810. */
  claimRefusal: Message | string | null;
}

/** What every earn and issueBulk call of the scenario's owner says. */
function requestBy(badge: Pick<SimulatedBadge, 'entry' | 'stored'>, requestId: string): IssuanceInput {
  const { owner } = badge.entry;
  return {
    badgeMetaId: badge.stored.id,
    requestId,
    triggeredBy: owner ?? { ownerType: 'none', referenceId: null },
    eventDate: null,
  };
}

/** The code with which an attempt at this instant is refused whole, or null (semantics E3–E5); asked of the rules themselves. */
export function awardRefusalAt(badge: SimulatedBadge, at: Instant): number | null {
  const readiness = checkAward(badge.org, requestBy(badge, 'attempt'), 'earn', 'given', at);
  return readiness.ok ? null : (readiness.errors[0]?.code ?? null);
}

/** When an enrolment made at this instant ends, or the code with which the whole request is refused (semantics I1–I4, X3). */
export function enrolmentAt(badge: SimulatedBadge, at: Instant): { expiresOn: Instant } | { refused: number } {
  const readiness = checkEnrolment(badge.org, requestBy(badge, 'wave'), at);
  return readiness.ok ? { expiresOn: readiness.expiresOn } : { refused: readiness.errors[0]?.code ?? 0 };
}

export type BadgeOpening = { ok: true; badge: SimulatedBadge } | { ok: false; findings: Finding[] };

/**
 * Creates a scenario's badge as if under the migration header and lets its owner claim it before the first event.
 *
 * @param body the create body; paths of the findings are relative to it
 */
export function openBadge(
  entry: ScenarioBadge,
  body: unknown,
  from: Instant,
  settings: Partial<OrgSettings>,
): BadgeOpening {
  const org = new MemoryOrg(settings);
  const inspection = inspectBadge(body, { now: from, settings: org.settings, migration: true, nameTaken: () => false });
  if (inspection.definition === null || inspection.issues.length > 0) {
    return {
      ok: false,
      findings: inspection.issues.map((issue) =>
        finding(
          issue.path,
          message('scenarios.badgeMistake', { said: issue.message, code: String(issue.code), advice: issue.advice }),
        ),
      ),
    };
  }
  let stored = org.addBadge(inspection.definition, from);
  const { owner } = entry;
  const ownerType = OWNER_TYPES.find((type) => type === owner?.ownerType);
  let claimRefusal: Message | string | null = null;
  if (owner === null) {
    claimRefusal = message('scenarios.noOwner');
  } else if (owner.ownerType === org.settings.memberCareOwnerType) {
    claimRefusal = null;
  } else if (ownerType === undefined) {
    claimRefusal = message('scenarios.noKindOfOwner', { type: owner.ownerType });
  } else {
    const decision = decideClaim(stored, ownerType, owner.referenceId);
    if (decision.ok) stored = org.setClaims(stored, decision.claims);
    else claimRefusal = decision.errors[0]?.message ?? message('scenarios.claimRefused');
  }
  return { ok: true, badge: { entry, definition: inspection.definition, stored, org, claimRefusal } };
}

/** The org settings that a scenario simulates under: those of its host, in the scenario's own zone. */
export function settingsOf(
  scenario: Pick<Scenario, 'timeZone'>,
  host: Partial<OrgSettings> = {},
): Partial<OrgSettings> {
  return { ...host, zone: scenario.timeZone };
}
