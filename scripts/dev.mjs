/** `npm run dev`: the app on the development server, with the runtime that the set-up provided. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { nodePath } from './bootstrap/pinned-node.mjs';
import { modulesFolder, root } from './bootstrap/places.mjs';
import { explain, SetupError } from './bootstrap/report.mjs';
import { hasDisplay } from './bootstrap/system-libraries.mjs';
import { forgetBuild } from './build/app.mjs';
import { electronPath, runtimeArguments } from './runtime-path.mjs';

try {
  if (!hasDisplay()) {
    throw new SetupError(
      'there is no display here, and a development window needs one to be seen.',
      'run it in a session with a screen; npm start shows the built app on a virtual one, npm run laurel needs none.',
    );
  }
  const { executable } = await electronPath();
  forgetBuild();
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, ELECTRON_EXEC_PATH: executable };
  delete env.ELECTRON_RUN_AS_NODE;
  if (runtimeArguments().includes('--no-sandbox')) {
    env.NO_SANDBOX = '1';
  }
  const bundler = path.join(modulesFolder, 'electron-vite', 'bin', 'electron-vite.js');
  const child = spawn(nodePath(), [bundler, 'dev', '--watch', ...process.argv.slice(2)], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  child.once('close', (code) => (process.exitCode = code ?? 1));
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.on(signal, () => child.kill(signal));
  }
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
