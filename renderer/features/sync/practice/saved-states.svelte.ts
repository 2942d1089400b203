import type { PracticeFilled, PracticeSavedState } from '../../../../shared/ipc/practice-contract';
import type { Door } from '../../../lib/backend';

/** The named states of the practice org. Every step answers with the list as it is then. */
export class SavedStates {
  /** Null until it was read. */
  list = $state.raw<readonly PracticeSavedState[] | null>(null);
  /** What stands typed as the name of the next one. */
  name = $state('');
  isBusy = $state(false);

  readonly #door: Door;

  constructor(door: Door) {
    this.#door = door;
  }

  load(): Promise<void> {
    return this.#step(async () => (await this.#door('practice.states', {})).states);
  }

  save(): Promise<void> {
    return this.#step(async () => {
      const { states } = await this.#door('practice.saveState', { name: this.name });
      this.name = '';
      return states;
    });
  }

  restore(id: string): Promise<void> {
    return this.#step(async () => {
      await this.#door('practice.restoreState', { id });
      return this.list ?? [];
    });
  }

  copy(id: string, name: string): Promise<void> {
    return this.#step(async () => (await this.#door('practice.copyState', { id, name })).states);
  }

  remove(id: string): Promise<void> {
    return this.#step(async () => (await this.#door('practice.removeState', { id })).states);
  }

  /** @returns the name of the file */
  async give(id: string, target: string): Promise<string> {
    return (await this.#door('practice.exportState', { id, target })).name;
  }

  take(source: string, name: string): Promise<void> {
    return this.#step(async () => (await this.#door('practice.importState', { source, name })).states);
  }

  async fill(connectionId: number): Promise<PracticeFilled> {
    this.isBusy = true;
    try {
      return await this.#door('practice.fill', { connectionId });
    } finally {
      this.isBusy = false;
    }
  }

  /** A name that is free, beginning with another one. */
  freeName(name: string): string {
    const taken = this.list?.map((state) => state.name.toLowerCase()) ?? [];
    for (let turn = 2; ; turn += 1) {
      const candidate = turn === 2 && !taken.includes(name.toLowerCase()) ? name : `${name} ${String(turn)}`;
      if (!taken.includes(candidate.toLowerCase())) return candidate;
    }
  }

  async #step(work: () => Promise<readonly PracticeSavedState[]>): Promise<void> {
    this.isBusy = true;
    try {
      this.list = await work();
    } finally {
      this.isBusy = false;
    }
  }
}
