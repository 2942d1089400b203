/** For each folder that a mutation run knows: the tests that are asked, quickest first among those that reach a mutant. */

/** @type {Readonly<Record<string, readonly string[]>>} */
export const TESTS_OF = {
  'shared/domain': [
    'test/domain/**/*.test.ts',
    'test/conformance/{seeds,judge}.test.ts',
    'test/gateway/{compare,access,faults}.test.ts',
  ],
  db: [
    'test/db/**/*.test.ts',
    'test/backend/{badges,issuance,requests,workspace,simulation-files}.test.ts',
    'test/gateway/equality.test.ts',
    'test/sync/{commands,push-pull,parts}.test.ts',
  ],
  'electron/backend/sync': ['test/sync/**/*.test.ts'],
};
