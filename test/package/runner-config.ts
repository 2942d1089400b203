import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** Installs, starts, upgrades and removes a real package: a command of its own, `npm run test:package`. */
export default defineConfig({
  test: {
    root: path.resolve(import.meta.dirname, '..', '..'),
    include: ['test/package/**/*.package.ts'],
    testTimeout: 600_000,
    hookTimeout: 900_000,
    fileParallelism: false,
  },
});
