import { defineConfig } from '@playwright/test';
import { LENGTH } from './scripts/test/slow-tests.mjs';
import { virtualDisplays } from './test/e2e/virtual-displays';

// Pictures are wanted of every screen.
const isWhole = process.env[LENGTH] === 'long' || process.env['LAUREL_PICTURES'] !== undefined;

/** Drives the built app; `npm test -- e2e` builds it and brings the virtual display. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.e2e.ts',
  // docs/decisions/0214.
  ...(isWhole ? {} : { grepInvert: /@long/ }),
  outputDir: 'test-results/e2e',
  // A window at a time on each display.
  workers: Math.max(1, virtualDisplays.length),
  fullyParallel: false,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: [
    ['list'],
    ['json', { outputFile: `test-results/${process.env['LAUREL_TEST_REPORT'] ?? 'playwright.json'}` }],
  ],
});
