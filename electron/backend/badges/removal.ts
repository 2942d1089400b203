import type { RemovalCandidate } from '../../../db/workspace/draft-removal';
import type { OrgView } from '../context';

export interface DeletionOutcome {
  deletable: string[];
  refused: { id: string; name: string; reason: string }[];
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
        reason: 'An org has this badge, and the gateway knows no delete. Switch it off instead.',
      });
    } else if (issuedCount + earnedCount > 0) {
      const parts = [counted(issuedCount, 'enrolment'), counted(earnedCount, 'award')].filter((part) => part !== '');
      outcome.refused.push({
        id,
        name,
        reason: `Customers have it: ${parts.join(' and ')}. Deleting it would orphan them. Switch it off instead.`,
      });
    } else {
      outcome.deletable.push(id);
    }
  }
  return outcome;
}

function counted(count: number, noun: string): string {
  if (count === 0) return '';
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
