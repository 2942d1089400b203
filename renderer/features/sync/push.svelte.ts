import { SvelteSet } from 'svelte/reactivity';
import type { Output, Progress } from '../../../shared/ipc/contract';
import type { PlannedRequest, PushedRequest, PushPlan } from '../../../shared/ipc/sync-contract';
import { LongWork, type WorkOptions } from '../../lib/long-work.svelte';
import type { Door } from '../../lib/backend';
import { message, type Message } from '../../../shared/words/message';

type SendReport = Progress<'sync.push'>;
type SendAnswer = Output<'sync.push'>;

/** A push from the plan to the results: what is sent is what `current` shows, or nothing. */
export class Push {
  current = $state.raw<PushPlan | null>(null);
  /** Keys of the requests that are to be sent. */
  readonly chosen = new SvelteSet<string>();
  typedName = $state('');
  busy = $state<'plan' | 'send' | null>(null);
  /** The requests being sent; null: none are. */
  sending = $state.raw<LongWork<SendReport, SendAnswer> | null>(null);
  results = $state.raw<readonly PushedRequest[]>([]);
  sentence = $state.raw<Message | null>(null);
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
    const sending = new LongWork((options: WorkOptions<SendReport>) =>
      this.#door(
        'sync.push',
        { planId: plan.planId, keys, ...(asksName ? { typedName: this.typedName } : {}) },
        options,
      ),
    );
    this.sending = sending;
    await sending.run();
    const { answer } = sending;
    if (answer !== null) {
      this.results = [...this.results, ...answer.results];
      this.sentence = answer.sentence;
    } else if (sending.state === 'cancelled') {
      this.sentence = message('sync.pushCancelled');
      this.current = null;
    } else this.failure = sending.failure;
    this.busy = null;
    this.sending = null;
    this.typedName = '';
    this.#onsent(answer === null ? [] : this.#badgeIds);
  }

  cancel(): void {
    this.sending?.cancel();
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
