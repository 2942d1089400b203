import type { Zone } from '../../../shared/domain/calendar';
import type { Instant } from '../../../shared/domain/instant';
import type { PickedFile } from '../../../shared/ipc/native';
import type {
  OpenedScenario,
  ReadyScenario,
  RunProgress,
  SimulationSummary,
  SimulationView,
} from '../../../shared/ipc/simulation-contract';
import type { KeptScenario, KeptState } from '../../../shared/ipc/kept-scenarios-contract';
import type { PolicyText } from '../../../shared/ipc/policies-contract';
import type { Finding } from '../../../shared/simulation/json-path';
import { backend, type Door } from '../../lib/backend';
import { navigation } from '../../shell/navigation.svelte';
import { running, type RunningJob } from '../../shell/running.svelte';
import { Learning } from './learning.svelte';
import { LongWork } from '../../lib/long-work.svelte';
import { OpenResult } from './open-result.svelte';
import type { BadgeDetail } from '../../../shared/ipc/badges-contract';
import { rememberedKey, rememberKey } from './badge-keys';
import { lastCustomers, rememberCustomers } from './last-customers';
import { arrived, draftOf, scenarioName, scenarioOfBadges, travelling, type MadeScenario } from './scenario-draft';
import { ScenarioForm, type FormState } from './scenario-form.svelte';
import { say } from '../../lib/say.svelte';
import { keptSentence } from './kept-sentence';
import { locale } from '../../lib/locale.svelte';

/** Rows of one page of kept results, and the most that one call gives. */
const KEPT_PAGE = 50;
const MOST_AT_ONCE = 500;
/** Runs of a scenario whose customers were just learned. */
const LEAST_RUNS = 10;

export type RunWork = LongWork<RunProgress, SimulationView>;

/** The Simulate screen: the scenario in the editor, at most one run, the kept results, and the one that is open. */
export class SimulateScreen {
  readonly form: ScenarioForm;
  readonly learning: Learning;
  /** What the left pane shows. */
  side = $state<'scenario' | 'kept'>('scenario');
  run = $state.raw<RunWork | null>(null);
  runName = $state('');
  result = $state.raw<OpenResult | null>(null);
  openFailure = $state.raw<unknown>(null);
  /** A file that could not be opened as a scenario, and everything that is wrong in it. */
  refusedFile = $state.raw<{ name: string; mistakes: readonly Finding[] } | null>(null);
  kept = $state.raw<readonly SimulationSummary[]>([]);
  /** All that are kept, and how many of them match the search. */
  keptTotal = $state(0);
  keptMatching = $state(0);
  keptSearch = $state('');
  keptFailure = $state.raw<unknown>(null);
  /** Scenarios of the workspace, by name. */
  scenarios = $state.raw<readonly KeptScenario[]>([]);
  ready = $state.raw<readonly ReadyScenario[]>([]);
  /** Which pane is shown where there is room for one only. */
  front = $state<'scenario' | 'answer'>('answer');
  /** What a screen reader is told. */
  announcement = $state('');

  readonly isRunning = $derived(this.run?.active === true);
  readonly blocked = $derived(this.#blocked());

  readonly #door: Door;
  #opened = 0;
  #listed = 0;
  #scenariosAsked = 0;

  constructor(door: Door) {
    this.#door = door;
    this.form = new ScenarioForm(door);
    this.learning = new Learning(door, this.form);
  }

  #blocked(): string | null {
    return this.isRunning ? say('simulate.blockedRunning') : this.form.blocked;
  }

