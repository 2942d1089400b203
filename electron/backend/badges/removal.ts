import type { RemovalCandidate } from '../../../db/workspace/draft-removal';
import { message, type Message } from '../../../shared/words/message';
import type { OrgView } from '../context';

export interface DeletionOutcome {
  deletable: string[];
  refused: { id: string; name: string; reason: Message }[];
}

/** Sorts drafts into those that may be deleted and those that may not, with the reason in words (semantics L11). */
export function refuseDeletion(candidates: readonly RemovalCandidate[], org: OrgView): DeletionOutcome {
  const counts = org.countsByBadge(candidates.map(({ id }) => id));
  const outcome: DeletionOutcome = { deletable: [], refused: [] };
  for (const { id, name, pushedOn } of candidates) {
    const { issuedCount = 0, earnedCount = 0 } = counts.get(id) ?? {};
    if (pushedOn !== null) {
      outcome.refused.push({
        id,
        name,
        reason: message('badges.keptOnOrg'),
      });
    } else if (issuedCount + earnedCount > 0) {
      outcome.refused.push({
        id,
        name,
        reason:
          earnedCount === 0
            ? message('badges.keptEnrolled', { enrolments: issuedCount })
            : issuedCount === 0
              ? message('badges.keptAwarded', { awards: earnedCount })
              : message('badges.keptEnrolledAndAwarded', { enrolments: issuedCount, awards: earnedCount }),
      });
    } else {
      outcome.deletable.push(id);
    }
  }
  return outcome;
}
