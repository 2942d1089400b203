/** What the backend's process loads first: runs the backend with the code that an earlier start compiled. Holds nothing itself. */
import path from 'node:path';
import { keepWhenStarted, runBundle } from '../disk/compiled-code';

keepWhenStarted(runBundle(path.join(import.meta.dirname, 'backend.cjs')));
