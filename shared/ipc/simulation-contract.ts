import { z } from 'zod';
import type { NumberText } from '../domain/json';
import type { CrowdingRow } from '../simulation/crowding';
import type { Finding } from '../simulation/json-path';
import { knownTarget } from '../simulation/known-width';
import type { CostAnswer } from '../simulation/monthly-cost';
import type { SimulationResult } from '../simulation/result';
import type { TornadoAnswer } from '../simulation/tornado';
import type { Difference, WinnersAndLosers } from '../simulation/variants';
import type { WhyNot } from '../simulation/why-not';
import { boundedList } from './bounded-list';
import { call, job } from './method';
import type { PickedFile } from './native';
import { policyText, type JudgedPolicy, type PolicyText } from './policies-contract';
import { LANGUAGES, type Message } from '../words/message';

const id = z.int();
const badge = z.int().min(0).max(10_000);
const token = z.string().min(1).max(100);

/** Where the rows of a replay come from: a file just chosen, or the one a kept result was made of. */
export const eventsFile = z.union([z.object({ token }), z.object({ resultId: id })]);
export type EventsFile = z.input<typeof eventsFile>;

/** A scenario (`laurel/scenario@1`), its badges as create bodies; `events.csv` is only the name of the file. */
const body = z.record(z.string(), z.unknown());
export type ScenarioBody = Record<string, unknown>;

/** How numbers of a body were written, where that is not how they print: what is saved again keeps their digits. */
const numbers = boundedList(
  z.tuple([boundedList(z.string(), 300, 'lists.partsOfPath').readonly(), z.string().max(10_000)]).readonly(),
  1_000_000,
  'lists.numbers',
).readonly();

/** A scenario as the page sends it. */
export const askedScenario = z.object({
  body,
  numbers: numbers.default([]),
  /** Null for synthetic customers. */
  events: eventsFile.nullable().default(null),
  /** Replayed customers are numbered 1, 2, 3 … in the order they appear; their own ids are neither kept nor shown. */
  pseudonyms: z.boolean().default(false),
});

export interface RunProgress {
  phase: 'reading' | 'simulating';
  /** From 0 to 1. */
  share: number;
  /** Rows while reading, events while simulating. */
  done: number;
  perSecond: number;
  secondsLeft: number | null;
}

/** Progress of an answer that runs the scenario several times. */
export interface TrialProgress {
  /** Runs that are done, and how many there will be at most. */
  done: number;
  of: number;
  /** From 0 to 1, over all of them. */
  share: number;
}

/** One line of the list of kept results. */
export interface SimulationSummary {
  id: number;
  name: string;
  ranOn: number;
  milliseconds: number;
  seed: number;
  engine: string;
  replications: number;
  events: number;
  /** The answer in plain words, of the first badge. */
  sentence: string;
}

/** What is kept of one badge beside its place in the result file. */
export interface BadgeAnswers {
  key: string;
  name: string;
  sentence: string;
  /** Why nobody at all can get the badge: then this is the answer. Null, and absent from older results: somebody can. */
  nobody?: string | null;
  /** The smallest BADGE_FIXED_VALUE limit; null: the badge has no cap for good. */
  cap: number | null;
  cost: CostAnswer | null;
  /** Awards of each replication, in order: what the chance to keep a budget is made of. */
  awarded: readonly number[];
  crowding: readonly CrowdingRow[];
}

/** An explanation, with the texts of those customers that a file knows by texts, by their numbers. */
export type ExplainedCustomer = WhyNot & { texts?: Readonly<Record<string, string>> };

/** A kept result in full. */
export interface SimulationView {
  summary: SimulationSummary;
  body: ScenarioBody;
  numbers: readonly NumberText[];
  result: SimulationResult;
  badges: readonly BadgeAnswers[];
  badRows: readonly { file?: string; line: number; reason: string }[];
  /** Set for a replay; without its file at hand, questions that run the scenario again cannot be answered. */
  replay: { name: string; isAtHand: boolean; pseudonyms: boolean } | null;
  /** What came of the policies beside it; absent: there were none. */
  policies?: readonly JudgedPolicy[];
}

/** A scenario that is ready to run. */
export interface ReadyScenario {
  id: string;
  title: Message;
  /** The question it answers, in one sentence. */
  question: Message;
  body: ScenarioBody;
}

/** A scenario file that was opened, its badges as create bodies. */
export interface OpenedScenario {
  /** Name of the file. */
  name: string;
  body: ScenarioBody;
  numbers: readonly NumberText[];
  /** Badge files whose bodies were taken in, as the scenario names them. */
  badgeFiles: readonly string[];
  /** The transactions it replays, where they were found; null: it describes its customers. */
  events: { found: true; file: PickedFile } | { found: false; name: string; reason: Message } | null;
  /** Policies beside it that name it. */
  policies: readonly PolicyText[];
}

export type ScenarioOpening =
  | { ok: true; scenario: OpenedScenario }
  /** `name` of the file, and everything that keeps it from being a scenario. */
  | { ok: false; name: string; mistakes: readonly Finding[] };

