/** Which Electron runtime this tree uses: the official one first, the fallback where that cannot be had. */
import {
  downloadOfficial,
  forgetRefusal,
  officialPath,
  officialVersion,
  rememberedRefusal,
  rememberRefusal,
} from './electron-official.mjs';
import {
  fallbackExists,
  fallbackPath,
  fallbackVersion,
  isFallbackReady,
  provideFallback,
} from './electron-fallback.mjs';
import { SetupError } from './report.mjs';

/**
 * The runtime that is in place.
 * @returns {Promise<{ executable: string, fallback: boolean, version: string } | undefined>}
 */
export async function currentRuntime() {
  const executable = officialPath();
  if (executable) {
    return { executable, fallback: false, version: officialVersion() };
  }
  if (fallbackExists() && (await isFallbackReady())) {
    return { executable: fallbackPath, fallback: true, version: fallbackVersion };
  }
  return undefined;
}

/**
 * Provides a runtime: downloads the official one, or prepares the fallback when its release host cannot be reached.
 *
 * @param {{ retryOfficial: boolean }} options
 * @returns {Promise<string | undefined>} which runtime is in use and why, undefined when nothing was to do
 * @throws {SetupError} when neither can be had
 */
export async function provideRuntime({ retryOfficial }) {
  if (retryOfficial) {
    forgetRefusal();
  }
  if (officialPath()) {
    return undefined;
  }
  const remembered = rememberedRefusal();
  if (remembered !== undefined && fallbackExists() && (await isFallbackReady())) {
    return undefined;
  }
  let refusal = remembered === undefined ? undefined : { reason: remembered, detail: '' };
  if (refusal === undefined) {
    const answer = await downloadOfficial();
    if ('executable' in answer) {
      return `Electron ${officialVersion()}, the official runtime`;
    }
    refusal = answer;
  }
  const because = `the official ${officialVersion()} could not be downloaded: ${refusal.reason}`;
  if (!fallbackExists()) {
    throw new SetupError(
      `${because}. For ${process.platform} on ${process.arch} there is no other.`,
      'check the network, or set ELECTRON_MIRROR to a mirror that you can reach, then run the same command again.',
      refusal.detail,
    );
  }
  if (!(await isFallbackReady())) {
    await provideFallback();
  }
  // Remembered only now: a failure without a fallback in place must lead to a new attempt.
  rememberRefusal(refusal.reason);
  return `Electron ${fallbackVersion}, the fallback runtime, because ${because} (to try again: npm run setup -- --retry-official)`;
}
