import type { PickedFile } from '../../shared/ipc/native';

/** A file that a person named, or a scenario that the workspace keeps, by the path of its file. */
export type ScenarioSource = PickedFile | { kept: string };

/** A scenario that Simulate is to open when it is shown. */
class ScenarioToOpen {
  #file = $state.raw<ScenarioSource | null>(null);

  ask(source: ScenarioSource): void {
    this.#file = source;
  }

  /** What was asked for, once. */
  take(): ScenarioSource | null {
    const file = this.#file;
    if (file !== null) this.#file = null;
    return file;
  }
}

export const scenarioToOpen = new ScenarioToOpen();
