import { SvelteSet } from 'svelte/reactivity';
import type { Output, Progress } from '../../../shared/ipc/contract';
import type { PlanLook } from '../../../shared/ipc/plans-contract';
import type { PlannedRequest, PushedRequest, PushPlan } from '../../../shared/ipc/sync-contract';
import type { ChosenDefinitions } from './definitions.svelte';
import { LongWork, type WorkOptions } from '../../lib/long-work.svelte';
import type { Door } from '../../lib/backend';
import { message, type Message } from '../../../shared/words/message';

const NO_DEFINITIONS: ChosenDefinitions = { groups: [], fields: [] };

type SendReport = Progress<'sync.push'>;
type SendAnswer = Output<'sync.push'>;

/**
 * A push from the plan to the results: what is sent is what `current` shows, or nothing. The plan is worked out here, or
 * comes from a file.
 */
export class Push {
  current = $state.raw<PushPlan | null>(null);
  /** The plan file that `current` is of; null: it was worked out here. */
  file = $state.raw<PlanLook | null>(null);
  /** The plan file being looked at; null: none is. */
  opening = $state.raw<LongWork<Progress<'plans.open'>, PlanLook> | null>(null);
  /** Keys of the requests that are to be sent. */
  readonly chosen = new SvelteSet<string>();
  typedName = $state('');
  busy = $state<'plan' | 'send' | null>(null);
  /** The requests being sent; null: none are. */
  sending = $state.raw<LongWork<SendReport, SendAnswer> | null>(null);
  results = $state.raw<readonly PushedRequest[]>([]);
  sentence = $state.raw<Message | null>(null);
  /** The last push in Activity; null: none left. */
  taskId = $state.raw<number | null>(null);
  /** Its audit pack that is being written; null: none is. */
  packing = $state.raw<LongWork<Progress<'audit.packPush'>, Output<'audit.packPush'>> | null>(null);
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
  #definitions: ChosenDefinitions = NO_DEFINITIONS;
  /** Token of the plan file; null: the plan is worked out here. */
  #source: string | null = null;

  constructor(door: Door, connectionId: number, onsent: (badgeIds: readonly string[]) => void) {
    this.#door = door;
    this.#connectionId = connectionId;
    this.#onsent = onsent;
  }

  async plan(badgeIds: readonly string[], { groups, fields }: ChosenDefinitions = NO_DEFINITIONS): Promise<void> {
    if (this.busy !== null) return;
    this.reset();
    this.#badgeIds = [...badgeIds];
    this.#definitions = { groups: [...groups], fields: [...fields] };
    this.#source = null;
    this.busy = 'plan';
    try {
      const plan = await this.#door('sync.plan', {
        ...{ connectionId: this.#connectionId, badgeIds: [...badgeIds] },
        definitions: { groups: [...groups], fields: [...fields] },
      });
      this.current = plan;
      for (const { key } of plan.requests) this.chosen.add(key);
    } catch (error) {
      this.failure = error;
    } finally {
      this.busy = null;
    }
  }

  /** Looks at a plan file: what of it is still to be sent, and whether the org has moved. Nothing leaves but reads. */
  async look(source: string): Promise<void> {
    if (this.busy !== null) return;
    this.reset();
    this.#badgeIds = [];
    this.#source = source;
    this.busy = 'plan';
    const opening = new LongWork((options: WorkOptions<Progress<'plans.open'>>) =>
      this.#door('plans.open', { connectionId: this.#connectionId, source }, options),
    );
    this.opening = opening;
    await opening.run();
    const { answer } = opening;
    this.file = answer;
    this.current =
      answer === null ? null : { ...answer.plan, requests: answer.moved.length > 0 ? [] : answer.plan.requests };
    for (const { key } of this.current?.requests ?? []) this.chosen.add(key);
    this.failure = opening.failure;
    this.busy = null;
    this.opening = null;
  }

  /** Writes the chosen requests as a plan file. Nothing leaves. */
  async save(target: string): Promise<{ name: string; requests: number } | null> {
    const keys = this.#chosenKeys();
    if (this.current === null || keys.length === 0) return null;
    return this.#door('plans.save', { planId: this.current.planId, keys, target });
  }

  /** Plans the same badges again, or looks at the plan file again: claims follow a create, and a refusal may now be mended. */
  async again(): Promise<void> {
    await (this.#source === null ? this.plan(this.#badgeIds, this.#definitions) : this.look(this.#source));
  }

  choose(key: string, isChosen: boolean): void {
    if (isChosen) this.chosen.add(key);
    else this.chosen.delete(key);
  }

  /** Sends the chosen requests. @param asksName production: what was typed goes with it */
  async send(asksName: boolean): Promise<void> {
    const plan = this.current;
    const keys = this.#chosenKeys();
    if (plan === null || keys.length === 0 || this.busy !== null) return;
    this.busy = 'send';
    this.failure = null;
    const typed = asksName ? { typedName: this.typedName } : {};
    const { planId } = plan;
    const isFile = this.file !== null;
    const sending = new LongWork((options: WorkOptions<SendReport>) =>
      isFile
        ? this.#door('plans.apply', { planId, ...typed }, options)
        : this.#door('sync.push', { planId, keys, ...typed }, options),
    );
    this.sending = sending;
    await sending.run();
    const { answer } = sending;
    if (answer !== null) {
      this.results = [...this.results, ...answer.results];
      this.sentence = answer.sentence;
      this.taskId = answer.taskId;
    } else if (sending.state === 'cancelled') {
      this.sentence = message('sync.pushCancelled');
      this.current = null;
    } else this.failure = sending.failure;
    this.busy = null;
    this.sending = null;
    this.typedName = '';
    this.#onsent(answer === null ? [] : this.#badgeIds);
  }

  /** Writes the audit pack of the last push. @returns what was written; null where it was not, and `failure` says why */
  async pack(target: string): Promise<Output<'audit.packPush'> | null> {
    const { taskId: id } = this;
    if (id === null || this.packing !== null) return null;
    this.failure = null;
    const packing = new LongWork((options: WorkOptions<Progress<'audit.packPush'>>) =>
      this.#door('audit.packPush', { id, target }, options),
    );
    this.packing = packing;
    await packing.run();
    this.packing = null;
    this.failure = packing.failure;
    return packing.answer;
  }

  cancel(): void {
    this.sending?.cancel();
  }

  #chosenKeys(): string[] {
    return this.open.filter(({ key }) => this.chosen.has(key)).map(({ key }) => key);
  }

  reset(): void {
    this.opening?.cancel();
    this.file = null;
    this.current = null;
    this.chosen.clear();
    this.results = [];
    this.sentence = null;
    this.taskId = null;
    this.failure = null;
    this.typedName = '';
  }
}
