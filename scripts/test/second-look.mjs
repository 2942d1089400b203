/** Telling an unsteady test from a broken one: docs/decisions/0154. */

/** @typedef {import('./failures.mjs').Failure} Failure */
/** @typedef {import('./counts.mjs').Count} Count */

/** More failed files than this have a cause of their own, and looking again would only cost time. */
export const MOST_FILES = 3;

/**
 * The files that may be run once more, each by itself with nothing beside it: those of a step of which nothing failed but
 * tests, in few files, all of which could be loaded.
 *
 * @param {Failure[]} failures of the step
 * @param {Count} count of the step
 * @returns {string[]} as the step's runner takes them; none where the failure stands as it is
 */
export function filesToSeeAgain(failures, count) {
  const files = [...new Set(failures.map(({ file }) => file))];
  // A file that could not be loaded, or a runner that failed beside its tests, is a failure without a test.
  const onlyTests = failures.every(({ loaded }) => loaded) && failures.length === count.failed;
  return onlyTests && files.length <= MOST_FILES ? files : [];
}
