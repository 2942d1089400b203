/** `npm run build`: builds the app into `out/`, whatever was built before. */
import { buildApp } from './build/app.mjs';
import { explain, step } from './bootstrap/report.mjs';

try {
  await step('build', async () => {
    const { output } = await buildApp({ always: true });
    process.stderr.write(output);
    return 'out/ is ready';
  });
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
