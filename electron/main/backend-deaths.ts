import { mkdirSync } from 'node:fs';
import { howItEnded, lastDeathFile, lastDeathText } from '../disk/last-death';
import { writeWholeNow } from '../disk/whole-file';

/** Keeps what the backend last said on stderr when it died: its own log may lack its last moment. */
export function noteBackendDeath(logFolder: string, code: number | null, lastWords: string): void {
  console.error(`laurel: the background process ended ${howItEnded(code)}`);
  try {
    mkdirSync(logFolder, { recursive: true });
    writeWholeNow(lastDeathFile(logFolder), lastDeathText(new Date().toISOString(), code, lastWords));
  } catch (error) {
    console.error('laurel: that could not be noted:', error);
  }
}
