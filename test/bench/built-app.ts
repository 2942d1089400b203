import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';

export const root = process.cwd();

/** The part of scripts/runtime-path.mjs that is used here. */
interface RuntimePath {
  electronPath(): Promise<{ executable: string; fallback: boolean; version: string }>;
  runtimeArguments(): string[];
}
// By its address, because a bench runs from its bundle and that module finds the runtime by where it stands.
const runtimePath = pathToFileURL(path.join(root, 'scripts', 'runtime-path.mjs')).href;
const { electronPath, runtimeArguments: argumentsOfRuntime } = (await import(
  /* @vite-ignore */ runtimePath
)) as RuntimePath;

const { executable: runtime, fallback, version } = await electronPath();
export const executable = runtime;
export const runtimeArguments = argumentsOfRuntime();

/** The runtime in the words of a bench's first line. */
export const runtimeWords = `Electron ${version}${fallback ? ' (fallback runtime)' : ''}`;

/** The environment of an app whose data lie in a folder of their own. */
export function environment(userData: string): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[0] !== 'ELECTRON_RUN_AS_NODE',
  );
  return { ...Object.fromEntries(inherited), LAUREL_USER_DATA: userData };
}

const ATTEMPTS = 200;
const BETWEEN_ATTEMPTS_MS = 50;

/** Starts the built app and brings its page. Main holds the window back until the driver watches: untilDriverWatches. */
export async function openBuiltApp(userData: string): Promise<{ app: ElectronApplication; page: Page }> {
  // A first start asks its questions over the page.
  mkdirSync(userData, { recursive: true });
  writeFileSync(path.join(userData, 'workspaces.json'), JSON.stringify({ recent: [], open: [] }));
  const app = await _electron.launch({
    executablePath: executable,
    args: [...runtimeArguments, root],
    env: { ...environment(userData), LAUREL_TEST: '1' },
  });
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const isOpening = await app.evaluate(() => {
      const { laurelOpen } = globalThis as { laurelOpen?: () => void };
      laurelOpen?.();
      return laurelOpen !== undefined;
    });
    if (isOpening) return { app, page: await app.firstWindow() };
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_ATTEMPTS_MS));
  }
  await app.close();
  throw new Error('The built app did not get ready to open its window.');
}
