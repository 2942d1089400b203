/** What CHANGELOG.md says of a version. */

/**
 * @param {string} text of CHANGELOG.md
 * @param {string} version
 * @returns {string | null} the version's section, or “Unreleased” where there is none yet; null where it says nothing
 */
export function releaseNotes(text, version) {
  const sections = text.split(/^## /m).slice(1);
  const section =
    sections.find(
      (one) =>
        one
          .split('\n', 1)[0]
          ?.trim()
          .split(/[ ,–-]/)[0] === version,
    ) ?? sections.find((one) => one.startsWith('Unreleased'));
  const body = section?.split('\n').slice(1).join('\n').trim() ?? '';
  return body.includes('- ') ? body : null;
}
