import nodeModule from 'node:module';
import { compiledCodeFolder } from './compiled-code';

// Only what is imported after this comes out of what an earlier call has compiled.
const folder = compiledCodeFolder(process.platform, process.env);
if (folder !== null) nodeModule.enableCompileCache?.(folder);
// Without it numbers of JSON would lose digits in silence, or files would be said to be broken that are not.
if ('rawJSON' in JSON) {
  await import('./program');
} else {
  process.stderr.write(
    `laurel needs Node 22 or newer, and this is ${process.version}. Nothing was done. Start it by npm run laurel, which brings its own Node.\n`,
  );
  process.exitCode = 2;
}
