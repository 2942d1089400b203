import { defineConfig } from '@playwright/test';

/** Takes the pictures of the handbook from the built app; `npm run handbook` builds it and brings the virtual display. */
export default defineConfig({
  testDir: import.meta.dirname,
  testMatch: 'take-pictures.ts',
  outputDir: '../../../test-results/handbook',
  workers: 1,
  retries: 0,
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
});
