import type { Handlers } from '../../../shared/ipc/contract';
import type { CancelSignal } from '../../../shared/ipc/method';
import type { GrantedFiles } from '../files/granted-files';
import type { PracticeSession } from './session';

/** Filling and connecting are about connections, too: practice-orgs.ts. */
type PracticeMethod = Exclude<Extract<keyof Handlers, `practice.${string}`>, 'practice.fill' | 'practice.connect'>;

/** Handlers of `practice.*`: the practice org as the window starts, watches and stops it. */
export function practiceHandlers(session: PracticeSession, files: GrantedFiles): Pick<Handlers, PracticeMethod> {
  const { states } = session;
  return {
    'practice.get': () => session.state,
    'practice.configure': ({ options }) => session.configure(definedOf(options)),
    'practice.start': () => session.start(),
    'practice.stop': () => session.stop(),
    'practice.reset': () => session.reset(),
    'practice.states': () => ({ states: states.list() }),
    'practice.saveState': async ({ name }) => ({ states: await session.saveState(name) }),
    'practice.restoreState': ({ id }) => session.restoreState(id),
    'practice.copyState': async ({ id, name }) => {
      await states.copy(id, name);
      return { states: states.list() };
    },
    'practice.removeState': ({ id }) => {
      states.remove(id);
      return { states: states.list() };
    },
    'practice.exportState': async ({ id, target }) => {
      const { path, name } = files.output(target);
      await states.give(id, path, name);
      return { name };
    },
    'practice.importState': async ({ source, name }) => {
      const file = files.find(source, 'read');
      await states.take(file.path, file.name, name);
      return { states: states.list() };
    },
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
