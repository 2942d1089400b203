/**
 * `npm run release -- --check`: everything of a release short of publishing. What a machine cannot do (the official
 * runtime, signing) is said in a line and does not fail the check; the build servers do it (.github/workflows/release.yml).
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nodePath } from '../bootstrap/pinned-node.mjs';
import { modulesFolder, root } from '../bootstrap/places.mjs';
import { say, SetupError } from '../bootstrap/report.mjs';
import { lastLines, run } from '../bootstrap/run.mjs';
import { buildApp } from '../build/app.mjs';
import { noticesFile, thirdPartyNotices } from '../build/third-party-notices.mjs';
import { electronPath } from '../runtime-path.mjs';
import { writeBill } from './bill-of-materials.mjs';
import { releaseNotes } from './changelog.mjs';
import { KEY_VARIABLE, signFeeds, writeFeed } from './feed.mjs';
import { pack, packedExecutables, requireFuses } from './packed-app.mjs';
import { testPackage } from './test-package.mjs';
import { requireOneVersion } from './version.mjs';

const RELEASE = path.join(root, 'dist', 'release');

/** @returns {string} */
const version = () => JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version;

async function cleanTree() {
  const status = await run('git', ['status', '--porcelain'], { cwd: root });
  if (status.code !== 0) throw new SetupError('git cannot tell whether the tree is clean.', 'release from a clone.');
  if (status.stdout.trim() !== '') {
    throw new SetupError('the tree has changes that are not committed.', 'commit or stash them.', status.stdout.trim());
  }
  const commit = await run('git', ['rev-parse', '--short', 'HEAD'], { cwd: root });
  return `at ${commit.stdout.trim()}`;
}

function changelog() {
  const said = releaseNotes(readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8'), version());
  if (said === null) {
    throw new SetupError(
      `CHANGELOG.md has no section for ${version()} with anything in it.`,
      `turn “Unreleased” into “${version()}”, or say there what changes.`,
    );
  }
  const points = `${said.notes.split('\n').filter((line) => line.startsWith('- ')).length} points`;
  return said.isNamed ? `${version()}, ${points}` : `Unreleased, ${points}; a tag wants the heading “${version()}”`;
}

function notices() {
  if (readFileSync(path.join(root, noticesFile), 'utf8') !== thirdPartyNotices(root)) {
    throw new SetupError(`${noticesFile} is not what is installed.`, 'run npm run notices and commit it.');
  }
  return noticesFile;
}

/** The steps of `npm test`, with all tests of the window for those of its own, and the long forms: docs/decisions/0214. */
const STEPS = ['format', 'lint', 'unused', 'types', 'unit', 'long', 'browser', 'build', 'looks'];

async function tests() {
  const args = [path.join(root, 'scripts', 'test.mjs'), ...STEPS];
  const ended = await run(nodePath(), args, { cwd: root, limitMs: 120 * 60_000 });
  if (ended.code !== 0) throw new SetupError('the tests fail.', 'mend them.', lastLines(ended.output, 30));
  // A line for each step, and the runner's own summary.
  return `\n${ended.stdout.trim()}`;
}

async function packages() {
  await buildApp();
  const runtime = await electronPath();
  mkdirSync(RELEASE, { recursive: true });
  if (!runtime.fallback) {
    await pack({
      runtimeFolder: path.join(modulesFolder, 'electron', 'dist'),
      runtimeVersion: runtime.version,
      output: RELEASE,
      targets: [],
    });
    return { words: 'of this platform', executables: packedExecutables(RELEASE), feeds: RELEASE };
  }
  const { file, executable } = await testPackage(path.join(RELEASE, 'test'), version());
  writeFeed(path.dirname(file), 'latest-linux.yml', version(), [path.basename(file)]);
  return {
    words: `only ${path.basename(file)}, a test package: the official runtime is not here`,
    executables: [executable],
    feeds: path.dirname(file),
  };
}

async function bill() {
  const file = path.join(RELEASE, `laurel-${version()}.cdx.json`);
  return `${path.basename(file)}, ${await writeBill(file)}`;
}

/** @param {string} file */
async function sha256(file) {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(file)) hash.update(bytes);
  return hash.digest('hex');
}

async function checksums() {
  const files = readdirSync(RELEASE, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(deb|rpm|AppImage|exe|dmg|zip|json|yml|sig)$/.test(name) && !/unpacked|builder-/.test(name))
    .filter((name) => statSync(path.join(RELEASE, name)).isFile())
    .sort();
  const lines = [];
  for (const name of files) lines.push(`${await sha256(path.join(RELEASE, name))}  ${name.split(path.sep).join('/')}`);
  writeFileSync(path.join(RELEASE, 'SHA256SUMS'), `${lines.join('\n')}\n`);
  return `SHA256SUMS, ${lines.length} files`;
}

function signing() {
  const wanted = {
    Windows: 'WIN_CSC_LINK',
    macOS: 'CSC_LINK',
    'notarising by Apple': 'APPLE_ID',
  };
  const missing = Object.entries(wanted).filter(([, name]) => !process.env[name]);
  return missing.length === 0
    ? 'all keys are here'
    : `skipped for ${missing.map(([what, name]) => `${what} (${name})`).join(', ')}: no key in the environment`;
}

/**
 * Goes through all of it, in order, and stops at the first that is wrong.
 *
 * @param {{ withTests: boolean, withTree: boolean }} options
 * @throws {SetupError}
 */
export async function checkRelease({ withTests, withTree }) {
  /** @type {readonly string[]} */
  let executables = [];
  let feeds = '';
  /** @type {[string, () => string | Promise<string>][]} */
  const steps = [
    ['clean tree', withTree ? cleanTree : () => 'not looked at, as asked'],
    ['version', () => requireOneVersion(root)],
    ['changelog', changelog],
    ['notices', notices],
    ['tests', withTests ? tests : () => 'not run, as asked'],
    [
      'packages',
      async () => {
        const made = await packages();
        executables = made.executables;
        feeds = made.feeds;
        return made.words;
      },
    ],
    ['fuses', () => requireFuses(executables)],
    ['bill of materials', bill],
    ['signing', signing],
    ['updates', () => signFeeds(feeds, process.env[KEY_VARIABLE])],
    ['checksums', checksums],
  ];
  for (const [name, check] of steps) say(`${name}: ${await check()}`);
  const skipped = [
    ...(withTests ? [] : ['the tests were not run']),
    ...(withTree ? [] : ['the tree was not looked at']),
  ];
  const verdict = skipped.length === 0 ? 'nothing is wrong' : `THIS WAS NO RELEASE CHECK: ${skipped.join(', and ')}`;
  say(`${verdict}; what was made lies in ${path.relative(root, RELEASE)}${existsSync(RELEASE) ? '' : ' (gone)'}`);
}
