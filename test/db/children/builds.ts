/** Builds a workspace from an export, orders that the next start puts it in its place, and ends. */
import { orderPlacing } from '../../../db/backups/restore';
import { buildFromExport } from '../../../db/portable/import';

const [source = '', workspaceFile = ''] = process.argv.slice(2);
orderPlacing(workspaceFile, await buildFromExport({ source, workspaceFile, progress: () => undefined }));
