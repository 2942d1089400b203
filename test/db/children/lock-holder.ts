/** Holds the lock of the workspace it is given until it is killed: `lock-holder FILE`. */
import { lockFile } from '../../../db/lock';

lockFile(process.argv[2] ?? '', 'command');
console.log('locked');
setInterval(() => undefined, 60_000);
