/**
 * The process that runs tests over the planting tree: it keeps one vitest and one process of it, and so everything that
 * is not mutated stays transformed and loaded. It is told what to run and answers with the first failure; whoever
 * started it ends it when it takes too long: `node tester.mjs TREE`.
 *
 * Where tests are asked what they reach, each file has a process of its own: what runs as a module is loaded is reached
 * by every file that loads it, and not by the first one only.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createVitest } from 'vitest/node';
import { lastingPool } from './lasting-pool.mjs';
import { PROBES_FILE } from './probes.mjs';

/**
 * @typedef {object} Order
 * @property {number} number
 * @property {string[]} changed files whose text is another one now, absolute
 * @property {boolean} bundles whether the workers are bundled anew first
 * @property {{ file: string, ids?: string[] }[]} tests absolute files, in the order in which they are run
 * @property {boolean} bail whether the first failure ends the run
 *
 * @typedef {object} Report
 * @property {number} number
 * @property {string} [failure] what failed first
 * @property {string} [failedIn] its file
 * @property {{ file: string, id: string, name: string, duration: number, state: string }[]} tests
 */

const tree = path.resolve(process.argv[2] ?? '.');
const { default: bundleWorkers } = await import(pathToFileURL(path.join(tree, 'scripts/build/test-workers.mjs')).href);

const lasting = process.env[PROBES_FILE] === undefined ? lastingPool() : undefined;
const vitest = await createVitest(
  'test',
  {
    config: path.join(tree, 'test/mutation/tester-config.mjs'),
    root: tree,
    watch: false,
    run: true,
    ...(lasting ? { pool: /** @type {any} */ (lasting.pool), isolate: false } : {}),
  },
  {},
  { stdout: process.stderr, stderr: process.stderr },
);
await vitest.standalone();

/**
 * @param {Order} order
 * @returns {Promise<Report>}
 */
async function obey({ number, changed, bundles, tests, bail }) {
  for (const file of changed) {
    vitest.invalidateFile(file);
    lasting?.forget(file);
  }
  /** @type {Report} */
  const report = { number, tests: [] };
  try {
    if (bundles) await bundleWorkers();
  } catch (error) {
    return { ...report, failure: `the workers cannot be bundled: ${String(error)}` };
  }
  const project = vitest.getRootProject();
  for (const { file, ids } of tests) {
    const specification = project.createSpecification(file, ids ? { testIds: ids } : undefined);
    vitest.state.filesMap.clear();
    vitest.state.idMap.clear();
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications([specification], false);
    // Its answer holds what it ran before, too.
    for (const module of testModules.filter(({ moduleId }) => moduleId === file)) {
      const errors = [...module.errors(), ...unhandledErrors];
      if (errors.length > 0) report.failure ??= `${path.basename(file)}: ${messageOf(errors[0])}`;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        const duration = test.diagnostic()?.duration ?? 0;
        report.tests.push({ file, id: test.id, name: test.fullName, duration, state });
        if (state === 'failed') report.failure ??= `${path.basename(file)}: ${test.fullName}`;
      }
    }
    if (report.failure) report.failedIn ??= file;
    if (bail && report.failure) break;
  }
  return report;
}

/** @param {unknown} error */
function messageOf(error) {
  return String(/** @type {{ message?: unknown }} */ (error)?.message ?? error).split('\n')[0];
}

process.on('message', (/** @type {Order} */ order) => {
  obey(order).then(
    (report) => process.send?.(report),
    (error) => process.send?.({ number: order.number, failure: messageOf(error), tests: [] }),
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.({ number: 0, tests: [] });
