/** `npm run engine`: compiles the draws of the simulation (`shared/simulation/assembly`) into `drawn-code.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './bootstrap/places.mjs';
import { explain } from './bootstrap/report.mjs';
import { compiledDraws, drawnCodeFile } from './build/compiled-draws.mjs';

try {
  const file = path.join(root, drawnCodeFile);
  const code = await compiledDraws(root);
  const same = readFileSync(file, 'utf8') === code;
  if (!same) writeFileSync(file, code);
  console.log(same ? `${drawnCodeFile} is what its source compiles to.` : `${drawnCodeFile} is written.`);
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
