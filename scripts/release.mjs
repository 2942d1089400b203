/**
 * `npm run release -- --check [--without-tests] [--dirty]`: goes through a release without publishing anything. There is
 * no publishing from a person's machine: the build servers attach what they made to the tag.
 * `--tag TAG --notes FILE` holds a tag to the version and writes what the changelog says of it; `--bom FILE` writes the bill
 * of materials; `--compile-starts` starts the built app once before it is packed; `--sign-feed FOLDER` signs the feeds of
 * updates in a folder; `--fuses FOLDER` reads the fuses of what is packed there; `--new-key FILE` makes the key for that.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './bootstrap/places.mjs';
import { explain, say, SetupError } from './bootstrap/report.mjs';
import { writeBill } from './release/bill-of-materials.mjs';
import { releaseNotes } from './release/changelog.mjs';
import { checkRelease } from './release/check.mjs';
import { compileStarts } from './release/compiled-starts.mjs';
import { KEY_VARIABLE, makeKey, signFeeds } from './release/feed.mjs';
import { packedExecutables, requireFuses } from './release/packed-app.mjs';
import { requireOneVersion } from './release/version.mjs';

try {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean', default: false },
      'without-tests': { type: 'boolean', default: false },
      dirty: { type: 'boolean', default: false },
      'sign-feed': { type: 'string' },
      fuses: { type: 'string' },
      'new-key': { type: 'string' },
      tag: { type: 'string' },
      notes: { type: 'string' },
      bom: { type: 'string' },
      'compile-starts': { type: 'boolean', default: false },
    },
  });
  if (values['new-key'] !== undefined) {
    makeKey(values['new-key']);
    say(
      `the private key is in ${values['new-key']}: keep it where the build servers keep secrets. The public one is in the app.`,
    );
  } else if (values['sign-feed'] !== undefined) {
    say(`updates: ${signFeeds(values['sign-feed'], process.env[KEY_VARIABLE])}`);
  } else if (values.fuses !== undefined) {
    say(`fuses: ${await requireFuses(packedExecutables(values.fuses))}`);
  } else if (values['compile-starts']) {
    say(`compiled code of starts: ${await compileStarts()}`);
  } else if (values.bom !== undefined) {
    say(`bill of materials: ${await writeBill(values.bom)}`);
  } else if (values.tag !== undefined) {
    const version = requireOneVersion(root, values.tag);
    const said = releaseNotes(readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8'), version);
    if (said === null || !said.isNamed) {
      throw new SetupError(
        `CHANGELOG.md says nothing of ${version}.`,
        `give “Unreleased” the heading “${version}”, commit, and tag that commit; npm run release -- --check tells before.`,
      );
    }
    if (values.notes !== undefined) writeFileSync(values.notes, `${said.notes}\n`);
    say(`version: ${version}, as the tag`);
  } else if (values.check) {
    await checkRelease({ withTests: !values['without-tests'], withTree: !values.dirty });
  } else {
    throw new SetupError(
      'releases are published by the build servers, from a tag.',
      'npm run release -- --check goes through everything before; then tag the commit v and its version, and push the tag.',
    );
  }
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
