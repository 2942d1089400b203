import path from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { configDefaults, defineConfig } from 'vitest/config';
import { chromiumPath } from './scripts/bootstrap/system-libraries.mjs';
import { handbookPages } from './scripts/build/handbook-pages.mjs';
import { filesOf, PART } from './scripts/test/slow-tests.mjs';

const root = import.meta.dirname;
const chromium = chromiumPath();
// What property tests draw: docs/decisions/0006.
const propertySeed = Number(process.env['LAUREL_SEED'] ?? 20_261_122);
const setupFiles = ['property-seed', 'patience'].map((name) => path.join(root, `test/setup/${name}.ts`));
const provide = { propertySeed };
const drizzle = ['drizzle-orm', 'drizzle-orm/better-sqlite3', 'drizzle-orm/sqlite-core'];
const unitTests = filesOf(
  [
    'test/{art,domain,holidays,words,handbook,report,simulation,gateway,disk,db,ipc,backend,cli,main,conformance,architecture,setup,security,faults,slices}/**/*.test.ts',
  ],
  process.env[PART],
);

export default defineConfig({
  test: {
    // The machine it is planned for has two cores.
    maxWorkers: 2,
    projects: [
      {
        root,
        test: {
          name: 'node',
          environment: 'node',
          include: unitTests.include,
          exclude: [...configDefaults.exclude, ...unitTests.exclude],
          setupFiles,
          provide,
          // It may be opened once in its life, and must live as long as what opens it: files of tests share a process.
          server: { deps: { inline: ['@resvg/resvg-wasm'] } },
          // Some 150 files, for each of which Node parses a package.json of 180 KB anew: in one file they load in no time.
          deps: { optimizer: { ssr: { enabled: true, include: drizzle } } },
          globalSetup: [path.join(root, 'scripts/build/test-workers.mjs')],
          // Against tests that hang, and no bound for those that start a dozen processes on a busy machine.
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      {
        root,
        plugins: [svelte({ configFile: path.join(root, 'svelte.config.js') }), handbookPages()],
        // Found late, it would be there twice, and the days of one copy are none to the other.
        optimizeDeps: { include: ['@internationalized/date'] },
        test: {
          name: 'browser',
          include: ['test/renderer/**/*.test.ts'],
          setupFiles,
          provide,
          testTimeout: 90_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(chromium === undefined ? {} : { executablePath: chromium }),
                args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
