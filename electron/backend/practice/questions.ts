import type { Instant } from '../../../shared/domain/instant';
import type { OrgSettings } from '../../../shared/domain/settings';
import type { FaultPlan } from '../../../shared/gateway/fault-plan';
import type { ParsedInput, Output } from '../../../shared/ipc/contract';
import type { PracticeCall, PracticeTotals } from '../../../shared/ipc/practice-contract';
import type { FilledOrg, PulledOrg } from './states/fill-org';

type Asked<N extends 'practice.call' | 'practice.badges' | 'practice.badge' | 'practice.records'> = {
  input: ParsedInput<N>;
  answer: Output<N>;
};

/** What its host may ask of a practice org that runs in a thread of its own. */
export interface PracticeQuestions {
  call: Asked<'practice.call'>;
  badges: Asked<'practice.badges'>;
  badge: Asked<'practice.badge'>;
  records: Asked<'practice.records'>;
  /** Settings that hold from the next request on. */
  settings: { input: Partial<OrgSettings>; answer: PracticeNews };
  /** What goes wrong from the next request on; null: nothing. */
  faults: { input: FaultPlan | null; answer: PracticeNews };
  /** Takes everything out of the org. */
  empty: { input: null; answer: PracticeNews };
  /** Where the clock stands from the next request on; null: it runs with the machine's. */
  clock: { input: Instant | null; answer: PracticeNews };
  /** Writes the org as it is now into a state file. */
  save: { input: { file: string; name: string }; answer: PracticeNews };
  /** Makes the org what a state file says. */
  restore: { input: { file: string; name: string }; answer: PracticeNews & { settings: OrgSettings } };
  /** Empties the org and fills it as an org was when it was pulled. */
  fill: { input: PulledOrg; answer: PracticeNews & { filled: FilledOrg } };
}

export type QuestionName = keyof PracticeQuestions;
export type QuestionInput<Q extends QuestionName> = PracticeQuestions[Q]['input'];
export type QuestionAnswer<Q extends QuestionName> = PracticeQuestions[Q]['answer'];

/** How things stand, with the calls since the news before. */
export interface PracticeNews {
  answered: number;
  /** Oldest first; of many at once only the latest. */
  calls: readonly PracticeCall[];
  totals: PracticeTotals;
  /** Where the org's clock stands; null: it runs with the machine's. */
  clock: Instant | null;
  /** One for each fault rule in force, in their order. */
  faults: readonly { met: number; struck: number }[];
}
