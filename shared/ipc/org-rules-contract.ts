import { z } from 'zod';
import type { LearnedPoint } from '../fidelity/probe-org';
import { call, job } from './method';

const connectionId = z.int().min(1);

/** A call that is sent to learn an org's rules; its path stands below the gateway's base. */
export interface RulesCall {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  /** Without its question mark; empty: none. */
  query: string;
  headers: Readonly<Record<string, string>>;
  /** JSON for reading; null: none. */
  body: string | null;
}

/** Such a call, and what became of it. */
export interface SentRulesCall extends RulesCall {
  /** `not-done`: surely not carried out, and sent again; `lost`: nobody knows. */
  outcome: 'answered' | 'not-done' | 'lost';
  /** Null where no answer came. */
  status: number | null;
  /** What was answered, as JSON for reading, cut where it is long; null where nothing that can be read came. */
  answer: string | null;
}

/** What an org told of the points that the documents leave open. */
export interface LearnedRules {
  /** What the connection was called then. */
  org: string;
  /** Instant in microseconds, by this computer's clock. */
  learnedOn: number;
  /** In the order of the switches. */
  points: readonly LearnedPoint[];
  /** In the order in which they were sent: `calls` of a point are their places, from 1. */
  calls: readonly SentRulesCall[];
  /** Badges that were made there, for nothing can be deleted from an org. */
  badges: readonly { id: string; name: string; isActive: boolean }[];
}

/** One point that the workspace does not judge as the documents say, or not as the org it took its rules from. */
export interface UsedSwitch {
  /** Option of `laurel gateway`. */
  option: string;
  value: string;
  /** False: a person set it so by hand. */
  isLearned: boolean;
}

/** Whose rules the workspace judges by. */
export interface UsedRules {
  /** Null: none was learned and taken. */
  from: { org: string; learnedOn: number } | null;
  /** Empty: all is as the documents say. */
  switches: readonly UsedSwitch[];
}

export const orgRulesMethods = {
  /** The calls that learning would send now, in order; nothing is sent. An org that answers otherwise gets some more. */
  'orgRules.plan': call<{ calls: readonly RulesCall[] }>()(() => z.object({ connectionId })),
  /** Learns an org's rules by asking it, and keeps them. Never of a production org. `typedName` is the connection's name. */
  'orgRules.learn': job<{ sent: number; planned: number }, LearnedRules>()(() =>
    z.object({ connectionId, typedName: z.string().max(200) }),
  ),
  /** What was learned last; null: nothing yet. */
  'orgRules.get': call<{ learned: LearnedRules | null }>()(() => z.object({ connectionId })),
  /** Has the workspace judge by what is known of an org; what could not be decided stays as it is. */
  'orgRules.use': call<UsedRules>()(() => z.object({ connectionId })),
  /** Whose rules the workspace judges by. */
  'orgRules.used': call<UsedRules>()(() => z.object({})),
  /** Has the workspace judge as Laurel reads the documents. */
  'orgRules.asDocumented': call<UsedRules>()(() => z.object({})),
};
