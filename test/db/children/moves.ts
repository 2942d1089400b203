/** Moves a workspace between two places, to and fro, until it is killed. */
import { moveStore } from '../../../electron/disk/move-store';

let [from = '', to = ''] = process.argv.slice(2);
console.log('begins');
for (;;) {
  await moveStore(from, to, () => undefined);
  [from, to] = [to, from];
}
