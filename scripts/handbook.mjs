/** `npm run handbook`: takes the pictures of the handbook, in both languages, and of the README anew, from the app as it is. */
import path from 'node:path';
import { nodePath } from './bootstrap/pinned-node.mjs';
import { modulesFolder, root } from './bootstrap/places.mjs';
import { explain, step } from './bootstrap/report.mjs';
import { run } from './bootstrap/run.mjs';
import { buildApp } from './build/app.mjs';
import { startVirtualDisplay } from './virtual-display.mjs';

try {
  await step('handbook', async () => {
    await buildApp();
    const virtual = process.platform === 'linux' ? await startVirtualDisplay() : null;
    try {
      /** @type {NodeJS.ProcessEnv} */
      const env = virtual === null ? process.env : { ...process.env, LAUREL_TEST_DISPLAYS: virtual.display };
      const playwright = path.join(modulesFolder, '@playwright', 'test', 'cli.js');
      const { code, output } = await run(
        nodePath(),
        [playwright, 'test', '--config', path.join('test', 'e2e', 'handbook', 'pictures-config.ts')],
        { cwd: root, env },
      );
      if (code !== 0) {
        throw new Error(`The pictures could not be taken:\n${output}`);
      }
      return 'docs/handbook/pictures and docs/images are new, but for sync.png';
    } finally {
      await virtual?.stop();
    }
  });
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
