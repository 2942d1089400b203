import type { SettingsStore } from '../../../db/workspace/settings';
import type { Instant } from '../../../shared/domain/instant';
import type { Handlers } from '../../../shared/ipc/contract';
import type { CancelSignal } from '../../../shared/ipc/method';
import type { Log } from '../context';
import { PracticeOptionStore } from './options';
import { PracticeSession } from './session';

type PracticeMethod = Extract<keyof Handlers, `practice.${string}`>;

export interface PracticeSide {
  handlers: Pick<Handlers, PracticeMethod>;
  /** Finishes the calls that the practice org is answering, and stops it. */
  close(): Promise<void>;
}

export interface PracticeHost {
  /** Absolute path of the kept practice org. */
  file: string;
  settings: SettingsStore;
  now(): Instant;
  log: Log;
}

/** Handlers of `practice.*`: the practice org as the window starts, watches and stops it. */
export function practiceHandlers({ file, settings, now, log }: PracticeHost): PracticeSide {
  const session = new PracticeSession({ file, options: new PracticeOptionStore(settings), now, log });
  return {
    handlers: {
      'practice.get': () => session.state,
      'practice.configure': ({ options }) => session.configure(definedOf(options)),
      'practice.start': () => session.start(),
      'practice.stop': () => session.stop(),
      'practice.reset': () => session.reset(),
      'practice.watch': async (_input, { signal, progress }) => {
        let watched = 0;
        const leave = session.watch((report) => {
          watched += 1;
          progress(report);
        });
        await cancelled(signal);
        leave();
        return { watched };
      },
      'practice.call': (input) => session.ask('call', input),
      'practice.badges': (input) => session.ask('badges', input),
      'practice.badge': (input) => session.ask('badge', input),
      'practice.records': (input) => session.ask('records', input),
    },
    close: () => session.close(),
  };
}

function cancelled(signal: CancelSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', resolve);
  });
}

/** Only what was sent: a field that is undefined must not overwrite what is kept. */
function definedOf<T extends object>(given: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
