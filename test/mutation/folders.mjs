/** For each folder that a mutation run knows: the tests that are asked, quickest first among those that reach a mutant. */

/** @type {Readonly<Record<string, readonly string[]>>} */
export const TESTS_OF = {
  'shared/domain': [
    'test/domain/**/*.test.ts',
    'test/conformance/{seeds,judge}.test.ts',
    'test/gateway/*.test.ts',
    'test/report/!(sample-report).test.ts',
    'test/backend/badges/*.test.ts',
    'test/backend/practice/{access,faults}.test.ts',
  ],
  db: [
    'test/db/**/*.test.ts',
    'test/backend/{art,badges,requests,store}/*.test.ts',
    // Not the one that kills the process it asks: with probes in it the kill comes elsewhere.
    'test/backend/issuance/!(*-kill).test.ts',
    'test/backend/simulation/scenario-files.test.ts',
    'test/backend/practice/{equality,states}.test.ts',
    'test/backend/sync/{commands,parts}.test.ts',
    'test/backend/sync/badges/push-pull.test.ts',
  ],
  'electron/backend/sync': ['test/backend/sync/**/!(survival).test.ts'],
};
