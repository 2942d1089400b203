import { defineConfig } from '@playwright/test';
import { virtualDisplays } from './test/e2e/virtual-displays';

/** Drives the built app; `npm test -- e2e` builds it and brings the virtual display. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.e2e.ts',
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
