/** The steps of `npm test`, in their order. */
import { readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { nodePath } from '../bootstrap/pinned-node.mjs';
import { modulesFolder, root } from '../bootstrap/places.mjs';
import { SetupError } from '../bootstrap/report.mjs';
import { run } from '../bootstrap/run.mjs';
import { buildApp } from '../build/app.mjs';
import { startVirtualDisplay } from '../virtual-display.mjs';
import { changedFiles } from './changed-files.mjs';
import { memoryDisk } from './memory-disk.mjs';
import { lengthyTests, LENGTH, longOnly, longTests, PART, slowTests } from './slow-tests.mjs';

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string[]} [reports] the runners' JSON reports, below test-results
 * @property {boolean} [beside] may run while another such step does: it starts nothing and waits for nothing
 * @property {boolean} [onlyWhenAsked] part of another step
 * @property {() => string[]} [leftOut] what the step did not look at and `npm test` does, in lines for the end
 * @property {string} [leftToLong] what it leaves to `npm run test:long`, in a line for the end
 * @property {() => Promise<{ code: number, output: string }>} run
 * @property {(files: string[]) => Promise<{ code: number, output: string }>} [again] a few of its files by themselves, with
 *   {@link AGAIN_REPORT} for a report
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
 * @param {NodeJS.ProcessEnv} [env] beside our own
 */
