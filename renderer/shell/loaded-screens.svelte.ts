import type { Component } from 'svelte';
import type { ScreenId } from '../../shared/ipc/screens';
import type { ScreenEntry } from './screens';

/**
 * The code of the screens, fetched one by one: the window is usable as soon as its first screen is here, and the others
 * come while nobody waits for them.
 */
class LoadedScreens {
  #components = $state.raw<Partial<Record<ScreenId, Component>>>({});

  /** The component of a screen, undefined while its code is on its way. */
  of(id: ScreenId): Component | undefined {
    return this.#components[id];
  }

  /** Fetches the code of a screen; again after a failure, and not twice after a success. */
  async load(entry: ScreenEntry): Promise<void> {
    if (this.#components[entry.id] !== undefined) return;
    const { default: component } = await entry.load();
    this.#components = { ...this.#components, [entry.id]: component };
  }

  /** Fetches the remaining screens, each when the window has nothing else to do. A failure is left to the visit itself. */
  loadAtRest(entries: readonly ScreenEntry[]): void {
    const next = entries.find((entry) => this.#components[entry.id] === undefined);
    if (next === undefined) return;
    const rest = entries.filter((entry) => entry !== next);
    requestIdleCallback(() => {
      this.load(next)
        .catch(() => undefined)
        .finally(() => this.loadAtRest(rest));
    });
  }
}

export const loadedScreens = new LoadedScreens();
