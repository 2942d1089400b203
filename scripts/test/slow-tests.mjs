/**
 * The unit tests that `npm run test:fast` leaves out and `npm test` runs, and the only place where that is said: a
 * test file is slow by its path. What belongs here starts processes, kills something and looks at what is left, waits
 * for clocks, or goes through long histories; a file that answers within a second or two does not.
 */

/**
 * Globs from the repository's root. Those of `ownProcess` have a process for each file; all others share some with the quick
 * ones: docs/decisions/0117.
 *
 * @type {readonly { files: readonly string[], because: string, ownProcess?: boolean }[]}
 */
export const slowTests = [
  {
    because: 'start programs, kill some of them and look at what is left',
    ownProcess: true,
    files: [
      'test/backend/issuance/issuance-kill.test.ts',
      'test/backend/practice/{kill,process}.test.ts',
      'test/backend/process/orphan.test.ts',
      'test/backend/sync/live-jobs/survival.test.ts',
      'test/backend/sync/live-jobs/import-survival.test.ts',
      'test/backend/sync/live-jobs/take-back-survival.test.ts',
      'test/backend/tables/made-texts.test.ts',
      'test/cli/**',
      'test/db/{durability,migrate,open}.test.ts',
      'test/db/backups/killed-restore.test.ts',
      'test/db/portable/killed-import.test.ts',
      'test/disk/killed-move.test.ts',
      'test/faults/**',
      'test/report/sample-report.test.ts',
      'test/setup/{dependencies,exclusive}.test.ts',
    ],
  },
  {
    because: 'let a whole backend work, with its workers and its HTTP server',
    files: [
      'test/backend/badges/badges.test.ts',
      'test/backend/customers/customers.test.ts',
      'test/backend/folder/{folder,folder-art}.test.ts',
      'test/backend/network/{matrix,ways}.test.ts',
      'test/backend/issuance/issuance.test.ts',
      'test/backend/practice/{data-file,desk-memory,generated-calls,hostile-http,keeps,practice,states}.test.ts',
      'test/gateway/open-api.test.ts',
      'test/backend/requests/requests.test.ts',
      'test/backend/simulation/**',
      'test/backend/store/**',
      'test/backend/sync/**',
      'test/conformance/http.test.ts',
    ],
  },
  {
    because: 'go through long random histories',
    files: [
      'test/backend/folder/two-clones.property.test.ts',
      'test/backend/practice/{bad-input,equality,faults}.test.ts',
      'test/backend/tables/round-trip.test.ts',
      'test/db/**/*.property.test.ts',
      'test/db/backups/{backups,counts,looks,places,rotation}.test.ts',
      'test/db/org/{org-listing,org-store}.test.ts',
      'test/db/workspace/{drafts,fixtures}.test.ts',
      'test/domain/{cycles,odd-dates}.test.ts',
      'test/domain/issuance.property.test.ts',
      'test/simulation/{answer-sentence,answers,arrivals,kernel-agrees-with-rules}.test.ts',
      'test/simulation/learning/**',
    ],
  },
];

/**
 * These share a process with the quick ones in `npm test`, and are left out of `npm run test:fast` all the same: each takes
 * some seconds, all together half of what all quick ones take.
 *
 * @type {readonly { files: readonly string[], because: string }[]}
 */
export const lengthyTests = [
  {
    because: 'replay recordings under many switches, or exchange whole workspaces',
    files: [
      'test/backend/fidelity/{earlier-state,probe,replay,two-switches,window}.test.ts',
      'test/backend/transfer/{import,round-trip}.test.ts',
      'test/backend/badges/{bulk,bulk-walk}.test.ts',
    ],
  },
  {
    because: 'draw pictures and reports',
    files: [
      'test/art/own-pictures.test.ts',
      'test/backend/art/{art,practice-pictures}.test.ts',
      'test/backend/report/report.test.ts',
      'test/report/{calendar,figures}.test.ts',
    ],
  },
  {
    because: 'go through many draws, or compile and install',
    files: ['test/simulation/drawn-blocks.test.ts', 'test/setup/{runtime,store-module,system-libraries}.test.ts'],
  },
];

/**
 * Of these `npm test` runs a short form and `npm run test:long` the long one; they say which by `atLength` of
 * test/setup/length.ts, and a test holds that they are all that do.
 *
 * @type {readonly string[]}
 */
export const longTests = [
  'test/backend/network/matrix.test.ts',
  'test/backend/folder/two-clones.property.test.ts',
  'test/backend/practice/bad-input.test.ts',
  'test/backend/practice/equality.test.ts',
  'test/backend/practice/states.test.ts',
  'test/backend/sync/live-jobs/survival.test.ts',
  'test/db/backups/killed-restore.test.ts',
  'test/db/org/org-listing.test.ts',
  'test/db/org/org-store.test.ts',
  'test/db/workspace/draft-list.property.test.ts',
];

/**
 * Slow tests that `npm test` leaves to `npm run test:long` because a sibling is its witness: docs/decisions/0214.
 *
 * @type {readonly string[]}
 */
export const longOnly = [
  'test/backend/sync/live-jobs/import-survival.test.ts',
  'test/backend/sync/live-jobs/take-back-survival.test.ts',
];

/** The switch by which they learn it: `long`; short unless it is set. */
export const LENGTH = 'LAUREL_TEST_LENGTH';

/** The globs of the slow ones, as vitest excludes them. */
export const slowFiles = slowTests.flatMap(({ files }) => files);
const ownFiles = slowTests.flatMap(({ files, ownProcess }) => (ownProcess ? files : []));
export const lengthyFiles = lengthyTests.flatMap(({ files }) => files);

/** The switch by which vitest.config.ts learns which part is asked for: `fast`, `shared` or `own`; all unless it is set. */
export const PART = 'LAUREL_TEST_PART';

/**
 * What vitest.config.ts gives vitest, so that each file is in one part and in one only, but for {@link longOnly}, which is in
 * none.
 *
 * @param {string[]} all globs of all unit tests
 * @param {string | undefined} part value of {@link PART}
 * @returns {{ include: string[], exclude: string[] }}
 * @throws {Error} for a part that there is not: it would leave out tests in silence
 */
export function filesOf(all, part) {
  switch (part) {
    case undefined:
      return { include: all, exclude: [] };
    case 'shared':
      return { include: all, exclude: [...ownFiles] };
    case 'fast':
      return { include: all, exclude: [...slowFiles, ...lengthyFiles] };
    case 'own':
      // Some are folders with programs beside the tests.
      return { include: ownFiles.map((glob) => glob.replace(/\*\*$/, '**/*.test.ts')), exclude: [...longOnly] };
    default:
      throw new Error(`${PART} is ${part}: it can be fast, shared or own.`);
  }
}
