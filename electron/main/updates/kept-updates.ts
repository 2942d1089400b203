import { z } from 'zod';
import { readRegularText } from '../../disk/regular-file';
import { writeWholeNow } from '../../disk/whole-file';
import { messageSchema } from '../../../shared/ipc/message-schema';
import { CHECK_RESULTS, UPDATE_CHOICES } from '../../../shared/ipc/updates';

/** Bytes; it is a few lines. */
const LARGEST = 64 * 1024;

const kept = z.object({
  choice: z.enum(UPDATE_CHOICES).catch('unasked'),
  lastCheck: z
    .object({ at: z.int(), result: z.enum(CHECK_RESULTS), said: messageSchema })
    .nullable()
    .catch(null),
  /** The version that was to be installed at the end of Laurel. */
  waiting: z.string().nullable().catch(null),
});
export type KeptUpdates = z.infer<typeof kept>;

/** What a person answered about updates, and how the last look ended. A file that cannot be read counts as none. */
export function readKeptUpdates(file: string): KeptUpdates {
  try {
    return kept.parse(JSON.parse(readRegularText(file, LARGEST)));
  } catch {
    return { choice: 'unasked', lastCheck: null, waiting: null };
  }
}

/** Where it cannot be written, a person is asked once more. */
export function writeKeptUpdates(file: string, updates: KeptUpdates): void {
  try {
    writeWholeNow(file, JSON.stringify(updates));
  } catch (error) {
    console.error(
      'laurel: what was answered about updates could not be kept',
      error instanceof Error ? error.message : '',
    );
  }
}
