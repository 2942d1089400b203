/** The process of the lasting pool: as vitest's own, but what it has loaded stays loaded until it changes. */
import process from 'node:process';
import { init, runBaseTests, setupEnvironment } from 'vitest/worker';

const send = /** @type {(message: any) => void} */ (process.send?.bind(process));
const exit = process.exit.bind(process);

/** @type {any} what is loaded, after the first run */
let loaded;

/**
 * A module that changed is fetched anew; those that import it, however far away, are run anew.
 *
 * @param {readonly string[]} files
 */
function forget(files) {
  /** @type {any[]} */
  const pending = [];
  for (const file of files) {
    for (const module of loaded?.fileToModulesMap.get(file) ?? []) pending.push({ module, isFetched: true });
  }
  const seen = new Set();
  while (pending.length > 0) {
    const { module, isFetched } = pending.pop();
    if (!module || seen.has(module)) continue;
    seen.add(module);
    for (const importer of module.importers) {
      pending.push({ module: loaded.getModuleById(importer), isFetched: false });
    }
    if (isFetched) loaded.invalidateModule(module);
    Object.assign(module, { promise: undefined, exports: undefined, evaluated: false });
    module.importers.clear();
  }
}

/** @param {'run' | 'collect'} method */
const running = (method) => async (/** @type {any} */ state, /** @type {any} */ traces) => {
  forget(state.ctx.invalidates ?? []);
  try {
    await runBaseTests(method, state, traces);
  } finally {
    loaded = state.evaluatedModules;
  }
};

init({
  post: send,
  on: (listener) => process.on('message', listener),
  off: (listener) => process.off('message', listener),
  setup: setupEnvironment,
  runTests: running('run'),
  collectTests: running('collect'),
});
process.on('disconnect', () => exit(1));
