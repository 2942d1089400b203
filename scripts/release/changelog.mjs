/** What CHANGELOG.md says of a version. */

/**
 * @param {string} text of CHANGELOG.md
 * @param {string} version
 * @returns {{ notes: string, isNamed: boolean } | null} the version's section; where there is none yet, “Unreleased”, not
 *   named; null where it says nothing
 */
export function releaseNotes(text, version) {
  const sections = text.split(/^## /m).slice(1);
  const named = sections.find(
    (one) =>
      one
        .split('\n', 1)[0]
        ?.trim()
        .split(/[ ,–-]/)[0] === version,
  );
  const section = named ?? sections.find((one) => one.startsWith('Unreleased'));
  const notes = section?.split('\n').slice(1).join('\n').trim() ?? '';
  return notes.includes('- ') ? { notes, isNamed: named !== undefined } : null;
}
