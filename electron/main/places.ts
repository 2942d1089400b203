import path from 'node:path';

/** Where the built app's parts lie, absolute. Main is bundled into `out/main`, the others beside it. */
export interface Places {
  backendEntry: string;
  preload: string;
  page: string;
}

/** @param mainFolder of the bundle of main */
export function builtPlaces(mainFolder: string): Places {
  const out = path.dirname(mainFolder);
  return {
    backendEntry: path.join(mainFolder, 'backend.js'),
    preload: path.join(out, 'preload', 'index.cjs'),
    page: path.join(out, 'renderer'),
  };
}

/**
 * The folder for this person's data that the environment or the command line names instead of the usual one; tests and
 * second workspaces live in folders of their own.
 */
export function chosenUserData(
  environment: Readonly<Record<string, string | undefined>>,
  commandLineValue: string,
): string | null {
  const chosen = [environment['LAUREL_USER_DATA'], commandLineValue].find(
    (value) => value !== undefined && value !== '',
  );
  return chosen === undefined ? null : path.resolve(chosen);
}
