/**
 * `npm run release -- --check [--without-tests] [--dirty]`: goes through a release without publishing anything. There is
 * no publishing from a person's machine: the build servers attach what they made to the tag.
 */
import { parseArgs } from 'node:util';
import { explain, SetupError } from './bootstrap/report.mjs';
import { checkRelease } from './release/check.mjs';

try {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean', default: false },
      'without-tests': { type: 'boolean', default: false },
      dirty: { type: 'boolean', default: false },
    },
  });
  if (!values.check) {
    throw new SetupError(
      'releases are published by the build servers, from a tag.',
      'npm run release -- --check goes through everything before; then tag the commit v and its version, and push the tag.',
    );
  }
  await checkRelease({ withTests: !values['without-tests'], withTree: !values.dirty });
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
