import type { UpdatesState } from '../../shared/ipc/updates';

/** What this window knows of updates of Laurel; main looks for them and gets them. */
class UpdatesOfWindow {
  /** Null until main has told it. */
  state = $state.raw<UpdatesState | null>(null);

  /** @returns ends it */
  listen(): () => void {
    const stop = window.laurel.onUpdates((state) => (this.state = state));
    void window.laurel.updatesState().then((state) => (this.state = state));
    return stop;
  }

  /** Asks again: a setting for the whole computer changes without a word. */
  async refresh(): Promise<void> {
    this.state = await window.laurel.updatesState();
  }
}

export const updates = new UpdatesOfWindow();
