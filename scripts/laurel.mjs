/** `npm run laurel -- …`: the command line, built when its sources changed, under the pinned Node. */
import path from 'node:path';
import { nodePath } from './bootstrap/pinned-node.mjs';
import { root } from './bootstrap/places.mjs';
import { explain, step } from './bootstrap/report.mjs';
import { buildApp } from './build/app.mjs';
import { runUnderNpm } from './under-npm.mjs';

try {
  await step('build', async () => ((await buildApp()).built ? 'made anew, because the sources changed' : undefined));
  runUnderNpm(nodePath(), [path.join(root, 'out', 'main', 'cli.js'), ...process.argv.slice(2)]);
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
