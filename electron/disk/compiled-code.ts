import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import { constants, Script } from 'node:vm';

const HASH_BYTES = 32;

/** Until then a start has run what every start runs. */
const STARTED_AFTER_MS = 5_000;

/** A bundle that runs, and a way to keep its compiled code for later starts. */
export interface RunningBundle {
  /** Whether code was taken that an earlier start had compiled. */
  readonly compiledBefore: boolean;
  /**
   * Keeps what is compiled by now, with the functions that were called since the bundle began. Takes a tenth of a
   * second. Where nothing can be written, as in a packed app, nothing is: a start without it is only slower.
   *
   * @returns whether it is kept
   */
  keep(): boolean;
}

/** Where the compiled code of a bundle lies: in the folder `compiled` beside it. */
export function compiledFileOf(bundle: string): string {
  return path.join(path.dirname(bundle), 'compiled', `${path.basename(bundle, path.extname(bundle))}.bin`);
}

/**
 * Runs a CommonJS bundle as `require` would, with the code that an earlier start compiled if it is of this very source
 * and engine (`decisions/0172`).
 *
 * @param bundle absolute path of the bundle, which holds ASCII alone
 * @throws whatever the bundle throws
 */
export function runBundle(bundle: string): RunningBundle {
  const source = readFileSync(bundle);
  const restsOn = hashOf(source, process.versions['v8'] ?? '', process.arch);
  const file = compiledFileOf(bundle);
  const cachedData = readCompiled(file, restsOn);
  const script = new Script(
    `(function (exports, require, module, __filename, __dirname) {${source.toString('latin1')}\n})`,
    {
      filename: bundle,
      ...(cachedData === null ? {} : { cachedData }),
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    },
  );
  const require = createRequire(bundle);
  const module = new Module(bundle);
  module.filename = bundle;
  // What the bundle loads later may ask for the bundle: it is this one, and does not run twice.
  require.cache[require.resolve(bundle)] = module;
  const run = script.runInThisContext() as (this: object, ...given: unknown[]) => void;
  const exports = module.exports as object;
  run.call(exports, exports, require, module, bundle, path.dirname(bundle));
  module.loaded = true;
  return {
    compiledBefore: cachedData !== null && script.cachedDataRejected === false,
    keep: () => keepCompiled(file, restsOn, script),
  };
}

/** Keeps the compiled code of a bundle that ran without any, once it has started; not when its process ends before. */
export function keepWhenStarted(bundle: RunningBundle): void {
  if (!bundle.compiledBefore) setTimeout(() => bundle.keep(), STARTED_AFTER_MS).unref();
}

/** The code of a file, whose first bytes say what it rests on and what it is; null where it is of anything else, or damaged. */
function readCompiled(file: string, restsOn: Buffer): Buffer | null {
  let kept: Buffer;
  try {
    kept = readFileSync(file);
  } catch {
    return null;
  }
  // V8 compares lengths alone, and runs bytes that are damaged.
  const code = kept.subarray(2 * HASH_BYTES);
  return kept.subarray(0, 2 * HASH_BYTES).equals(Buffer.concat([restsOn, hashOf(code)])) ? code : null;
}

function keepCompiled(file: string, restsOn: Buffer, script: Script): boolean {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
  } catch {
    return false;
  }
  const unfinished = `${file}.${process.pid}`;
  try {
    const code = script.createCachedData();
    writeFileSync(unfinished, Buffer.concat([restsOn, hashOf(code), code]));
    renameSync(unfinished, file);
    return true;
  } catch {
    rmSync(unfinished, { force: true });
    return false;
  }
}

function hashOf(...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
