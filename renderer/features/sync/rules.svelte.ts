import { rulesInWords } from '../../../shared/gateway/switch-words';
import type { SwitchValue } from '../../../shared/fidelity/fidelity-report';
import { defaultText, GATEWAY_SWITCHES, readSwitches } from '../../../shared/gateway/switches';
import type { LearnedRules, RulesCall } from '../../../shared/ipc/org-rules-contract';
import { message, type Message } from '../../../shared/words/message';
import type { Door } from '../../lib/backend';
import { LongWork } from '../../lib/long-work.svelte';

type Progress = { done: number; total: number };

/** Learning the rules of an org, and what was learned; kept while the page of the org is left. */
export class OrgRules {
  /** Null: nothing yet, or not read yet. */
  learned = $state.raw<LearnedRules | null>(null);
  /** What would be sent; null: it is not asked for. */
  plan = $state.raw<readonly RulesCall[] | null>(null);
  typedName = $state('');
  /** The call of the list that is open, from 1; null: none. */
  openCall = $state<number | null>(null);
  isRead = $state(false);
  isPlanning = $state(false);
  /** What went wrong last; null after the next step. */
  failure = $state.raw<unknown>(null);
  /** What was done last; null: nothing since. */
  said = $state.raw<Message | null>(null);
  #work = $state.raw<LongWork<Progress, LearnedRules> | null>(null);

  readonly connectionId: number;
  readonly #door: Door;
  readonly #onused: () => Promise<unknown>;

  readonly isLearning = $derived(this.#work?.active === true);
  readonly isCancelling = $derived(this.#work?.state === 'cancelling');
  readonly progress = $derived(this.#work?.progress ?? null);
  readonly share = $derived(this.#work?.share ?? null);
  /** The last learning was cancelled, and nothing was done since. */
  readonly wasCancelled = $derived(this.#work?.state === 'cancelled');

  /** @param onused the workspace judges by other rules now */
  constructor(door: Door, connectionId: number, onused: () => Promise<unknown>) {
    this.#door = door;
    this.connectionId = connectionId;
    this.#onused = onused;
  }

  /** Reads what was learned last. Never rejects. */
  async load(): Promise<void> {
    if (this.isLearning) return;
    const { connectionId } = this;
    await this.#try(async () => {
      this.learned = (await this.#door('orgRules.get', { connectionId })).learned;
      this.isRead = true;
    });
  }

  /** Asks what would be sent; sends nothing. Never rejects. */
  async show(): Promise<void> {
    if (this.isLearning || this.isPlanning) return;
    const { connectionId } = this;
    this.#begin();
    this.isPlanning = true;
    await this.#try(async () => {
      this.plan = (await this.#door('orgRules.plan', { connectionId })).calls;
      this.openCall = null;
      this.typedName = '';
    });
    this.isPlanning = false;
  }

  /** Back to what was learned. */
  hide(): void {
    this.plan = null;
    this.openCall = null;
  }

  /** Sends the calls. Never rejects. */
  async learn(): Promise<void> {
    if (this.isLearning) return;
    const { connectionId, typedName } = this;
    this.#begin();
    const work = new LongWork<Progress, LearnedRules>(({ signal, onProgress }) =>
      this.#door(
        'orgRules.learn',
        { connectionId, typedName },
        { signal, onProgress: ({ sent, planned }) => onProgress({ done: sent, total: planned }) },
      ),
    );
    this.#work = work;
    await work.run();
    this.failure = work.failure;
    this.typedName = '';
    if (work.answer === null) return;
    this.learned = work.answer;
    this.hide();
  }

  cancel(): void {
    this.#work?.cancel();
  }

  /** Sets the practice org's switches as this org answers; what is not known stays. Never rejects. */
  async turnPractice(): Promise<void> {
    const { learned } = this;
    if (learned === null) return;
    this.#begin();
    await this.#try(async () => {
      const turned = readSwitches(Object.fromEntries(knownOf(learned).map(({ option, value }) => [option, value])));
      const { options } = await this.#door('practice.get', {});
      await this.#door('practice.configure', { options: { switches: { ...options.switches, ...turned } } });
      const other = turnedIn(learned);
      this.said =
        other.length === 0
          ? message('orgRules.turnedDocumented', { org: learned.org })
          : message('orgRules.turned', { org: learned.org, rules: rulesInWords(other) });
    });
  }

  /** Has the workspace judge by these rules. Never rejects. */
  async useHere(): Promise<void> {
    const { connectionId, learned } = this;
    if (learned === null) return;
    this.#begin();
    await this.#try(async () => {
      await this.#door('orgRules.use', { connectionId });
      await this.#onused();
      const other = turnedIn(learned);
      this.said =
        other.length === 0
          ? message('orgRules.usedDocumented', { org: learned.org })
          : message('orgRules.usedNow', { org: learned.org, rules: rulesInWords(other) });
    });
  }

  #begin(): void {
    this.failure = null;
    this.said = null;
    this.#work = null;
  }

  async #try(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      this.failure = error;
    }
  }
}

/** Points that could be decided. */
export function knownOf({ points }: Pick<LearnedRules, 'points'>): readonly SwitchValue[] {
  return points.flatMap(({ option, value }) => (value === null ? [] : [{ option, value }]));
}

/** How Laurel reads the documents in a point. */
export function documentedValue(option: string): string {
  const known = GATEWAY_SWITCHES.find((each) => each.option === option);
  return known === undefined ? '' : defaultText(known);
}

/** Known points that the org answers otherwise than Laurel reads the documents. */
export function turnedIn(learned: Pick<LearnedRules, 'points'>): readonly SwitchValue[] {
  return knownOf(learned).filter(({ option, value }) => value !== documentedValue(option));
}
