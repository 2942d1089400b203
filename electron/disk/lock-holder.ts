import { readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { message, type Message, type MessageKey } from '../../shared/words/message';
import { readRegularText } from './regular-file';
import { writeWholeNow } from './whole-file';

/** What has a workspace or an org file open. */
export type LockRole = 'window' | 'command' | 'practice';

export const processFacts = z.object({
  pid: z.number().int().positive(),
  /** Tells two processes apart that had the same number one after the other; null where the system does not say. */
  started: z.string().nullable(),
});
type ProcessFacts = z.infer<typeof processFacts>;

const lockHolder = z.object({
  role: z.enum(['window', 'command', 'practice']),
  host: z.string(),
  process: processFacts,
  /** What started it: for the window's backend, the window. */
  parent: processFacts,
});
export type LockHolder = z.infer<typeof lockHolder>;

/**
 * `alive`; `orphan`, when what started it has ended and it goes on alone; `elsewhere`, on another computer, of which
 * nothing can be asked; `gone`, when its process has ended or its number belongs to another one now.
 */
export type HolderState = 'alive' | 'orphan' | 'elsewhere' | 'gone';

const fileOf = (lockFile: string): string => `${lockFile}-holder`;

/** The file whose lock says that this process alone has a workspace or an org file. @param file its real path */
export const lockOf = (file: string): string => `${file}-lock`;

/**
 * Notes who has a lock, for the words of whoever finds it taken. The lock itself is the operating system's and does not
 * depend on this note: where it cannot be written, the words only say less.
 */
export function noteHolder(lockFile: string, role: LockRole): void {
  const holder: LockHolder = {
    role,
    host: hostname(),
    process: factsOf(process.pid),
    parent: factsOf(process.ppid),
  };
  try {
    writeWholeNow(fileOf(lockFile), JSON.stringify(holder));
  } catch {
    forgetHolder(lockFile);
  }
}

/** Takes the note away, before the lock is released. */
export function forgetHolder(lockFile: string): void {
  try {
    rmSync(fileOf(lockFile), { force: true });
  } catch {
    // A folder that has become read-only; the note names a process that has ended and is then not believed.
  }
}

/** Who noted that it has the lock, and what has become of it; null when nobody did or the note cannot be read. */
export function readHolder(lockFile: string): { holder: LockHolder; state: HolderState } | null {
  try {
    const holder = lockHolder.parse(JSON.parse(readRegularText(fileOf(lockFile), 100_000)));
    return { holder, state: stateOf(holder) };
  } catch {
    return null;
  }
}

const IN_USE_BY = {
  window: 'store.inUseByWindow',
  command: 'store.inUseByCommand',
  practice: 'store.inUseByPractice',
} as const satisfies Record<LockRole, MessageKey>;

/**
 * Who has a file, in words; null where nobody is known to have it, or the one who noted it has ended: a number that
 * belongs to another process now blames nobody.
 *
 * @param real real path of a workspace or an org file
 */
export function holderInWords(real: string): Message | null {
  const found = readHolder(lockOf(real));
  if (found === null || found.state === 'gone') return null;
  const file = path.basename(real);
  const { holder, state } = found;
  const process = String(holder.process.pid);
  if (state === 'elsewhere') return message('store.inUseElsewhere', { file, computer: holder.host });
  if (state === 'orphan') return message('store.inUseByOrphan', { file, process });
  return message(IN_USE_BY[holder.role], { file, process });
}

function stateOf({ host, process: own, parent, role }: LockHolder): HolderState {
  if (host !== hostname()) return 'elsewhere';
  if (!isAlive(own)) return 'gone';
  return role === 'window' && !isAlive(parent) ? 'orphan' : 'alive';
}

/** What tells a process apart from every other. */
export function factsOf(pid: number): ProcessFacts {
  return { pid: Math.max(1, pid), started: startOf(pid) };
}

/** Whether a process of this computer is still there. */
export function isAlive({ pid, started }: ProcessFacts): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // A process of another account is alive and may not be signalled.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  const now = startOf(pid);
  return started === null || now === null || now === started;
}

/** The 22nd field of /proc/PID/stat, in ticks since the start of the system, which `boot_id` names. Linux only. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1');
    // The second field is the program's name in brackets and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A process that has ended and waits for its parent to notice holds nothing any more.
    if (fields[0] === 'Z' || fields[0] === 'X') return 'ended';
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()} ${String(fields[19])}`;
  } catch {
    return null;
  }
}
