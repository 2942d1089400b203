import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of the real disk, also where tests keep their files in memory. */
export const onDisk = (): string => process.env['LAUREL_TEST_DISK'] ?? tmpdir();

/**
 * A folder for one test, gone when it has finished.
 *
 * @param parent the temporary folder unless given
 */
export function temporaryFolder(parent = tmpdir()): string {
  const folder = mkdtempSync(path.join(parent, 'laurel-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
