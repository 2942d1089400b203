/** Addresses that must not be written down here: where packages come from, and where somebody's files are. */

const registryHost = /\b(?:registry|npm|npmmirror|artifactory|nexus)\.(?:[a-z0-9-]+\.)+[a-z]{2,}(?=[:/'"\s]|$)/i;
const registryUrl = /https?:\/\/[^\s'"]*\/(?:npm-registry|repository\/npm|artifactory)[/\w-]*/i;
const personalFolder = /(?<![\w.~@-])\/(?:work|home|Users)\/[\w-]+/;

/**
 * @param text of one file
 * @returns the forbidden addresses it names
 */
export function forbiddenAddressesIn(text: string): string[] {
  return [registryHost, registryUrl, personalFolder].flatMap((pattern) => {
    const match = pattern.exec(text);
    return match ? [match[0]] : [];
  });
}

/**
 * @param lock text of package-lock.json
 * @returns the packages for which it says where they were downloaded from
 */
export function downloadAddressesIn(lock: string): string[] {
  const { packages } = JSON.parse(lock) as { packages: Record<string, { resolved?: string; link?: boolean }> };
  return Object.entries(packages).flatMap(([name, entry]) => (entry.resolved === undefined ? [] : [name]));
}
