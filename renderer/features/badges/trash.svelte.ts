import { SvelteSet } from 'svelte/reactivity';
import type { DeletedBadge } from '../../../shared/ipc/badges-contract';
import { backend } from '../../lib/backend';
import { say } from '../../lib/say.svelte';
import { toasts } from '../../shell/toasts.svelte';
import { badges } from './badges.svelte';

const PAGE = 100;

/** What was deleted and can still be brought back, as far as it was looked at. */
export class Trash {
  rows = $state.raw<readonly DeletedBadge[]>([]);
  /** null until it is known. */
  total = $state<number | null>(null);
  busy = $state(false);
  readonly chosen = new SvelteSet<string>();

  /** How many there are beyond those shown. */
  get beyond(): number {
    return Math.max(0, (this.total ?? 0) - this.rows.length);
  }

  get allChosen(): boolean {
    return this.rows.length > 0 && this.rows.every(({ id }) => this.chosen.has(id));
  }

  /** From the start again, with nothing chosen. */
  async load(): Promise<void> {
    this.chosen.clear();
    await this.#read([]);
  }

  async more(): Promise<void> {
    await this.#read(this.rows);
  }

  choose(id: string, chosen: boolean): void {
    if (chosen) this.chosen.add(id);
    else this.chosen.delete(id);
  }

  chooseAll(chosen: boolean): void {
    for (const { id } of this.rows) this.choose(id, chosen);
  }

  async bringBack(): Promise<void> {
    await this.#work(() => badges.undelete([...this.chosen]));
  }

  /** Removes the chosen ones for good; with nothing chosen, everything in the trash. */
  async remove(): Promise<void> {
    await this.#work(async () => {
      const { forgotten } = await backend('badges.forget', this.chosen.size === 0 ? {} : { ids: [...this.chosen] });
      toasts.success(say('trash.removed', { count: forgotten }));
    });
  }

  async #read(before: readonly DeletedBadge[]): Promise<void> {
    try {
      const { total, rows } = await backend('badges.trash', { offset: before.length, limit: PAGE });
      this.total = total;
      this.rows = [...before, ...rows];
    } catch (error) {
      toasts.failure(error);
    }
  }

  async #work(task: () => Promise<void>): Promise<void> {
    this.busy = true;
    try {
      await task();
    } catch (error) {
      toasts.failure(error);
    } finally {
      this.busy = false;
      await this.load();
    }
  }
}
