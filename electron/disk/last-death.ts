import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';

const FILE = 'backend-last-death.txt';

/** Where main notes the last death of a background process. */
export function lastDeathFile(logFolder: string): string {
  return path.join(logFolder, FILE);
}

/**
 * What is noted of it: when, how it ended, and what it last said.
 *
 * @param at ISO 8601
 * @param code its exit code; null where there was none
 */
export function lastDeathText(at: string, code: number | null, lastWords: string): string {
  const words = lastWords.trim() === '' ? '(nothing on stderr)' : lastWords.trimEnd();
  return `${at} The background process ended ${howItEnded(code)}.\n\n${words}\n`;
}

/** A process that the runtime hosts tells the signal that ended it as a plain code; as one of its own Laurel never uses it. */
export function howItEnded(code: number | null): string {
  if (code === null) return 'without an exit code, as a signal ends a process';
  const signal = Object.entries(constants.signals).find(([, number]) => number === code)?.[0];
  const aside = signal === undefined || code <= 1 ? '' : `, as ${signal} ends a process`;
  return `with exit code ${String(code)}${aside}`;
}

/** When a background process died last, and how; nothing of what it said, which may quote what a person typed. */
export interface LastDeath {
  /** ISO 8601. */
  at: string;
  code: number | null;
  /** Name of the signal that ends a process with this code. */
  signal: string | null;
}

/** @returns null where none was noted, or the note cannot be read */
export function readLastDeath(logFolder: string): LastDeath | null {
  let text: string;
  try {
    text = readFileSync(lastDeathFile(logFolder), 'utf8');
  } catch {
    return null;
  }
  const form =
    /^([\d-]{10}T[\d:.]+Z) The background process ended with(?:out an exit code| exit code (-?\d+)(?:, as (SIG[A-Z\d]+))?)/;
  const [, at, code, signal] = form.exec(text) ?? [];
  if (at === undefined) return null;
  return { at, code: code === undefined ? null : Number(code), signal: signal ?? null };
}
