import { statSync } from 'node:fs';
import type { CancelSignal } from '../../../../shared/ipc/method';
import type { ReplayEvents, Scenario } from '../../../../shared/simulation/scenario';
import { worthwhileParts } from './file-range';
import { readReplayFile, type DoStep, type ReadingSteps, type ReplayFile, type ReplayLimits } from './replay-file';
import type { SimulationRequest, SimulationTask } from '../simulation.worker';
import type { WorkerPool, WorkerProgress } from '../worker-pool';

/**
 * Reads a transactions file with the workers of a pool, each a part of it.
 *
 * @param csv absolute path
 * @throws Failure `invalid-input` when the file cannot be replayed
 */
export function readEvents(
  pool: WorkerPool,
  task: SimulationTask,
  csv: string,
  scenario: Pick<Scenario, 'from' | 'to'> & { events: ReplayEvents },
  workers: number,
  onProgress: (progress: WorkerProgress) => void,
  signal?: CancelSignal,
  limits?: ReplayLimits,
): Promise<ReplayFile> {
  // What is wrong with a file that cannot be looked at, its reading will say.
  pool.prepare(worthwhileParts(statSync(csv, { throwIfNoEntry: false })?.size ?? 0, workers));
  const running: WorkerProgress[] = [];
  /** Where a text is made first, that is the first half of the way. */
  let made = 0;
  const act: DoStep = async <K extends keyof ReadingSteps>(
    lane: number,
    step: K,
    ...input: Parameters<ReadingSteps[K]>
  ) => {
    const request: SimulationRequest = { kind: 'step', step, input };
    const { answer } = await pool.ask(lane, task, request, 'stepped', (progress) => {
      running[lane] = progress;
      const known = Object.values(running);
      onProgress({
        events: known.reduce((sum, { events }) => sum + events, 0),
        share: made + ((1 - made) * known.reduce((sum, { share }) => sum + share, 0)) / known.length,
      });
    });
    return answer as ReturnType<ReadingSteps[K]>;
  };
  const period = { from: scenario.from, to: scenario.to };
  return readReplayFile(csv, scenario.events, period, workers, act, signal, limits, (share, events) => {
    if (events === 0) made = 0.5;
    onProgress({ share: events === 0 ? made * share : share, events });
  });
}
