import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { writeWholeNow } from '../disk/whole-file';

/** Keeps what the backend last said on stderr when it died: its own log may lack its last moment. */
export function noteBackendDeath(logFolder: string, code: number | null, lastWords: string): void {
  const how = code === null ? 'without an exit code' : `with exit code ${code}`;
  const words = lastWords.trim() === '' ? '(nothing on stderr)' : lastWords.trimEnd();
  console.error(`laurel: the background process ended ${how}`);
  try {
    mkdirSync(logFolder, { recursive: true });
    const text = `${new Date().toISOString()} The background process ended ${how}.\n\n${words}\n`;
    writeWholeNow(path.join(logFolder, 'backend-last-death.txt'), text);
  } catch (error) {
    console.error('laurel: that could not be noted:', error);
  }
}
