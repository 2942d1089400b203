/** How tests run over planted mutants: as in `vitest.config.ts`, one file at a time, silent, ended by the first failure. The pool is the tester's. */
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

export default {
  root,
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts'],
    setupFiles: [
      path.join(root, 'test/setup/property-seed.ts'),
      path.join(root, 'test/setup/patience.ts'),
      path.join(root, 'test/mutation/names-the-test.ts'),
    ],
    provide: { propertySeed: Number(process.env.LAUREL_SEED ?? 20_261_122) },
    maxWorkers: 1,
    fileParallelism: false,
    bail: 1,
    silent: true,
    reporters: [{}],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
};
