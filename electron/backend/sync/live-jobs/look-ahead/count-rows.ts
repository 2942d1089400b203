import { setImmediate } from 'node:timers/promises';
import { CustomerBatch } from '../../../customers/batch';
import type { CustomerStream } from '../../../customers/source';
import type { LiveRowCounts } from '../../../../../shared/ipc/look-ahead-contract';
import { NumberSet } from '../number-set';

/** Batches that are read before others get their turn. */
const BATCHES_AT_ONCE = 16;

/**
 * Counts what a job's rows are, as reading them into its chunks would find it.
 *
 * @param isStopped asked between batches; true ends the counting
 * @returns null when it was stopped
 */
export async function countRows(
  stream: CustomerStream,
  isStopped: () => boolean,
  progress: (done: number, total: number | null) => void,
): Promise<LiveRowCounts | null> {
  const seen = new NumberSet();
  const batch = new CustomerBatch();
  const counts = { total: 0, good: 0, bad: 0, duplicate: 0 };
  for (let batches = 1; ; batches += 1) {
    stream.fill(batch);
    if (batch.length === 0) return counts;
    for (let index = 0; index < batch.length; index += 1) {
      if (batch.faults[index] !== 0) counts.bad += 1;
      else if (seen.add(batch.customerIds[index] as number)) counts.good += 1;
      else counts.duplicate += 1;
    }
    counts.total += batch.length;
    if (batches % BATCHES_AT_ONCE !== 0) continue;
    progress(counts.total, stream.total(counts.total));
    await setImmediate();
    if (isStopped()) return null;
  }
}
