import type { Handlers } from '../../../shared/ipc/contract';
import type { CancelSignal } from '../../../shared/ipc/method';
import type { PracticeSession } from './session';

type PracticeMethod = Extract<keyof Handlers, `practice.${string}`>;

/** Handlers of `practice.*`: the practice org as the window starts, watches and stops it. */
export function practiceHandlers(session: PracticeSession): Pick<Handlers, PracticeMethod> {
  return {
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
