/**
 * `npm run sample-report`: writes the report of docs/sample-report anew, as a page and as PDF. A test holds the page to
 * what Laurel writes today.
 */
import path from 'node:path';
import { nodePath } from './bootstrap/pinned-node.mjs';
import { root } from './bootstrap/places.mjs';
import { explain, step } from './bootstrap/report.mjs';
import { run } from './bootstrap/run.mjs';
import { buildApp } from './build/app.mjs';
import { startVirtualDisplay } from './virtual-display.mjs';

const name = 'thousand-cups';
const options = ['--variant', 'badges.0.badge.badgeConstraints.0.maxEarnLimit=2000', '--brand-colour', '#7a3b12'];

try {
  await step('sample report', async () => {
    await buildApp();
    const virtual = process.platform === 'linux' ? await startVirtualDisplay() : null;
    try {
      const env = virtual === null ? process.env : { ...process.env, DISPLAY: virtual.display };
      for (const ending of ['html', 'pdf']) {
        const { code, output } = await run(
          nodePath(),
          [
            path.join(root, 'out', 'main', 'cli.js'),
            ...['report', `${name}.scenario.json`, ...options, '--out', `${name}.${ending}`],
          ],
          { cwd: path.join(root, 'docs', 'sample-report'), env },
        );
        if (code !== 0) {
          throw new Error(`The report could not be written:\n${output}`);
        }
      }
      return `docs/sample-report/${name}.html and .pdf are new`;
    } finally {
      await virtual?.stop();
    }
  });
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
