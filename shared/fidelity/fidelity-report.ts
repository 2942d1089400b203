import type { AnswerDifference } from './compare-answers';

/** Why it cannot be said whether an answer is the practice org's. */
export const UNDECIDABLE_REASONS = [
  'no-answer',
  'outage',
  'too-many',
  'not-admitted',
  'on-the-way',
  'no-endpoint',
  'body-missing',
  'answer-missing',
  'no-json',
  'badge-unknown',
  'badge-partly',
  'history',
  'lost-before',
  'people',
  'request-id',
  'other-badges',
  'catalogue',
  'at-once',
] as const;
export type UndecidableReason = (typeof UNDECIDABLE_REASONS)[number];

export type Verdict = 'same' | 'different' | 'undecidable';

/** One call of a recording, beside what the practice org answered. */
export interface CallVerdict {
  /** Its place in the recording, from 1. */
  call: number;
  /** ISO-8601. */
  at: string;
  method: string;
  path: string;
  /** Null: the practice org has none of this method and path. */
  endpoint: string | null;
  verdict: Verdict;
  reason: UndecidableReason | null;
  /** Where the answers differ, the shortest way first; of many the first ten. */
  differences: readonly AnswerDifference[];
}

export interface VerdictCounts {
  same: number;
  different: number;
  undecidable: number;
}

export interface EndpointReport extends VerdictCounts {
  /** Null: calls of no endpoint. */
  endpoint: string | null;
  /** The first call that differs. */
  example: CallVerdict | null;
  reasons: readonly { reason: UndecidableReason; count: number }[];
}

/** A value of a switch, as people write it. */
export interface SwitchValue {
  option: string;
  value: string;
}

/**
 * What the recording says of one switch: `holds`, the value in use is right, since any other that was tried makes a
 * difference; `turned`, another one explains it; `either`, several explain it alike; `open`, nothing in it tells.
 */
export interface SwitchReport extends SwitchValue {
  state: 'holds' | 'turned' | 'either' | 'open';
  /** What the replay began with. */
  used: string;
  /** Values between which nothing in the recording tells; with `open`, those that were tried. */
  values: readonly string[];
  /** The call that tells, from 1; null where none does. */
  call: number | null;
}

/** Whether turning switches makes the differences vanish. */
export interface Explanation {
  /** `none`: there is nothing to explain; `some`: these do; `no`: no switches that were tried do. */
  found: 'none' | 'some' | 'no';
  /** Sets of switches, each of which explains everything; more than one: the recording cannot tell them apart. */
  sets: readonly (readonly SwitchValue[])[];
  /** Where nothing explains everything: what explains the most. */
  closest: { switches: readonly SwitchValue[]; different: number } | null;
  /** The search ended before everything was tried. */
  isBounded: boolean;
}

/** `laurel/fidelity@1` but for its name and where the recording came from. */
export interface FidelityReport {
  /** Switches that the replay began with, where they are not the defaults. */
  settings: readonly SwitchValue[];
  zone: string;
  /** `answers`: the dates in them tell it, or one that keeps the same time. */
  zoneFrom: 'given' | 'answers' | 'default';
  counts: VerdictCounts & { calls: number };
  endpoints: readonly EndpointReport[];
  switches: readonly SwitchReport[];
  explanation: Explanation;
  calls: readonly CallVerdict[];
}
