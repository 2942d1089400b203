/**
 * The official Electron runtime, downloaded by the installer of the electron package from its release host (or from
 * the mirror that the person has set for it). The installer verifies the checksum against the package.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nodePath } from './pinned-node.mjs';
import { modulesFolder, runtimeFolder } from './places.mjs';
import { lastLines, run } from './run.mjs';

const packageFolder = path.join(modulesFolder, 'electron');
const refusal = path.join(runtimeFolder, 'official-unreachable.json');
const downloadLimitMs = 15 * 60_000;

/** @param {string} file */
function readOrUndefined(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** @returns {string} the version of Electron that the lock pins */
export function officialVersion() {
  return JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8')).version;
}

/** @returns {string | undefined} the official executable, if it is whole and of the pinned version */
export function officialPath() {
  const executable = readOrUndefined(path.join(packageFolder, 'path.txt'));
  const version = readOrUndefined(path.join(packageFolder, 'dist', 'version'))?.replace(/^v/, '');
  if (!executable || !existsSync(path.join(packageFolder, 'package.json')) || version !== officialVersion()) {
    return undefined;
  }
  const file = path.join(packageFolder, 'dist', executable);
  return existsSync(file) ? file : undefined;
}

/**
 * Why an earlier download of this version failed: so that a closed network is not tried again at every start.
 * @returns {string | undefined}
 */
export function rememberedRefusal() {
  try {
    const { version, reason } = JSON.parse(readFileSync(refusal, 'utf8'));
    return version === officialVersion() ? String(reason) : undefined;
  } catch {
    return undefined;
  }
}

/** Forgets an earlier failure, so that the next set-up tries the download again. */
export function forgetRefusal() {
  rmSync(refusal, { force: true });
}

/** @param {string} reason one line */
export function rememberRefusal(reason) {
  mkdirSync(runtimeFolder, { recursive: true });
  writeFileSync(refusal, `${JSON.stringify({ version: officialVersion(), reason, at: new Date().toISOString() })}\n`);
}

/**
 * Tries to download the official runtime.
 * @returns {Promise<{ executable: string } | { reason: string, detail: string }>}
 */
export async function downloadOfficial() {
  const finished = await run(nodePath(), [path.join(packageFolder, 'install.js')], { limitMs: downloadLimitMs });
  const executable = officialPath();
  if (finished.code === 0 && executable) {
    return { executable };
  }
  const reason = finished.output.split('\n').find((line) => /error|stopped after/i.test(line)) ?? 'no reason was given';
  return { reason: reason.trim().replace(/^\w*Error: /, ''), detail: lastLines(finished.output) };
}
