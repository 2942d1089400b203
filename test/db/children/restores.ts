/** Puts two backups of a workspace in its place, one after the other, until it is killed. */
import { restoreBackup } from '../../../db/backups/restore';
import { instantOf, SECOND } from '../../../shared/domain/instant';

const [workspaceFile = '', ...ids] = process.argv.slice(2);
let now = instantOf('2026-06-01T00:00:00Z');
console.log('begins');
for (let turn = 0; ; turn += 1) {
  now += SECOND;
  await restoreBackup({ workspaceFile, id: ids[turn % 2] ?? '', appVersion: '1', now, role: 'command' });
}
