import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeWholeNow } from '../disk/whole-file';

/** What a person reads when Laurel itself failed: no stack, but where the details are for whoever mends it. */
export function mistakeInWords(error: unknown): string {
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const words = 'Laurel made a mistake and stopped.';
  return withDetails(words, details) ?? `${words} ${error instanceof Error ? error.message : String(error)}`;
}

/** What a person reads of something that the backend logs as an error and goes on from. */
export function loggedInWords(details: object, message: string): string {
  const words = `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
  return withDetails(words, JSON.stringify(details, null, 2).replaceAll('\\n', '\n')) ?? words;
}

/** The words with the name of the file that the details were written to; null where they could not be. */
function withDetails(words: string, details: string): string | null {
  const file = path.join(tmpdir(), `laurel-mistake-${String(process.pid)}.txt`);
  try {
    writeWholeNow(file, `${new Date().toISOString()} ${process.argv[2] ?? ''}\n${details}\n`, 0o600);
    return `${words} ${file} has the details for a report.`;
  } catch {
    return null;
  }
}
