import type {
  ExplainedCustomer,
  GoalOutcome,
  RunProgress,
  SimulationView,
  TrialProgress,
  VariantsView,
} from '../../../shared/ipc/simulation-contract';
import type { JudgedPolicy, PolicyText } from '../../../shared/ipc/policies-contract';
import type { Goal } from '../../../shared/simulation/knob';
import type { TornadoAnswer, TornadoMeasure } from '../../../shared/simulation/tornado';
import type { Door } from '../../lib/backend';
import { LongWork, type WorkOptions } from '../../lib/long-work.svelte';
import { ScorecardWork } from './scorecard.svelte';

export type AnswerTab =
  | 'overview'
  | 'why'
  | 'crowded'
  | 'cost'
  | 'goal'
  | 'tornado'
  | 'compare'
  | 'scorecard'
  | 'table';

/** A kept result that is open, and the further questions asked about it. */
export class OpenResult {
  view = $state.raw() as SimulationView;
  /** Position of the badge whose answers are shown. */
  badge = $state(0);
  tab = $state<AnswerTab>('overview');
  budget = $state<number | null>(null);

  why = $state.raw<LongWork<RunProgress, ExplainedCustomer | null> | null>(null);
  /** As it was typed. */
  whyCustomer = $state<number | string | null>(null);
  goal = $state.raw<LongWork<TrialProgress, GoalOutcome> | null>(null);
  goalAsked = $state.raw<{ knob: string; goal: Goal } | null>(null);
  tornado = $state.raw<LongWork<TrialProgress, TornadoAnswer> | null>(null);
  /** As it is chosen, for the next question. */
  tornadoMeasure = $state<TornadoMeasure>('awarded');
  /** What {@link tornado} is about. */
  tornadoAsked = $state.raw<TornadoMeasure>('awarded');
  comparison = $state.raw<LongWork<TrialProgress, VariantsView> | null>(null);
  comparedIds = $state.raw<readonly number[]>([]);
  /** A changed version of the scenario that is being run for the comparison. */
  change = $state.raw<LongWork<RunProgress, SimulationView> | null>(null);

  /** Policies that are being judged. */
  judging = $state.raw<LongWork<RunProgress, { policies: readonly JudgedPolicy[] }> | null>(null);

  /** What really came, beside the forecast. */
  readonly scorecard: ScorecardWork;
  readonly #door: Door;

  constructor(door: Door, view: SimulationView) {
    this.#door = door;
    this.scorecard = new ScorecardWork(door);
    this.view = view;
    this.comparedIds = [view.summary.id];
  }

  get id(): number {
    return this.view.summary.id;
  }

  /** Forgets the answers that are about the badge shown before. */
  chooseBadge(badge: number): void {
    if (badge === this.badge) return;
    for (const work of [this.why, this.goal, this.tornado]) work?.cancel();
    this.badge = badge;
    this.why = null;
    this.goal = null;
    this.tornado = null;
    this.scorecard.forget();
  }

  /** @param customer by number; of a replayed file as the file writes it */
  async explain(customer: number | string): Promise<void> {
    this.why?.cancel();
    this.whyCustomer = customer;
    const input = { id: this.id, badge: this.badge, customer };
    const work = new LongWork((options: WorkOptions<RunProgress>) => this.#door('simulation.explain', input, options));
    this.why = work;
    await work.run();
  }

  async seek(knob: string, goal: Goal): Promise<void> {
    this.goal?.cancel();
    this.goalAsked = { knob, goal };
    const input = { id: this.id, badge: this.badge, knob, goal };
    const work = new LongWork((options: WorkOptions<TrialProgress>) => this.#door('simulation.seek', input, options));
    this.goal = work;
    await work.run();
  }

  /** Judges the result by these policies and none else; a later question takes the place of an earlier one. @returns whether it did */
  async judge(policies: readonly PolicyText[]): Promise<boolean> {
    this.judging?.cancel();
    const work = new LongWork((options: WorkOptions<RunProgress>) =>
      this.#door('simulation.judge', { id: this.id, policies: [...policies] }, options),
    );
    this.judging = work;
    await work.run();
    const { answer } = work;
    if (answer === null || this.judging !== work) return false;
    this.view = { ...this.view, policies: answer.policies };
    this.judging = null;
    return true;
  }

  async findWhatMatters(measure: TornadoMeasure): Promise<void> {
    this.tornado?.cancel();
    this.tornadoMeasure = measure;
    this.tornadoAsked = measure;
    const input = { id: this.id, badge: this.badge, measure };
    const work = new LongWork((options: WorkOptions<TrialProgress>) =>
      this.#door('simulation.tornado', input, options),
    );
    this.tornado = work;
    await work.run();
  }

  /**
   * Holds kept results side by side. Where that fails or is cancelled, the versions chosen before stay chosen.
   *
   * @param ids of two to six kept results; the first is what the others are held against
   */
  async compareWith(ids: readonly number[]): Promise<void> {
    this.comparison?.cancel();
    const before = this.comparedIds;
    this.comparedIds = ids;
    const work = new LongWork((options: WorkOptions<TrialProgress>) =>
      this.#door('simulation.compare', { ids: [...ids] }, options),
    );
    this.comparison = work;
    await work.run();
    if (work.state !== 'finished' && this.comparison === work) this.comparedIds = before;
  }

  /** Takes one version out of the comparison. @param place of the version, from 1: the first one stays */
  takeOut(place: number): void {
    const ids = this.comparedIds.filter((_, index) => index !== place);
    if (ids.length > 1) {
      void this.compareWith(ids);
      return;
    }
    this.comparison?.cancel();
    this.comparison = null;
    this.comparedIds = ids;
  }

  /** Runs a changed version; null when it was cancelled or failed. */
  async tryRun(run: (options: WorkOptions<RunProgress>) => Promise<SimulationView>): Promise<SimulationView | null> {
    this.change?.cancel();
    const work = new LongWork(run);
    this.change = work;
    await work.run();
    return work.answer;
  }

  /** Ends the questions that are still being worked on. */
  leave(): void {
    const { why, goal, tornado, comparison, change, judging, scorecard } = this;
    for (const work of [why, goal, tornado, comparison, change, judging, scorecard.work]) work?.cancel();
  }
}
