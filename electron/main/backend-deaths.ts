import { mkdirSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { writeWholeNow } from '../disk/whole-file';

/** Keeps what the backend last said on stderr when it died: its own log may lack its last moment. */
export function noteBackendDeath(logFolder: string, code: number | null, lastWords: string): void {
  const how = howItEnded(code);
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

/** A process that the runtime hosts tells the signal that ended it as a plain code; as one of its own Laurel never uses it. */
function howItEnded(code: number | null): string {
  if (code === null) return 'without an exit code, as a signal ends a process';
  const signal = Object.entries(constants.signals).find(([, number]) => number === code)?.[0];
  const aside = signal === undefined || code <= 1 ? '' : `, as ${signal} ends a process`;
  return `with exit code ${String(code)}${aside}`;
}
