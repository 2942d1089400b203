/** Builds a workspace from an export, again and again, until it is killed. */
import { rmSync } from 'node:fs';
import { buildFromExport } from '../../../db/portable/import';

const [source = '', workspaceFile = ''] = process.argv.slice(2);
console.log('begins');
for (;;) {
  rmSync(await buildFromExport({ source, workspaceFile, progress: () => undefined }), { recursive: true });
}