  /** Reads what may have changed while another screen was shown. */
  async shown(): Promise<void> {
    await Promise.all([this.reload(), this.#readReady(), this.readScenarios(), this.form.check()]);
  }

  async #readReady(): Promise<void> {
    const { scenarios } = await this.#door('simulation.ready', { language: locale.language }).catch(() => ({
      scenarios: [],
    }));
    this.ready = scenarios;
  }

  /**
   * Reads which scenarios the workspace keeps. One that is gone is no longer what the editor has.
   */
  async readScenarios(): Promise<void> {
    const asked = (this.#scenariosAsked += 1);
    const found = await this.#door('scenarios.list', {}).catch(() => null);
    if (found === null || asked !== this.#scenariosAsked) return;
    this.scenarios = found;
    const { kept } = this.form;
    if (kept !== null && !found.some(({ file }) => file === kept.file)) this.form.kept = null;
  }

  /** Whether the scenario of the editor was changed elsewhere since it was opened. */
  readonly isMovedOn = $derived.by(() => {
    const { kept } = this.form;
    const there = this.scenarios.find(({ file }) => file === kept?.file);
    return kept !== null && there !== undefined && there.version !== kept.version;
  });

  /**
   * Opens a scenario of the workspace in the editor, in place of the scenario there.
   *
   * @returns what stood in the editor before; null: it has mistakes, which `refusedFile` tells
   */
  async openKept(file: string): Promise<FormState | null> {
    const opening = await this.#door('scenarios.open', { file });
    if (!opening.ok) {
      this.refusedFile = opening;
      this.front = 'answer';
      return null;
    }
    const before = await this.#take(opening.scenario, opening.kept);
    await this.readScenarios();
    this.form.changed();
    return before;
  }

  /**
   * Keeps the scenario of the editor in the workspace, with its policies.
   *
   * @param how `replace`: whatever is kept there by now; `new`: beside what is kept
   * @returns badge files that stay named, and whose badge is another by now than the one in the editor
   * @throws Failure `conflict` where what is kept there is not what was opened
   */
  async keepScenario(how: 'as-opened' | 'replace' | 'new'): Promise<readonly string[]> {
    const scenario = this.form.asked();
    if (scenario === null) return [];
    const { kept, draft } = this.form;
    const { policies, moved, ...state } = await this.#door('scenarios.keep', {
      scenario,
      policies: [...this.form.policies],
      kept: kept === null || how === 'new' ? null : { ...kept, replace: how === 'replace' },
    });
    // Another scenario may have come into the editor meanwhile.
    if (this.form.draft === draft) {
      this.form.policies = policies;
      this.form.kept = state;
    }
    await this.readScenarios();
    this.form.changed();
    return moved;
  }

  /** Takes a scenario of the workspace away. @returns what brings it back */
  async removeScenario(file: string): Promise<() => Promise<void>> {
    const { kept, draft } = this.form;
    const { removed } = await this.#door('scenarios.remove', { file });
    await this.readScenarios();
    return async () => {
      await this.#door('scenarios.putBack', { documents: [...removed] });
      // The editor holds that scenario as before, unless another one came into it.
      if (kept?.file === file && this.form.kept === null && this.form.draft === draft) {
        this.form.kept = kept;
        this.form.changed();
      }
      await this.readScenarios();
    };
  }

  /** Reads the list of kept results again, as far as it was read. */
  async reload(): Promise<void> {
    const asked = (this.#listed += 1);
    const search = this.keptSearch;
    try {
      const wanted = Math.min(MOST_AT_ONCE, Math.max(KEPT_PAGE, this.kept.length));
      const [matching, all] = await Promise.all([
        this.#door('simulation.list', { search, limit: wanted }),
        search === '' ? null : this.#door('simulation.list', { limit: 1 }),
      ]);
      if (asked !== this.#listed) return;
      this.kept = matching.rows;
      this.keptMatching = matching.total;
      this.keptTotal = (all ?? matching).total;
      this.keptFailure = null;
    } catch (error) {
      if (asked === this.#listed) this.keptFailure = error;
    }
  }

  /** Lists the kept results whose name or sentence has these words. */
  async searchKept(search: string): Promise<void> {
    this.keptSearch = search;
    this.kept = this.kept.slice(0, KEPT_PAGE);
    await this.reload();
  }

  /** Reads the next page of kept results. */
  async moreKept(): Promise<void> {
    const asked = (this.#listed += 1);
    try {
      const { rows, total } = await this.findKept(this.keptSearch, KEPT_PAGE, this.kept.length);
      if (asked !== this.#listed) return;
      // A run that was kept meanwhile moves the pages: what is listed already is not listed twice.
      const known = this.kept;
      this.kept = [...known, ...rows.filter(({ id }) => !known.some((row) => row.id === id))];
      this.keptMatching = total;
    } catch (error) {
      if (asked === this.#listed) this.keptFailure = error;
    }
  }

  /** Kept results by words of their name or sentence, latest first. */
  findKept(search: string, limit: number, offset = 0): Promise<{ total: number; rows: readonly SimulationSummary[] }> {
    return this.#door('simulation.list', { search, limit, offset });
  }

  /** Loads a ready scenario and runs it: the first run is one click. */
  async runReady(scenario: ReadyScenario): Promise<void> {
    this.form.loadBody(scenario.body);
    this.side = 'scenario';
    await this.start();
  }

  /** Runs the scenario in the editor and keeps the result; does nothing while `blocked` says why not. */
  async start(): Promise<void> {
    await this.form.check();
    const asked = this.form.asked();
    if (this.blocked !== null || asked === null) return;
    const policies = [...this.form.policies];
    const wanted = this.form.untilKnown;
    const untilKnown = wanted === null ? null : { ...wanted, isShare: true };
    const work: RunWork = new LongWork((options) =>
      this.#door('simulation.run', { ...asked, policies, untilKnown, language: locale.language }, options),
    );
    this.learning.close();
    this.run = work;
    this.runName = scenarioName(asked.body);
    this.front = 'answer';
    this.result = null;
    this.openFailure = null;
    this.#opened += 1;
    this.announcement = say('simulate.isSimulated', { name: this.runName });
    const leave = running.add(this.#asRunning(work, this.runName));
    await work.run();
    leave();
    const { answer } = work;
    if (work.state === 'finished' && answer !== null) {
      rememberCustomers(asked.body['customers']);
      this.announcement = keptSentence(answer.summary.sentence);
      // Whoever opened another result meanwhile is not pulled away; the list has this one.
      if (this.result === null) this.show(answer);
      this.run = null;
    } else {
      this.announcement = say(work.state === 'cancelled' ? 'simulate.runCancelled' : 'simulate.runFailed');
    }
    await this.reload();
  }

  #asRunning(work: RunWork, name: string): RunningJob {
    return {
      id: `simulate ${name}`,
      title: say('simulate.simulating', { name }),
      get progress() {
        return work.share;
      },
      get text() {
        const { progress, state } = work;
        if (state === 'cancelling') return say('simulate.cancelling');
        return progress === null
          ? say('simulate.starting')
          : say(progress.phase === 'reading' ? 'simulate.rowCount' : 'simulate.eventCount', { count: progress.done });
      },
      open: () => {
        navigation.go('simulate');
        this.result = null;
      },
    };
  }

  cancel(): void {
    this.run?.cancel();
  }

  /** Leaves the report of a cancelled or failed run. */
  dismissRun(): void {
    if (!this.isRunning) this.run = null;
  }

  show(view: SimulationView): void {
    this.result?.leave();
    this.learning.close();
    arrived(view);
    this.result = new OpenResult(this.#door, view);
    this.front = 'answer';
    this.openFailure = null;
  }

  /** Opens a kept result. */
  async open(id: number): Promise<void> {
    const opened = (this.#opened += 1);
    try {
      const view = await this.#door('simulation.get', { id });
      if (opened === this.#opened) this.show(view);
    } catch (error) {
      if (opened !== this.#opened) return;
      this.openFailure = error;
      this.result = null;
      this.front = 'answer';
    }
  }

  async rename(id: number, name: string): Promise<void> {
    const summary = await this.#door('simulation.rename', { id, name });
    if (this.result?.view.summary.id === id) this.result.view = { ...this.result.view, summary };
    await this.reload();
  }

  async remove(id: number): Promise<void> {
    await this.#door('simulation.delete', { ids: [id] });
    if (this.result?.view.summary.id === id) {
      this.result.leave();
      this.result = null;
    }
    await this.reload();
  }

  /**
   * Opens a scenario file in the editor, in place of the scenario there.
   *
   * @returns what stood in the editor before; null when the file is no scenario: `refusedFile` says why, nothing changed
   */
  async openFile(file: PickedFile): Promise<FormState | null> {
    const opening = await this.#door('simulation.open', { token: file.token });
    if (!opening.ok) {
      this.refusedFile = opening;
      this.front = 'answer';
      return null;
    }
    return this.#take(opening.scenario);
  }

  async #take(scenario: OpenedScenario, kept: KeptState | null = null): Promise<FormState> {
    this.refusedFile = null;
    const before = this.form.state();
    await this.form.open(scenario, kept);
    this.side = 'scenario';
    this.front = 'scenario';
    if (!this.isRunning) this.home();
    this.announcement = say('simulate.isOpen', { name: scenario.name });
    return before;
  }

  /**
   * Puts badges of the library into the editor, in place of the scenario there, whose customers stay: one by itself, or
   * several together.
   *
   * @param name what a scenario of several is called
   * @returns the scenario and what stood in the editor before; null where no badge's JSON can be read
   */
  async simulateBadges(
    ids: readonly string[],
    when: { now: Instant; zone: Zone; name?: string },
  ): Promise<(MadeScenario & { before: FormState }) | null> {
    const details: BadgeDetail[] = [];
    for (const id of ids) details.push(await this.#door('badges.get', { id }));
    const before = this.form.state();
    const ground = { before: before.draft, ...when, lastRun: lastCustomers(), keyOf: rememberedKey };
    const made = scenarioOfBadges(details, ground);
    if (made === null) return null;
    for (const { key, library } of made.draft.badges) if (library !== undefined) rememberKey(library.badge, key);
    this.form.load(made.draft);
    this.side = 'scenario';
    this.front = 'scenario';
    if (!this.isRunning) this.home();
    this.form.changed();
    this.announcement = say('simulate.isOpen', { name: made.draft.name });
    return { ...made, before };
  }

  /** Puts the scenario of a kept result into the editor, with the file it replays. */
  edit(view: SimulationView): void {
    const { replay, summary } = view;
    this.form.loadBody(
      view.body,
      replay === null ? null : { source: { resultId: summary.id }, name: replay.name, columns: null },
      replay?.pseudonyms ?? false,
    );
    this.form.policies = (view.policies ?? []).map(({ name, body }) => ({ name, body }));
    this.side = 'scenario';
    this.front = 'scenario';
    this.form.changed();
  }

  /**
   * Puts a policy beside the answer: of the result that is open, and of the next run. Where no scenario is in the editor,
   * the one that it names is opened, with the policies beside it.
   *
   * @returns its name, and whether it was judged at once; null: it has mistakes, which `refusedFile` tells
   */
  async openPolicy(file: PickedFile): Promise<{ name: string; judged: boolean } | null> {
    const opening = await this.#door('simulation.openPolicy', { token: file.token });
    if (!opening.ok) {
      this.refusedFile = opening;
      this.front = 'answer';
      return null;
    }
    const { policy, scenario } = opening;
    if (this.form.draft === null && scenario !== null) await this.openFile(scenario);
    const others = (list: readonly PolicyText[]) => list.filter(({ name }) => name !== policy.name);
    this.form.policies = [...others(this.form.policies), policy];
    this.form.changed();
    const { result } = this;
    if (result === null) return { name: policy.name, judged: false };
    const texts = (result.view.policies ?? []).map(({ name, body }) => ({ name, body }));
    return { name: policy.name, judged: await result.judge([...others(texts), policy]) };
  }

  /** What stands beside the open result stands beside the next run of its scenario, too. */
  keepPolicies(policies: readonly PolicyText[]): void {
    if (this.form.draft === null) return;
    this.form.policies = policies;
    this.form.changed();
  }

  /** Learns the customers from the file in the scenario. */
  async learn(): Promise<void> {
    this.front = 'answer';
    const told = await this.learning.start();
    if (told !== null) this.announcement = told;
  }

  /**
   * Puts the customers that were learned into the scenario, in place of the file. A scenario of badges keeps its period; one
   * that has none goes on where the file ends.
   *
   * @returns what stood in the editor before; null: there is nothing to use
   */
  useLearned(): { before: FormState; file: string; goesOn: boolean } | null {
    const { learned } = this.learning;
    const before = this.form.state();
    if (learned === null || before.draft === null) return null;
    const goesOn = before.draft.badges.length === 0;
    const draft = draftOf({
      ...(travelling(before.draft).body as object),
      ...{ customers: learned.body, events: null },
      // What is described has other draws in each run, and several show how sure an answer is.
      replications: Math.max(before.draft.replications, LEAST_RUNS),
      ...(goesOn ? learned.continued : {}),
    });
    this.form.load(draft);
    this.form.policies = before.policies;
    this.learning.close();
    this.side = 'scenario';
    this.front = 'scenario';
    this.form.changed();
    this.announcement = say('learning.used', { file: learned.file });
    return { before, file: learned.file, goesOn };
  }

  /** Leaves the open result for the start of the screen. */
  home(): void {
    this.result?.leave();
    this.result = null;
    this.openFailure = null;
    this.dismissRun();
  }

  /**
   * Runs the scenario of an open result with one value changed, keeps it under a name that says what changed, and
   * holds both side by side.
   */
  async tryChange(from: OpenResult, name: string, body: Record<string, unknown>): Promise<void> {
    const { summary, replay } = from.view;
    const input = {
      ...travelling({ ...body, name }),
      events: replay === null ? null : { resultId: summary.id },
      pseudonyms: replay?.pseudonyms ?? false,
    };
    const view = await from.tryRun((options) =>
      this.#door('simulation.run', { ...input, language: locale.language }, options),
    );
    await this.reload();
    if (view !== null) await from.compareWith([...from.comparedIds, view.summary.id]);
  }
}

/** The one of the window. It lives outside the components, so that a run and the scenario outlast the screen. */
export const simulateScreen = new SimulateScreen(backend);
