/** The steps of `npm test`, in their order. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { nodePath } from '../bootstrap/pinned-node.mjs';
import { modulesFolder, root, stateFolder } from '../bootstrap/places.mjs';
import { SetupError } from '../bootstrap/report.mjs';
import { run } from '../bootstrap/run.mjs';
import { buildApp } from '../build/app.mjs';
import { startVirtualDisplay } from '../virtual-display.mjs';

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} [report] the runner's JSON report, below test-results
 * @property {boolean} [onlyWhenAsked] part of another step
 * @property {() => Promise<{ code: number, output: string }>} run
 */

/**
 * Runs a tool of node_modules under the pinned Node.
 * @param {string} script path below node_modules
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
function tool(script, args, env = process.env) {
  return run(nodePath(), [path.join(modulesFolder, script), ...args], { cwd: root, env });
}

/**
 * @param {string} report
 * @param {string[]} args
 */
function vitest(report, args) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=test-results/${report}`];
  return tool('vitest/vitest.mjs', ['run', ...reporters, ...args]);
}

async function checkTypes() {
  const remembered = path.join(stateFolder, 'types');
  mkdirSync(remembered, { recursive: true });
  const compiler = (/** @type {string} */ project) =>
    tool('typescript/bin/tsc', [
      ...['-p', `tsconfig.${project}.json`, '--pretty', 'false'],
      ...['--incremental', '--tsBuildInfoFile', path.join(remembered, `${project}.json`)],
    ]);
  const components = (/** @type {string} */ project) =>
    tool('svelte-check/bin/svelte-check', [
      ...['--tsconfig', `tsconfig.${project}.json`, '--output', 'human', '--fail-on-warnings'],
    ]);
  const pairs = [
    [() => compiler('shared'), () => compiler('node')],
    [() => compiler('preload'), () => compiler('e2e')],
    [() => components('renderer'), () => compiler('test')],
  ];
  let code = 0;
  let output = '';
  for (const pair of pairs) {
    for (const finished of await Promise.all(pair.map((check) => check()))) {
      code ||= finished.code;
      output += finished.code === 0 ? '' : finished.output;
    }
  }
  return { code, output };
}

async function build() {
  try {
    return { code: 0, output: (await buildApp()).output };
  } catch (error) {
    const detail = error instanceof SetupError ? error.detail : undefined;
    return { code: 1, output: `${/** @type {Error} */ (error).message}\n${detail ?? ''}` };
  }
}

async function endToEnd() {
  const built = await build();
  if (built.code !== 0) {
    return built;
  }
  const { display, stop } = await startVirtualDisplay();
  try {
    /** @type {NodeJS.ProcessEnv} */
    const env = { ...process.env, DISPLAY: display };
    delete env.WAYLAND_DISPLAY;
    return await tool('@playwright/test/cli.js', ['test'], env);
  } finally {
    await stop();
  }
}

/** @type {Step[]} */
export const steps = [
  {
    name: 'format',
    run: () => tool('prettier/bin/prettier.cjs', ['--check', '--cache', '--log-level', 'warn', '.']),
  },
  // Without eslint's cache: it is kept file by file, while rules that know types depend on other files too.
  { name: 'lint', run: () => tool('eslint/bin/eslint.js', ['--max-warnings', '0', '.']) },
  // Files, exports and packages that nothing uses: knip.jsonc.
  { name: 'unused', onlyWhenAsked: true, run: () => tool('knip/bin/knip.js', ['--no-progress']) },
  { name: 'types', run: checkTypes },
  {
    name: 'architecture',
    onlyWhenAsked: true,
    report: 'vitest-architecture.json',
    run: () => vitest('vitest-architecture.json', ['--project', 'node', 'test/architecture']),
  },
  { name: 'unit', report: 'vitest-node.json', run: () => vitest('vitest-node.json', ['--project', 'node']) },
  {
    name: 'browser',
    report: 'vitest-browser.json',
    run: () => vitest('vitest-browser.json', ['--project', 'browser']),
  },
  { name: 'build', run: build },
  { name: 'e2e', report: 'playwright.json', run: endToEnd },
];
