/** `npm run package`: the built app with the official runtime, ready to run, in `dist/`. */
import path from 'node:path';
import { nodePath } from './bootstrap/pinned-node.mjs';
import { modulesFolder, root } from './bootstrap/places.mjs';
import { explain, SetupError, step } from './bootstrap/report.mjs';
import { lastLines, run } from './bootstrap/run.mjs';
import { buildApp } from './build/app.mjs';
import { electronPath } from './runtime-path.mjs';

try {
  const runtime = await electronPath();
  if (runtime.fallback) {
    throw new SetupError(
      'only the fallback runtime is here, and Laurel is never packaged with it.',
      'on a network that reaches the release host of Electron, run: npm run setup -- --retry-official',
    );
  }
  await step('build', async () => ((await buildApp()).built ? 'made anew, because the sources changed' : undefined));
  await step('package', async () => {
    const packed = await run(
      nodePath(),
      [
        path.join(modulesFolder, 'electron-builder', 'cli.js'),
        ...['--dir', '--config', 'electron-builder.yml', `-c.electronVersion=${runtime.version}`],
        `-c.electronDist=${path.join(modulesFolder, 'electron', 'dist')}`,
      ],
      { cwd: root },
    );
    if (packed.code !== 0) {
      throw new SetupError(
        'Laurel could not be packaged.',
        'correct what is named above, then run the same command again.',
        lastLines(packed.output, 40),
      );
    }
    return 'in dist/';
  });
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
