/** Holds the lock of the workspace it is given until it is killed: `lock-holder FILE`. */
import { lockWorkspace } from '../../../db/lock';

lockWorkspace(process.argv[2] ?? '');
console.log('locked');
setInterval(() => undefined, 60_000);
