import { z } from 'zod';
import type { OrgScore } from '../simulation/org-score';
import type { Score } from '../simulation/scorecard';
import { job } from './method';
import { tableChoices, type TableQuestion } from './tables-contract';

/** A file that was chosen, and what was said of how it is read. */
const table = z.object({
  token: z.string().min(1).max(100),
  /** For people. */
  name: z.string().min(1).max(1000),
  choices: tableChoices.default({}),
});

/** Which of the files is meant. */
export type ScoredFile = 'awards' | 'sales' | 'control';

/** One badge of a forecast held against what really came. */
export interface ScoredBadge {
  /** In the scenario. */
  key: string;
  name: string;
  /** Against a file of awards; null: there is none. */
  score: Score | null;
  /** Against what an org counts; null: none was asked. Its own score is null where it has no badge of this name. */
  org: { name: string; score: OrgScore | null } | null;
}

/** A scorecard, with the rows that were left out of it. */
export interface ScoredView {
  badges: readonly ScoredBadge[];
  /** What a file of several badges has of none of them, most awards first. */
  unmatched: readonly { value: string; awards: number }[];
  files: readonly { of: ScoredFile; rows: number; skipped: number; badRows: number }[];
}

/** `questions`: what has to be said of a file first. */
export type ScorecardAnswer = ScoredView | { of: ScoredFile; questions: readonly TableQuestion[] };

export const scorecardMethods = {
  /** Holds a kept result's scenario against what really came. It is run again, since bands of weeks are of the runs' own sums. */
  'simulation.scorecard': job<{ share: number }, ScorecardAnswer>()(() =>
    z.object({
      id: z.int(),
      badge: z.int().min(0).max(10_000),
      /** Awards of that badge; null: only an org is asked. */
      awards: table.nullable().default(null),
      /** The column of the awards that says of which badge each is: then every badge of the scenario is held against its own. Null: all are of one. */
      badgeColumn: z.string().min(1).max(1000).nullable().default(null),
      /** What that column calls badges, by their key, where it is neither their key nor their name. */
      badgeValues: z.record(z.string(), z.string().max(1000)).default({}),
      /** The org whose own counts of the badge of the same name are held against the forecast, too; null: none. */
      connectionId: z.int().min(1).nullable().default(null),
      /** The last day of which all awards are in the file, as `2026-12-24`; null: the day of its last row. */
      until: z.iso.date().nullable().default(null),
      /** Purchases of customers who could get it, and those of customers who were kept out, as a file or as a segment of the first. */
      sales: table.nullable().default(null),
      control: z
        .union([table, z.object({ segment: z.string().min(1).max(1000) })])
        .nullable()
        .default(null),
      controlSize: z.int().min(2).max(1_000_000_000).nullable().default(null),
      /** Customers who could get the badge; null: those of the scenario. */
      size: z.int().min(2).max(1_000_000_000).nullable().default(null),
    }),
  ),
};
