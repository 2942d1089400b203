/** Moves a workspace between two places, to and fro and as the window does, until it is killed. */
import path from 'node:path';
import { moveStore } from '../../../electron/disk/move-store';
import { KnownWorkspaces, OWN_ID } from '../../../electron/main/known-workspaces';
import { UnfinishedMove } from '../../../electron/main/unfinished-move';

let [from = '', to = ''] = process.argv.slice(2);
const folder = process.argv[4] ?? '';
const known = new KnownWorkspaces(path.join(folder, 'workspaces.json'), from, () => undefined);
const unfinished = new UnfinishedMove(path.join(folder, 'moving.json'));
console.log('begins');
for (;;) {
  await moveStore(from, to, {
    shut: () => Promise.resolve(),
    begins: (plan) => unfinished.begin({ id: OWN_ID, from, to }, plan),
    placed: () => known.moved(OWN_ID, to),
    takenBack: () => known.moved(OWN_ID, from),
  });
  unfinished.end();
  [from, to] = [to, from];
}
