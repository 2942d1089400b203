import type { ScoredBadge } from '../../../../shared/ipc/scorecard-contract';
import type { OrgCounts } from '../../../../shared/simulation/org-score';
import type { ObservedFile } from './observe-file';
import { score, scoreOrg, type ScoreOrder } from './score';

/** A badge that is to be held against what really came. */
export interface BadgeToScore {
  key: string;
  name: string;
  /** What a file of several badges calls it, where that is neither its key nor its name nor its id in the org that was asked. */
  value?: string | undefined;
  /** What an org counts; null: none was asked. `counts` is null where it has no badge of this name. */
  org: { org: string; counts: OrgCounts | null } | null;
}

export interface CardOrder extends Pick<ScoreOrder, 'scenario' | 'replications' | 'known' | 'purchases'> {
  badges: readonly BadgeToScore[];
  /** Null: only orgs are asked. */
  awards: ObservedFile | null;
  /** Whether the awards are of several badges, each of which is observed by what the file calls it. */
  ofSeveral: boolean;
}

/** Awards of a file that are of none of the badges that are scored. */
export interface UnmatchedAwards {
  value: string;
  awards: number;
}

const plain = (text: string): string => text.trim().toLowerCase();

/**
 * @returns the card of each badge, and what of the file is of none of them, most awards first; where that is all of it, no badge
 * has a score
 * @throws Failure `invalid-input` where the groups cannot be told
 */
export function scoreBadges({ badges, awards, ofSeveral, ...order }: CardOrder): {
  badges: ScoredBadge[];
  unmatched: UnmatchedAwards[];
} {
  const said = new Map(badges.flatMap(({ key, value }) => (value === undefined ? [] : [[plain(value), key]])));
  const found = new Map(
    badges.flatMap(({ key, name, org }) =>
      [key, name, org?.counts?.id ?? key].map((text): [string, string] => [plain(text), key]),
    ),
  );
  const badgeOf = (value: string): string | undefined => said.get(plain(value)) ?? found.get(plain(value));
  const others = awards === null || !ofSeveral ? [] : awards.observed.filter(({ name }) => badgeOf(name) === undefined);
  const unmatched = others
    .map(({ name, days }) => ({ value: name, awards: days.reduce((sum, { events }) => sum + events, 0) }))
    .sort((one, other) => other.awards - one.awards);
  // A file of other badges says nothing of these: it does not say that nobody got them.
  const isOfOthers = others.length > 0 && others.length === awards?.observed.length;
  const scored = badges.map(({ key, name, org }): ScoredBadge => {
    const of = { scenario: order.scenario, badge: key, replications: order.replications };
    const own =
      awards === null || isOfOthers
        ? null
        : !ofSeveral
          ? awards
          : { ...awards, observed: awards.observed.filter(({ name: value }) => badgeOf(value) === key) };
    return {
      ...{ key, name },
      score: own === null ? null : score({ ...order, badge: key, awards: own }),
      org:
        org === null
          ? null
          : { name: org.org, score: org.counts === null ? null : scoreOrg(of, org.counts, own, order.known) },
    };
  });
  return { badges: scored, unmatched };
}
