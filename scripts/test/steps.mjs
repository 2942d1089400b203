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

/** @param {string} project */
function compiler(project) {
  return tool('@typescript/native/bin/tsc', ['-p', `tsconfig.${project}.json`, '--noEmit', '--pretty', 'false']);
}

/**
 * Components: their types, and then the rules that know types over the TypeScript that the first made of them.
 * @returns {Promise<{ code: number, output: string }>}
 */
async function checkComponents() {
  // What it made of a component that was moved since would be checked along with the others.
  rmSync(path.join(root, '.svelte-check'), { recursive: true, force: true });
  const types = await tool('svelte-check/bin/svelte-check', [
    ...['--tsgo', '--tsconfig', 'tsconfig.renderer.json', '--output', 'human', '--fail-on-warnings'],
  ]);
  if (types.code !== 0) {
    return types;
  }
  const made = path.join('.svelte-check', 'svelte', 'renderer');
  const components = readdirSync(path.join(root, made), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.svelte.ts') && !name.endsWith('.d.svelte.ts'))
    .map((name) => path.join(made, name));
  // Named one by one: in a folder that git ignores nothing would be found.
  return tool('oxlint/bin/oxlint', [
    ...['-c', 'oxlint-components.jsonc', '--tsconfig', '.svelte-check/tsconfig.json', ...strict],
    ...['--no-ignore', ...components],
  ]);
}

async function checkTypes() {
  const projects = async () => {
    const answers = [];
    for (const project of ['shared', 'node', 'preload', 'e2e', 'test']) {
      answers.push(await compiler(project));
    }
    return joined(answers);
  };
  return joined(await Promise.all([projects(), checkComponents()]));
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

const eslint = 'eslint/bin/eslint.js';
const strict = ['--deny-warnings', '--report-unused-disable-directives'];

/** @type {Step[]} */
export const steps = [
  {
    name: 'format',
    run: () => checkFormat(['.']),
  },
  { name: 'lint', run: () => lint(['.']) },
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
    // A process for each file took longer to start than its tests take. The whole suite keeps them apart.
    run: () => vitest('vitest-quick.json', ['--project', 'node', '--no-isolate'], { ...process.env, [FAST]: '1' }),
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
