import { stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { NamedFileKind } from '../../shared/ipc/native';
import { message, type Message } from '../../shared/words/message';
import { closeRegular, openRegular } from '../disk/regular-file';
import { causeOf, codeOf } from '../disk/system-reasons';

/** What a second start hands to the first: files it was told to open, absolute. */
const handedOver = z.object({ files: z.array(z.string().min(1).max(32_767)).max(100_000) });

/** How Laurel was started, as far as it says which files to open. */
export interface CommandLine {
  /** With the program in front. */
  argv: readonly string[];
  /** Folder of the app where the program is Electron itself, which is told it as an argument; null in a packaged app. */
  appFolder: string | null;
  workingFolder: string;
}

/**
 * The files that a command line names, absolute, each once. Switches are none, and all of it is none where the app's
 * folder is not among the arguments although it has to be. File managers name files by `file:` addresses, too.
 */
export function filesOnCommandLine({ argv, appFolder, workingFolder }: CommandLine): string[] {
  const app = argv.findIndex((argument) => path.resolve(workingFolder, argument) === appFolder);
  if (appFolder !== null && app === -1) return [];
  const given = argv.slice(appFolder === null ? 1 : app + 1);
  const end = given.indexOf('--');
  const before = end === -1 ? given : given.slice(0, end);
  const after = end === -1 ? [] : given.slice(end + 1);
  const named = [...before.filter((argument) => !argument.startsWith('-')), ...after].filter(
    (argument) => argument !== '',
  );
  return [...new Set(named.map((argument) => path.resolve(workingFolder, pathOf(argument))))];
}

/** The files in what another start handed over; none where it is not what a start of Laurel hands over. */
export function filesHandedOver(data: unknown): string[] {
  const parsed = handedOver.safeParse(data);
  return parsed.success ? parsed.data.files.filter((file) => path.isAbsolute(file)) : [];
}

/** What a file is by its name; null: no type of Laurel's. */
export function kindOfFile(file: string): NamedFileKind | null {
  const [, kind] = /\.(badge|scenario)\.json$/i.exec(path.basename(file)) ?? [];
  return kind === undefined ? null : (kind.toLowerCase() as NamedFileKind);
}

/** Whether a file is a workspace by its name. */
export function isWorkspaceFile(file: string): boolean {
  return /\.laurel$/i.test(file);
}

/** A file that can be opened, or why it cannot. */
export type LookAtFile =
  | { ok: true; kind: NamedFileKind; bytes: number }
  | { ok: false; missing: boolean; reason: Message };

/**
 * Looks whether a file is there, can be read, and is of a type that Laurel opens.
 *
 * @param known what it was opened as before, whatever it is called
 */
export async function lookAtFile(file: string, known: NamedFileKind | null): Promise<LookAtFile> {
  const name = path.basename(file);
  try {
    if ((await stat(file)).isDirectory())
      return { ok: false, missing: false, reason: message('opening.folder', { file: name }) };
    const kind = known ?? kindOfFile(file);
    if (kind === null) return { ok: false, missing: false, reason: message('opening.unknown', { file: name }) };
    const { handle, size } = openRegular(file);
    closeRegular(handle);
    return { ok: true, kind, bytes: size };
  } catch (error) {
    const missing = codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';
    return {
      ok: false,
      missing,
      reason: missing
        ? message('opening.missing', { file: name, folder: path.dirname(file) })
        : message('opening.unreadable', { file: name, reason: causeOf(error) }),
    };
  }
}

/** A `file:` address as a path; anything else as it is. */
function pathOf(argument: string): string {
  if (!/^file:/i.test(argument)) return argument;
  try {
    return fileURLToPath(argument);
  } catch {
    return argument;
  }
}
