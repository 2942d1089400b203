/**
 * The one set-up that every command begins with: `node scripts/bootstrap/index.mjs --for=TARGET [--retry-official]`.
 * Uses nothing but Node's built-ins and runs under Node 20, because it is what brings everything else.
 *
 * Targets: `start` and `dev` (a window), `test` (a window on a virtual display, and a browser for component tests),
 * `bench` (a window on a virtual display), `laurel` (no window: dependencies only), `slices` (the same, and schedulers).
 */
import path from 'node:path';
import { provideDependencies } from './dependencies.mjs';
import { currentRuntime, provideRuntime } from './electron-runtime.mjs';
import { exclusively } from './exclusive.mjs';
import { checkPinnedNode, isRecentEnough, nodeInWords, oldestNode } from './pinned-node.mjs';
import { root, stateFolder } from './places.mjs';
import { explain, SetupError, step } from './report.mjs';
import { provideStoreModule } from './store-module.mjs';
import { hasDisplay, provideSchedulers, provideSystemLibraries } from './system-libraries.mjs';

/** @type {Record<string, { runtime: boolean, display: boolean, browser: boolean, bench?: boolean, schedulers?: boolean } | undefined>} */
const targets = {
  start: { runtime: true, display: !hasDisplay(), browser: false },
  dev: { runtime: true, display: false, browser: false },
  test: { runtime: true, display: true, browser: true },
  bench: { runtime: true, display: true, browser: false, bench: true },
  laurel: { runtime: false, display: false, browser: false },
  slices: { runtime: false, display: false, browser: false, schedulers: true },
};

function readTarget() {
  const name = process.argv.find((argument) => argument.startsWith('--for='))?.slice('--for='.length) ?? 'start';
  const target = Object.hasOwn(targets, name) ? targets[name] : undefined;
  if (!target) {
    throw new SetupError(
      `there is no set-up for “${name}”.`,
      `use one of ${Object.keys(targets)
        .map((known) => `--for=${known}`)
        .join(', ')}.`,
    );
  }
  return target;
}

async function setUp() {
  const oldest = oldestNode(process);
  if (!isRecentEnough(process.version, oldest)) {
    throw new SetupError(
      `this is Node ${process.version}, and on ${process.platform} (${process.arch}) Laurel needs Node ${nodeInWords(oldest)} or newer.`,
      `install Node ${nodeInWords(oldest)} or newer, then run the same command again.`,
    );
  }
  const target = readTarget();
  const retryOfficial = process.argv.includes('--retry-official');
  await exclusively(path.join(stateFolder, 'set-up.lock'), async () => {
    await step('dependencies', () => provideDependencies({ root, stateFolder }));
    await step('pinned Node', checkPinnedNode);
    if (target.schedulers) {
      await step('schedulers', () => provideSchedulers());
    }
    if (!target.runtime) {
      return;
    }
    await step('Electron runtime', () => provideRuntime({ retryOfficial }));
    await step('system libraries', async () => {
      const runtime = await currentRuntime();
      return (
        runtime && provideSystemLibraries({ ...target, executable: runtime.executable, compiler: runtime.fallback })
      );
    });
    await step('store module', async () => {
      const runtime = await currentRuntime();
      return runtime && provideStoreModule(runtime, { again: retryOfficial });
    });
  });
}

setUp().catch((error) => {
  explain(error);
  process.exitCode = 1;
});
