/** `npm run package`: the built app with the official runtime, ready to run, in `dist/`. */
import path from 'node:path';
import { modulesFolder } from './bootstrap/places.mjs';
import { explain, SetupError, step } from './bootstrap/report.mjs';
import { buildApp } from './build/app.mjs';
import { pack } from './release/packed-app.mjs';
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
    await pack({
      runtimeFolder: path.join(modulesFolder, 'electron', 'dist'),
      runtimeVersion: runtime.version,
      output: 'dist',
    });
    return 'in dist/';
  });
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