export interface GoalTrial {
  position: number;
  /** The knob's position as people read it: a number, or a date. */
  words: string;
  /** What the scenario has at the knob's path in this position. */
  value: unknown;
  passes: boolean;
  /** The share served, or the cost. Null: there is none, because nobody tried. */
  measure: number | null;
  /** After how many runs it was decided; 0: nothing was run, because a rule of the badge is broken there. */
  runs: number;
  reasons: readonly (readonly [string, number])[];
}

export type GoalOutcome =
  /** `beyond` is the nearest setting that was tried and fails on the far side of the best one. */
  | {
      found: true;
      best: GoalTrial;
      neighbour: GoalTrial | null;
      beyond: GoalTrial | null;
      tried: readonly GoalTrial[];
      all: boolean;
      /** Runs that the scenario asks for, of each setting. */
      runs: number;
    }
  /** `all`: every setting of the range was tried; else it is of those alone that none does. */
  | {
      found: false;
      low: GoalTrial;
      high: GoalTrial;
      closest: GoalTrial;
      tried: readonly GoalTrial[];
      all: boolean;
      runs: number;
    };

/** One of several results side by side, as its scenario gives it now. */
export interface ComparedVersion {
  id: number;
  name: string;
  result: SimulationResult;
  badges: readonly BadgeAnswers[];
}

export interface VariantsView {
  /** In the order asked; the first is what the others are held against. */
  versions: readonly ComparedVersion[];
  differences: readonly Difference[];
  people: readonly WinnersAndLosers[] | null;
}

const goal = z.union([z.object({ serve: z.number().gt(0).max(1) }), z.object({ budget: z.number().min(0) })]);

/** Cells of a table that is saved; a column of numbers is one, and so is one of dates (`YYYY-MM-DD`). */
const table = z.object({
  columns: boundedList(z.string().max(1_000), 200, 'lists.columns').min(1).readonly(),
  rows: boundedList(
    boundedList(z.union([z.string(), z.number(), z.null()]), 200, 'lists.cells').readonly(),
    5_000_000,
    'lists.rows',
  ).readonly(),
});

export const simulationMethods = {
  /** The scenarios that come with the sample programme, as of today. */
  'simulation.ready': call<{ scenarios: readonly ReadyScenario[] }>()(() =>
    z.object({ language: z.enum(LANGUAGES).default('en') }),
  ),
  /** What is wrong with a scenario, and what a person would want to know before running it. */
  'simulation.check': call<{ mistakes: readonly Finding[]; warnings: readonly Finding[] }>()(() => askedScenario),
  /** Reads a scenario file that was chosen, with its badge files; what it replays is granted by a token. */
  'simulation.open': call<ScenarioOpening>()(() => z.object({ token })),
  /** Writes a scenario to the file that the native dialog named; `events.csv` becomes relative to it. */
  'simulation.saveScenario': call<{ name: string }>()(() => z.object({ target: token, scenario: askedScenario })),
  /** Runs a scenario and keeps the result. */
  /** The language is that of the name which a scenario without one is kept under. */
  'simulation.run': job<RunProgress, SimulationView>()(() =>
    askedScenario.extend({
      language: z.enum(LANGUAGES).default('en'),
      policies: boundedList(policyText, 100, 'lists.policies').default([]),
      /** Runs go on until this is known, in place of the scenario's number of them. */
      untilKnown: knownTarget.nullable().default(null),
    }),
  ),
  /** Kept results, latest first; `total` counts all that match. */
  'simulation.list': call<{ total: number; rows: readonly SimulationSummary[] }>()(() =>
    z.object({
      /** In the name or in the sentence, without regard to case; empty: all. */
      search: z.string().max(200).default(''),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
  ),
  'simulation.get': call<SimulationView>()(() => z.object({ id })),
  'simulation.rename': call<SimulationSummary>()(() => z.object({ id, name: z.string().min(1).max(200) })),
  'simulation.delete': call<{ deleted: number }>()(() =>
    z.object({ ids: boundedList(id, 10_000, 'lists.simulations').min(1) }),
  ),
  /**
   * Every attempt of one customer in the first replication, explained; null: the scenario has no such customer. Of a replayed
   * file the customer is named as the file does, by a number or a text.
   */
  'simulation.explain': job<RunProgress, ExplainedCustomer | null>()(() =>
    z.object({ id, badge, customer: z.union([z.int().min(0), z.string().min(1).max(1000)]) }),
  ),
  /** The setting of one knob with which a badge meets a goal. */
  'simulation.seek': job<TrialProgress, GoalOutcome>()(() => z.object({ id, badge, knob: z.string().max(500), goal })),
  'simulation.tornado': job<TrialProgress, TornadoAnswer>()(() =>
    z.object({ id, badge, measure: z.enum(['awarded', 'customersAwarded', 'customersTurnedAway', 'cost']) }),
  ),
  /** Two to six kept results on the same draws, customer by customer; the first is what the others are held against. */
  'simulation.compare': job<TrialProgress, VariantsView>()(() =>
    z.object({ ids: boundedList(id, 6, 'lists.simulations').min(2) }),
  ),
  /** Writes text, bytes in base64, or a table in the format of its ending, to the file that the native dialog named. */
  'simulation.saveFile': call<{ name: string }>()(() =>
    z.object({
      target: token,
      content: z.union([z.object({ text: z.string() }), z.object({ base64: z.string() }), z.object({ table })]),
    }),
  ),
};
