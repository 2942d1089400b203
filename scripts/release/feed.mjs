/**
 * What installed Laurels read about new versions: feeds, and the signature beside each. The private key comes from the
 * environment and is written nowhere; the public one is in the app (docs/decisions/0126).
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../bootstrap/places.mjs';
import { SetupError } from '../bootstrap/report.mjs';

/** Holds the private key, PKCS #8 in PEM; its line ends may be written as `\n`. */
export const KEY_VARIABLE = 'LAUREL_UPDATE_KEY';

const FEED_FILE = path.join(root, 'resources', 'updates.json');

/** @typedef {{ feed: string | null, publicKey: string | null }} FeedFile */

/** @param {string} file @returns {FeedFile} */
function readFeedFile(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** @param {import('node:crypto').KeyObject} key of either kind @returns {string} base64 of the public one, DER */
function publicText(key) {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
}

/**
 * Makes a key pair: the private key goes into a file that only its owner reads, the public one into the app.
 *
 * @param {string} target of the private key; outside the repository, and not there yet
 * @param {string} [feedFile]
 * @throws {SetupError}
 */
export function makeKey(target, feedFile = FEED_FILE) {
  const file = path.resolve(target);
  if (!path.relative(root, file).startsWith('..')) {
    throw new SetupError('a private key has no place in the repository.', 'name a file outside it.');
  }
  if (existsSync(file)) throw new SetupError(`${file} is there already.`, 'name another: a key is never replaced.');
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx' });
  writeFileSync(
    feedFile,
    `${JSON.stringify({ ...readFeedFile(feedFile), publicKey: publicText(privateKey) }, null, 2)}\n`,
  );
}

/**
 * Writes a feed as electron-builder does, for packages that it did not make.
 *
 * @param {string} folder that the packages lie in
 * @param {string} name of the feed
 * @param {string} version
 * @param {readonly string[]} packages their names
 */
export function writeFeed(folder, name, version, packages) {
  const files = packages.map((url) => ({
    url,
    sha512: createHash('sha512')
      .update(readFileSync(path.join(folder, url)))
      .digest('base64'),
    size: statSync(path.join(folder, url)).size,
  }));
  const lines = files.flatMap(({ url, sha512, size }) => [
    `  - url: ${JSON.stringify(url)}`,
    `    sha512: ${sha512}`,
    `    size: ${String(size)}`,
  ]);
  writeFileSync(path.join(folder, name), ['version: ' + version, 'files:', ...lines, ''].join('\n'));
}

/**
 * Signs every feed of a folder.
 *
 * @param {string} folder
 * @param {string | undefined} key what the environment holds
 * @param {string} [feedFile]
 * @returns {string} what was done, or why nothing was
 * @throws {SetupError} when the key is none, or not the one whose public half is in the app
 */
export function signFeeds(folder, key, feedFile = FEED_FILE) {
  const feeds = readdirSync(folder).filter((name) => /^latest[\w-]*\.yml$/.test(name));
  if (feeds.length === 0) return 'skipped: no feed was made';
  const { feed, publicKey } = readFeedFile(feedFile);
  if (feed === null || publicKey === null) {
    return 'skipped: resources/updates.json names no address or no key; installed Laurels look for nothing';
  }
  if (!key) return `skipped: no key in the environment (${KEY_VARIABLE}); installed Laurels will refuse this feed`;
  /** @type {import('node:crypto').KeyObject} */
  let privateKey;
  try {
    privateKey = createPrivateKey(key.replaceAll('\\n', '\n'));
  } catch {
    throw new SetupError(`${KEY_VARIABLE} holds no private key.`, 'it is PKCS #8 in PEM, as --new-key writes it.');
  }
  if (privateKey.asymmetricKeyType !== 'ed25519' || publicText(privateKey) !== publicKey) {
    throw new SetupError(
      `${KEY_VARIABLE} is another key than the one whose public half is in resources/updates.json.`,
      'installed Laurels would refuse what it signs.',
    );
  }
  for (const name of feeds) {
    const bytes = readFileSync(path.join(folder, name));
    const signature = sign(null, bytes, privateKey);
    if (!verify(null, bytes, createPublicKey(privateKey), signature)) throw new Error('a signature does not hold');
    writeFileSync(path.join(folder, `${name}.sig`), `${signature.toString('base64')}\n`);
  }
  return `${feeds.join(', ')} signed`;
}
