/** The steps of `npm test`, in their order. */
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { nodePath } from '../bootstrap/pinned-node.mjs';
import { modulesFolder, root, stateFolder } from '../bootstrap/places.mjs';
import { SetupError } from '../bootstrap/report.mjs';
import { run } from '../bootstrap/run.mjs';
import { buildApp } from '../build/app.mjs';
import { startVirtualDisplay } from '../virtual-display.mjs';
import { changedFiles } from './changed-files.mjs';
import { FAST, slowTests } from './slow-tests.mjs';

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} [report] the runner's JSON report, below test-results
 * @property {boolean} [onlyWhenAsked] part of another step
 * @property {() => string[]} [leftOut] what the step did not look at, in lines for the end
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
 * @param {NodeJS.ProcessEnv} [env]
 */
function vitest(report, args, env) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=test-results/${report}`];
  return tool('vitest/vitest.mjs', ['run', ...reporters, ...args], env);
}

const lintable = /\.(ts|mjs|js|svelte)$/;
const formattable = /\.(ts|mjs|js|svelte|json|jsonc|yml|css|html)$/;

/** Format and lint of what differs from the main branch; of everything where git cannot tell what differs. */
async function checkChanged() {
  const changed = (await changedFiles(root)) ?? ['.'];
  const chosen = (/** @type {RegExp} */ names) => changed.filter((file) => file === '.' || names.test(file));
  const formatted = chosen(formattable);
  const linted = chosen(lintable);
  const answers = [
    ...(formatted.length > 0 ? [await tool(prettier, [...checkFormat, '--ignore-unknown', ...formatted])] : []),
    ...(linted.length > 0 ? [await tool(eslint, [...checkLint, '--no-warn-ignored', ...linted])] : []),
  ];
  return {
    code: answers.find(({ code }) => code !== 0)?.code ?? 0,
    output: answers.map(({ code, output }) => (code === 0 ? '' : output)).join('\n'),
  };
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

// Each on a display of its own, because focus and clipboard belong to a display. Only Linux has virtual ones.
const windowsAtOnce = process.platform === 'linux' ? Math.min(2, availableParallelism()) : 0;

async function endToEnd() {
  const built = await build();
  if (built.code !== 0) {
    return built;
  }
  const displays = await Promise.all(Array.from({ length: windowsAtOnce }, startVirtualDisplay));
  try {
    /** @type {NodeJS.ProcessEnv} */
    const env = { ...process.env, LAUREL_TEST_DISPLAYS: displays.map(({ display }) => display).join(' ') };
    delete env.WAYLAND_DISPLAY;
    return await tool('@playwright/test/cli.js', ['test'], env);
  } finally {
    await Promise.all(displays.map(({ stop }) => stop()));
  }
}

const prettier = 'prettier/bin/prettier.cjs';
const checkFormat = ['--check', '--cache', '--log-level', 'warn'];
const eslint = 'eslint/bin/eslint.js';
const checkLint = ['--max-warnings', '0'];
const lintThreads = ['--concurrency', String(Math.min(2, availableParallelism()))];

/** @type {Step[]} */
export const steps = [
  {
    name: 'format',
    run: () => tool(prettier, [...checkFormat, '.']),
  },
  // Without eslint's cache: it is kept file by file, while rules that know types depend on other files too.
  { name: 'lint', run: () => tool(eslint, [...checkLint, ...lintThreads, '.']) },
  {
    name: 'changed',
    onlyWhenAsked: true,
    run: checkChanged,
    leftOut: () => ['format and lint of files that are as on the main branch'],
  },
  // Files, exports and packages that nothing uses: knip.jsonc.
  { name: 'unused', run: () => tool('knip/bin/knip.js', ['--no-progress']) },
  { name: 'types', run: checkTypes },
  {
    name: 'architecture',
    onlyWhenAsked: true,
    report: 'vitest-architecture.json',
    run: () => vitest('vitest-architecture.json', ['--project', 'node', 'test/architecture']),
  },
  { name: 'unit', report: 'vitest-node.json', run: () => vitest('vitest-node.json', ['--project', 'node']) },
  {
    name: 'quick',
    onlyWhenAsked: true,
    report: 'vitest-quick.json',
    run: () => vitest('vitest-quick.json', ['--project', 'node'], { ...process.env, [FAST]: '1' }),
    leftOut: () => [
      ...slowTests.map(({ files, because }) => `unit tests that ${because}: ${files.join(', ')}`),
      'component tests in the browser, unused code, the build, and the app from end to end',
    ],
  },
  {
    name: 'browser',
    report: 'vitest-browser.json',
    run: () => vitest('vitest-browser.json', ['--project', 'browser']),
  },
  { name: 'build', run: build },
  { name: 'e2e', report: 'playwright.json', run: endToEnd },
];