async function vitest(report, args, env = {}) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=test-results/${report}`];
  const disk = memoryDisk();
  // Hundreds of processes and threads run the same code: compiled once, a tenth of the processor time is saved.
  const compiled = { NODE_COMPILE_CACHE: path.join(root, 'out', 'test-compiled') };
  try {
    const given = { ...process.env, ...compiled, ...disk.env, ...env };
    return await tool('vitest/vitest.mjs', ['run', ...reporters, ...args], given);
  } finally {
    disk.end();
  }
}

/** What a second look at a step's failed files leaves: docs/decisions/0154. */
export const AGAIN_REPORT = 'again.json';
const SHARED_REPORT = 'vitest-shared.json';
const OWN_REPORT = 'vitest-own.json';
const LONG_REPORT = 'vitest-long.json';
const LOOKS_REPORT = 'playwright-looks.json';

/**
 * A process for each file takes longer to start than its tests take: docs/decisions/0117.
 * @param {'fast' | 'shared'} part
 */
function sharingTests(part) {
  return vitest(SHARED_REPORT, ['--project', 'node', '--no-isolate'], { [PART]: part });
}

async function unitTests() {
  const shared = await sharingTests('shared');
  return joined([shared, await vitest(OWN_REPORT, ['--project', 'node'], { [PART]: 'own' })]);
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
    ...(formatted.length > 0 ? [await checkFormat(formatted)] : []),
    ...(linted.length > 0 ? [await lint(linted)] : []),
  ];
  return joined(answers);
}

/**
 * @param {{ code: number, output: string }[]} answers
 */
function joined(answers) {
  return {
    code: answers.find(({ code }) => code !== 0)?.code ?? 0,
    output: answers.map(({ code, output }) => (code === 0 ? '' : output)).join('\n'),
  };
}

/**
 * Components by prettier, everything else by oxfmt, which writes as prettier does and takes a fiftieth of the time.
 * @param {string[]} places files or folders
 */
async function checkFormat(places) {
  const components = places.flatMap((place) =>
    place.endsWith('.svelte') ? [place] : place === '.' ? ['**/*.svelte'] : [],
  );
  return joined(
    await Promise.all([
      tool('oxfmt/bin/oxfmt', ['--list-different', '--no-error-on-unmatched-pattern', ...places]),
      ...(components.length > 0
        ? [tool('prettier/bin/prettier.cjs', ['--check', '--cache', '--log-level', 'warn', ...components])]
        : []),
    ]),
  );
}

/**
 * Scripts by oxlint, whose rules know types; who imports whom, and components, by eslint.
 * @param {string[]} places files or folders
 */
async function lint(places) {
  return joined(
    await Promise.all([
      tool('oxlint/bin/oxlint', ['-c', 'oxlint.jsonc', ...strict, '--no-error-on-unmatched-pattern', ...places]),
      tool(eslint, ['--max-warnings', '0', '--no-warn-ignored', '--no-error-on-unmatched-pattern', ...places]),
    ]),
  );
}

/**
 * @param {string} project
 * @param {boolean} [again] looks only at what differs from what an earlier call looked at
 */
function compiler(project, again = false) {
  const kept = ['--incremental', '--tsBuildInfoFile', path.join('out', 'types', `${project}.tsbuildinfo`)];
  return tool('@typescript/native/bin/tsc', [
    ...['-p', `tsconfig.${project}.json`, '--noEmit', '--pretty', 'false'],
    ...(again ? kept : []),
  ]);
}

const components = ['--tsgo', '--tsconfig', 'tsconfig.renderer.json', '--output', 'human', '--fail-on-warnings'];

/**
 * Components: their types, and then the rules that know types over the TypeScript that the first made of them.
 * @returns {Promise<{ code: number, output: string }>}
 */
async function checkComponents() {
  // What it made of a component that was moved since would be checked along with the others.
  rmSync(path.join(root, '.svelte-check'), { recursive: true, force: true });
  const types = await tool('svelte-check/bin/svelte-check', components);
  if (types.code !== 0) {
    return types;
  }
  const made = path.join('.svelte-check', 'svelte', 'renderer');
  const scripts = readdirSync(path.join(root, made), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.svelte.ts') && !name.endsWith('.d.svelte.ts'))
    .map((name) => path.join(made, name));
  // Named one by one: in a folder that git ignores nothing would be found.
  return tool('oxlint/bin/oxlint', [
    ...['-c', 'oxlint-components.jsonc', '--tsconfig', '.svelte-check/tsconfig.json', ...strict],
    ...['--no-ignore', ...scripts],
  ]);
}

/** @param {boolean} [again] */
async function checkScripts(again) {
  const answers = [];
  for (const project of ['shared', 'node', 'preload', 'e2e', 'test']) {
    answers.push(await compiler(project, again));
  }
  return joined(answers);
}

async function checkTypes() {
  return joined(await Promise.all([checkScripts(), checkComponents()]));
}

/** Types of what differs from what an earlier call looked at. */
async function checkTypesAgain() {
  const ofComponents = tool('svelte-check/bin/svelte-check', [...components, '--incremental']);
  return joined(await Promise.all([checkScripts(true), ofComponents]));
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

/**
 * @param {string[]} args of Playwright
 * @param {NodeJS.ProcessEnv} more beside our own
 */
async function endToEnd(args = [], more = {}) {
  const built = await build();
  if (built.code !== 0) {
    return built;
  }
  const displays = await Promise.all(Array.from({ length: windowsAtOnce }, startVirtualDisplay));
  const disk = memoryDisk();
  try {
    const shown = { LAUREL_TEST_DISPLAYS: displays.map(({ display }) => display).join(' ') };
    /** @type {NodeJS.ProcessEnv} */
    const env = { ...process.env, ...disk.env, ...shown, ...more };
    delete env.WAYLAND_DISPLAY;
    return await tool('@playwright/test/cli.js', ['test', ...args], env);
  } finally {
    disk.end();
    await Promise.all(displays.map(({ stop }) => stop()));
  }
}

/**
 * What the first try left stays to be looked at.
 * @param {string[]} files
 * @param {NodeJS.ProcessEnv} [more]
 */
function endToEndAgain(files, more = {}) {
  const args = ['--workers', '1', '--output', 'test-results/again', ...files];
  return endToEnd(args, { LAUREL_TEST_REPORT: AGAIN_REPORT, ...more });
}

/** @param {'node' | 'browser'} project */
const vitestAgain = (project) => (/** @type {string[]} */ files) =>
  vitest(AGAIN_REPORT, ['--project', project, '--no-file-parallelism', ...files]);

const eslint = 'eslint/bin/eslint.js';
const strict = ['--deny-warnings', '--report-unused-disable-directives'];

/** @type {Step[]} */
export const steps = [
  { name: 'format', beside: true, run: () => checkFormat(['.']) },
  { name: 'lint', beside: true, run: () => lint(['.']) },
  {
    name: 'changed',
    onlyWhenAsked: true,
    beside: true,
    run: checkChanged,
    leftOut: () => ['format and lint of files that are as on the main branch'],
  },
  // Files, exports and packages that nothing uses: knip.jsonc.
  { name: 'unused', beside: true, run: () => tool('knip/bin/knip.js', ['--no-progress']) },
  { name: 'types', beside: true, run: checkTypes },
  {
    name: 'architecture',
    onlyWhenAsked: true,
    reports: ['vitest-architecture.json'],
    run: () => vitest('vitest-architecture.json', ['--project', 'node', 'test/architecture']),
  },
  {
    name: 'unit',
    reports: [SHARED_REPORT, OWN_REPORT],
    run: unitTests,
    again: vitestAgain('node'),
    leftToLong: `the long forms of ${longTests.length} files, and ${longOnly.length} files whole`,
  },
  {
    name: 'types-again',
    onlyWhenAsked: true,
    beside: true,
    run: checkTypesAgain,
    leftOut: () => ['lint rules that know types over components'],
  },
  {
    name: 'fast',
    onlyWhenAsked: true,
    reports: [SHARED_REPORT],
    run: () => sharingTests('fast'),
    again: vitestAgain('node'),
    leftOut: () => [
      ...[...slowTests, ...lengthyTests].map(({ files, because }) => `unit tests that ${because}: ${files.join(', ')}`),
      'component tests in the browser, unused code, the build, and the app from end to end',
    ],
  },
  {
    name: 'long',
    onlyWhenAsked: true,
    reports: [LONG_REPORT],
    run: () => vitest(LONG_REPORT, ['--project', 'node', ...longTests, ...longOnly], { [LENGTH]: 'long' }),
  },
  {
    name: 'looks',
    onlyWhenAsked: true,
    reports: [LOOKS_REPORT],
    run: () => endToEnd([], { LAUREL_TEST_REPORT: LOOKS_REPORT, [LENGTH]: 'long' }),
    again: (files) => endToEndAgain(files, { [LENGTH]: 'long' }),
  },
  {
    name: 'browser',
    reports: ['vitest-browser.json'],
    run: () => vitest('vitest-browser.json', ['--project', 'browser']),
    again: vitestAgain('browser'),
  },
  { name: 'build', run: build },
  {
    name: 'e2e',
    reports: ['playwright.json'],
    run: () => endToEnd(),
    again: (files) => endToEndAgain(files),
    leftToLong: 'second and third ways through the window, and each screen looked at in the other theme',
  },
];
