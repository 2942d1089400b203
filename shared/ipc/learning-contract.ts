import { z } from 'zod';
import type { FitVerdict, LearnedCurves } from '../simulation/learning/curves';
import type { FileTimes } from '../simulation/learning/hour-profile';
import type { HoldOut, LearnedSegment } from '../simulation/learning/learn';
import { job } from './method';
import { eventsFile } from './simulation-contract';
import { tableChoices, type TableQuestion } from './tables-contract';

/** What was learned of the customers in a file of transactions. Dates are ISO instants with the zone's offset. */
export interface LearnedView {
  /** Name of the file. */
  file: string;
  /** Of the days and the hours of the clock. */
  zone: string;
  from: string;
  /** From here on the days were held back. */
  cut: string;
  to: string;
  /** Days of the period, and of those the ones held back. */
  days: number;
  heldDays: number;
  events: number;
  customers: number;
  returns: number;
  skipped: number;
  badRows: number;
  /** What the file says of the time of day. */
  times: FileTimes;
  segments: readonly LearnedSegment[];
  /** Segments of which too little is there. */
  leftOut: readonly string[];
  holdOut: Omit<HoldOut, 'days'> | null;
  curves: LearnedCurves;
  verdict: FitVerdict;
  /** `customers` of a scenario. */
  body: Record<string, unknown>;
  /** Where a scenario goes on that continues the file. */
  continued: { from: string; to: string };
}

export type LearnAnswer = { learned: LearnedView } | { questions: readonly TableQuestion[] };

export const learningMethods = {
  /** Learns how customers act from a file of their transactions, in a thread of its own. Nothing is kept or written. */
  'simulation.learn': job<{ share: number }, LearnAnswer>()(() =>
    z.object({
      events: eventsFile,
      /** For people. */
      name: z.string().min(1).max(1000),
      choices: tableChoices.default({}),
      /** Of the days and the hours, and of dates that name none where the choices say no other. */
      zone: z.string().max(100),
      segments: z.union([z.enum(['auto', 'column']), z.int().min(1).max(20)]).default('auto'),
      /** All customers there are; null: unknown, and found from those who came. */
      population: z.int().min(2).max(50_000_000).nullable().default(null),
      /** Days of the zone to learn from, both included, as `2026-12-24`; null: from the first row, and to the last. */
      from: z.iso.date().nullable().default(null),
      to: z.iso.date().nullable().default(null),
      holdOut: z.number().min(0).max(0.9).default(0.2),
    }),
  ),
};
