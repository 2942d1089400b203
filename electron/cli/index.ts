import nodeModule from 'node:module';
import { compiledCodeFolder } from './compiled-code';

// Only what is imported after this comes out of what an earlier call has compiled.
const folder = compiledCodeFolder(process.platform, process.env);
if (folder !== null) nodeModule.enableCompileCache?.(folder);
await import('./program');
