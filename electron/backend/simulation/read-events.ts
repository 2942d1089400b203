import type { ReplayFile } from './replay-file';
import type { SimulationTask } from './simulation.worker';
import type { WorkerPool, WorkerProgress } from './worker-pool';

/**
 * Reads a transactions file with the workers of a pool, each a part of it. Where quotes turn up, which may hold line ends
 * and so make a part begin in the middle of a row, one worker reads the file once more, whole.
 *
 * @throws Failure `invalid-input` when the file cannot be replayed
 */
export async function readEvents(
  pool: WorkerPool,
  task: SimulationTask,
  csv: string,
  workers: number,
  onProgress: (progress: WorkerProgress) => void,
): Promise<ReplayFile> {
  const { plan } = await pool.ask(0, task, { kind: 'plan', csv, parts: workers }, 'planned', onProgress);
  const running = plan.parts.map((): WorkerProgress => ({ events: 0, share: 0 }));
  const parts = await Promise.all(
    plan.parts.map(async (_, index) => {
      const { part } = await pool.ask(index, task, { kind: 'read', csv, plan, part: index }, 'part', (progress) => {
        running[index] = progress;
        onProgress({
          events: running.reduce((sum, { events }) => sum + events, 0),
          share: running.reduce((sum, { share }) => sum + share, 0) / running.length,
        });
      });
      return part;
    }),
  );
  if (parts.length > 1 && parts.some((part) => part.hasQuotes)) return readEvents(pool, task, csv, 1, onProgress);
  const { file } = await pool.ask(0, task, { kind: 'join', parts }, 'file', onProgress);
  return file;
}
