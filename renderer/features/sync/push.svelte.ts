import { SvelteSet } from 'svelte/reactivity';
import type { PlannedRequest, PushedRequest, PushPlan } from '../../../shared/ipc/sync-contract';
import { isCancelled } from '../../lib/failure-wording';
import type { Door } from '../../lib/backend';

/** A push from the plan to the results: what is sent is what `current` shows, or nothing. */
export class Push {
  current = $state.raw<PushPlan | null>(null);
  /** Keys of the requests that are to be sent. */
  readonly chosen = new SvelteSet<string>();
  typedName = $state('');
  busy = $state<'plan' | 'send' | null>(null);
  progress = $state.raw<{ done: number; total: number; current: string } | null>(null);
  results = $state.raw<readonly PushedRequest[]>([]);
  sentence = $state<string | null>(null);
  failure = $state.raw<unknown>(null);

  /** The requests that have not been sent. */
  readonly open = $derived<readonly PlannedRequest[]>(
    (this.current?.requests ?? []).filter(({ key }) => !this.results.some((sent) => sent.key === key)),
  );
  readonly chosenCount = $derived(this.open.filter(({ key }) => this.chosen.has(key)).length);

  readonly #door: Door;
  readonly #connectionId: number;
  /** Told which badges were pushed once a push is over; none when nothing was sent. */
  readonly #onsent: (badgeIds: readonly string[]) => void;
  #sending: AbortController | null = null;
  #badgeIds: readonly string[] = [];

  constructor(door: Door, connectionId: number, onsent: (badgeIds: readonly string[]) => void) {
    this.#door = door;
    this.#connectionId = connectionId;
    this.#onsent = onsent;
  }

  async plan(badgeIds: readonly string[]): Promise<void> {
    if (this.busy !== null) return;
    this.reset();
    this.#badgeIds = [...badgeIds];
    this.busy = 'plan';
    try {
      const plan = await this.#door('sync.plan', { connectionId: this.#connectionId, badgeIds: [...badgeIds] });
      this.current = plan;
      for (const { key } of plan.requests) this.chosen.add(key);
    } catch (error) {
      this.failure = error;
    } finally {
      this.busy = null;
    }
  }

  /** Plans the same badges again: claims follow a create, and a refused update may now be mended. */
  async again(): Promise<void> {
    await this.plan(this.#badgeIds);
  }

  choose(key: string, isChosen: boolean): void {
    if (isChosen) this.chosen.add(key);
    else this.chosen.delete(key);
  }

  /** Sends the chosen requests. @param asksName production: what was typed goes with it */
  async send(asksName: boolean): Promise<void> {
    const plan = this.current;
    const keys = this.open.filter(({ key }) => this.chosen.has(key)).map(({ key }) => key);
    if (plan === null || keys.length === 0 || this.busy !== null) return;
    this.busy = 'send';
    this.failure = null;
    const sending = new AbortController();
    this.#sending = sending;
    let pushed: readonly string[] = [];
    try {
      const { results, sentence } = await this.#door(
        'sync.push',
        { planId: plan.planId, keys, ...(asksName ? { typedName: this.typedName } : {}) },
        { signal: sending.signal, onProgress: (report) => (this.progress = report) },
      );
      this.results = [...this.results, ...results];
      this.sentence = sentence;
      pushed = this.#badgeIds;
    } catch (error) {
      if (isCancelled(error)) {
        this.sentence = 'Cancelled. What had left may have arrived; Activity shows it. Look at the requests again.';
        this.current = null;
      } else this.failure = error;
    } finally {
      this.busy = null;
      this.progress = null;
      this.typedName = '';
      this.#onsent(pushed);
    }
  }

  cancel(): void {
    this.#sending?.abort();
  }

  reset(): void {
    this.current = null;
    this.chosen.clear();
    this.results = [];
    this.sentence = null;
    this.failure = null;
    this.typedName = '';
  }
}
