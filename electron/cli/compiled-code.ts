import { posix, win32 } from 'node:path';

/**
 * Where the command line keeps its compiled code from call to call, which is most of the time until it begins: the
 * person's own cache folder, never one that others could write to. What lies there may be deleted at any time.
 *
 * @returns null where the system names no such folder, or Node's own variable says where, which Node heeds by itself
 */
export function compiledCodeFolder(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string | null {
  if (env['NODE_COMPILE_CACHE'] !== undefined) return null;
  if (platform === 'win32') {
    const local = env['LOCALAPPDATA'];
    return local !== undefined && win32.isAbsolute(local) ? win32.join(local, 'laurel', 'compiled') : null;
  }
  const caches =
    platform === 'darwin'
      ? below(env['HOME'], 'Library/Caches')
      : (below(env['XDG_CACHE_HOME'], '') ?? below(env['HOME'], '.cache'));
  return below(caches ?? undefined, 'laurel/compiled');
}

function below(folder: string | undefined, place: string): string | null {
  return folder !== undefined && posix.isAbsolute(folder) ? posix.join(folder, place) : null;
}
