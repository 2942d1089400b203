import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeWholeNow } from '../../disk/whole-file';

/** What a person reads when Laurel itself failed: no stack, but where the details are for whoever mends it. */
export function mistakeInWords(error: unknown): string {
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const file = path.join(tmpdir(), `laurel-mistake-${String(process.pid)}.txt`);
  const words = 'Laurel made a mistake and stopped.';
  try {
    writeWholeNow(file, `${new Date().toISOString()} ${process.argv[2] ?? ''}\n${details}\n`, 0o600);
    return `${words} ${file} has the details for a report.`;
  } catch {
    return `${words} ${error instanceof Error ? error.message : String(error)}`;
  }
}
