/** `npm run notices`: writes THIRD-PARTY-NOTICES.md from the lock and the installed packages. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './bootstrap/places.mjs';
import { explain } from './bootstrap/report.mjs';
import { noticesFile, thirdPartyNotices } from './build/third-party-notices.mjs';

try {
  writeFileSync(path.join(root, noticesFile), thirdPartyNotices(root));
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
