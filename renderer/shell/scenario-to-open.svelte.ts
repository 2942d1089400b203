import type { PickedFile } from '../../shared/ipc/native';

/** A scenario file that Simulate is to open when it is shown. */
class ScenarioToOpen {
  #file = $state.raw<PickedFile | null>(null);

  ask(file: PickedFile): void {
    this.#file = file;
  }

  /** What was asked for, once. */
  take(): PickedFile | null {
    const file = this.#file;
    if (file !== null) this.#file = null;
    return file;
  }
}

export const scenarioToOpen = new ScenarioToOpen();
