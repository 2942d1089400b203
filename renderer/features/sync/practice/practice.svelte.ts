import type {
  PracticeCall,
  PracticeOptions,
  PracticeReport,
  PracticeState,
  PracticeTraffic,
} from '../../../../shared/ipc/practice-contract';
import { Failure } from '../../../../shared/ipc/errors';
import type { PlainKey } from '../../../../shared/words/message';
import { UnreadTexts } from '../../../components/unread-texts.svelte';
import { backend, type Door } from '../../../lib/backend';
import { isCancelled } from '../../../lib/failure-wording';
import { CallLog } from './call-log.svelte';
import { FaultForm } from './fault-form.svelte';
import { OrgBrowser } from './org-browser.svelte';
import { SavedStates } from './saved-states.svelte';
import { say, sayMessage } from '../../../lib/say.svelte';

const NOTHING: Omit<PracticeTraffic, 'calls'> = {
  run: 0,
  answered: 0,
  totals: { badges: 0, claims: 0, enrolments: 0, awards: 0 },
  faults: [],
};

/** The parts of the practice org's page. */
export const PRACTICE_TABS = ['connect', 'calls', 'org', 'states', 'faults', 'setup'] as const;
export type PracticeTab = (typeof PRACTICE_TABS)[number];

/** The practice org as the window knows it: followed from the start on, whatever screen is shown. */
export class Practice {
  /** Null until the first report. */
  state = $state.raw<PracticeState | null>(null);
  /** Counters and totals; the calls are in `log`. */
  traffic = $state.raw<Omit<PracticeTraffic, 'calls'>>(NOTHING);
  /** Why the last step did not succeed; null: it did. */
  failure = $state.raw<unknown>(null);
  /** What a screen reader is told; it changes only when there is something to say. */
  announcement = $state('');
  tab = $state<PracticeTab>('connect');

  /** What stands typed in its fields and is in none of its options. */
  readonly unread = new UnreadTexts();
  readonly log: CallLog;
  readonly org: OrgBrowser;
  readonly faultForm: FaultForm;
  readonly states: SavedStates;

  readonly isRunning = $derived(this.state?.phase === 'running');
  readonly isBusy = $derived(this.state?.phase === 'starting' || this.state?.phase === 'stopping');
  /** Port, place of the data or credentials were changed and hold only from the next start on. */
  readonly needsRestart = $derived(this.#differs());

  /** Why it cannot be started with what stands in its fields; null: it can. */
  readonly unstartable = $derived(this.state === null ? say('practice.stillStarting') : this.unread.reason);

  readonly #door: Door;
  #following: AbortController | null = null;
  /** A backend that is gone takes the practice org with it; the next one knows nothing of that. */
  #lost: 'practice.lostKept' | 'practice.lostGone' | null = $state(null);

  constructor(door: Door) {
    this.#door = door;
    this.log = new CallLog(door);
    this.org = new OrgBrowser(door);
    this.states = new SavedStates(door);
    this.faultForm = new FaultForm((faults) => this.configure({ faults }));
  }

  /** Why it is not running although nobody stopped it. */
  get ending(): string | null {
    const told = this.state?.failure;
    if (told) return sayMessage(told);
    return this.#lost === null ? null : say(this.#lost);
  }

  /** Follows the practice org from now on; a follower from before, of a backend that is gone, is left. */
  follow(): void {
    this.#following?.abort();
    const following = new AbortController();
    this.#following = following;
    this.#door('practice.watch', {}, { signal: following.signal, onProgress: (report) => this.#heard(report) }).catch(
      (error: unknown) => {
        if (following === this.#following && !isCancelled(error)) this.#ended(error);
      },
    );
  }

  async start(): Promise<void> {
    this.#lost = null;
    await this.#step('practice.start', 'practice.saidRunning');
  }

  async stop(): Promise<void> {
    await this.#step('practice.stop', 'practice.saidStopped');
  }

  async restart(): Promise<void> {
    await this.stop();
    if (this.failure === null) await this.start();
  }

  /** Starts it when it is stopped, and stops it when it runs. */
  async toggle(): Promise<void> {
    await (this.isRunning ? this.stop() : this.start());
  }

  /** Takes everything out of the org. */
  async reset(): Promise<void> {
    await this.#step('practice.reset', 'practice.isEmpty');
    this.org.changed();
  }

  /** Makes the connection for Sync, or sets the one that was made before. @returns its id @throws Failure */
  async connect(): Promise<number> {
    return (await this.#door('practice.connect', { name: say('sync.practiceOrg') })).connectionId;
  }

  /** @returns whether it was saved; else `failure` says why not */
  async configure(options: Partial<PracticeOptions>): Promise<boolean> {
    this.failure = null;
    try {
      this.#take(await this.#door('practice.configure', { options }));
      return true;
    } catch (error) {
      this.failure = error;
      return false;
    }
  }

  async #step(method: 'practice.start' | 'practice.stop' | 'practice.reset', said: PlainKey): Promise<void> {
    this.failure = null;
    try {
      this.#take(await this.#door(method, {}));
      this.announcement = say(said);
    } catch (error) {
      // That it ran, and ended with the engine, says more than that the answer did not come.
      if (this.#lost === null || !isLost(error)) this.failure = error;
    }
  }

  #heard({ state, traffic }: PracticeReport): void {
    if (state !== null) this.#take(state);
    if (traffic === null) return;
    const { calls, ...counters } = traffic;
    this.log.add(counters.run, calls);
    const isChanged = JSON.stringify(counters.totals) !== JSON.stringify(this.traffic.totals);
    this.traffic = counters;
    if (isChanged || calls.some(wrote)) this.org.changed();
  }

  #take(state: PracticeState): void {
    const before = this.state?.phase;
    this.state = state;
    this.faultForm.adopt(state.options.faults);
    if (state.phase === 'running' && before !== 'running') this.org.opened();
    if (state.phase === 'stopped' && before !== 'stopped') this.org.closed();
  }

  #differs(): boolean {
    if (this.state?.phase !== 'running') return false;
    const { options, url, credentials, isKept } = this.state;
    const isOtherPort = options.port !== 0 && url !== null && !url.endsWith(`:${String(options.port)}`);
    return isOtherPort || options.keepsData !== isKept || options.asksCredentials !== (credentials !== null);
  }

  #ended(error: unknown): void {
    if (this.state === null) return;
    if (this.isRunning && isLost(error)) {
      if (isLost(this.failure)) this.failure = null;
      this.#lost = this.state.isKept ? 'practice.lostKept' : 'practice.lostGone';
    }
    this.#take({ ...this.state, phase: 'stopped', url: null, credentials: null, startedOn: null });
  }
}

const isLost = (error: unknown): boolean => error instanceof Failure && error.code === 'backend-lost';

/** A call that may have changed what the org holds. */
function wrote(call: PracticeCall): boolean {
  return call.method !== 'GET' && call.endpoint !== null;
}

/** The one of the window. It lives outside the components, so that it is followed whatever screen is shown. */
export const practice = new Practice(backend);
