import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../../../shared/ipc/errors';
import { message, type Message } from '../../../../shared/words/message';
import { streamRegular } from '../../../disk/regular-file';
import { causeOf, codeOf } from '../../../disk/system-reasons';
import { bytesOf, entriesOf, isAsWritten } from './archive';
import { ABOUT, LARGEST_MANIFEST, MANIFEST, readManifest, type AuditManifest } from './manifest';

/** What is wrong with a file of a pack. */
export interface PackProblem {
  /** Its name in the pack; the pack's own where it is about the archive. */
  file: string;
  problem: 'changed' | 'missing' | 'unexpected' | 'unreadable';
  /** Completes a sentence that begins with the name of the file. */
  words: Message;
}

/** What a pack turned out to be. */
export interface PackVerdict {
  /** Files that the manifest names, and their bytes. */
  files: number;
  bytes: number;
  /** None: every byte is what the manifest says, and every file is there and no other. */
  problems: PackProblem[];
  /** What the pack says of its job; null where that is not as it was written. */
  about: unknown;
}

/** Where a pack's files are, however they lie. */
interface PackSource {
  names: ReadonlySet<string>;
  /** What is there and is no file. */
  strange: readonly string[];
  read(name: string): AsyncIterable<Uint8Array>;
  /** What is wrong around the files. */
  around(): Promise<PackProblem[]>;
}

function folderSource(folder: string): PackSource {
  const names = new Set<string>();
  const strange: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isFile()) names.add(entry.name);
    else strange.push(entry.name);
  }
  return {
    ...{ names, strange },
    read: (name) => streamRegular(path.join(folder, name)) as AsyncIterable<Buffer>,
    around: () => Promise.resolve([]),
  };
}

function archiveSource(file: string): PackSource | null {
  const entries = entriesOf(file);
  if (entries === null || new Set(entries.map(({ name }) => name)).size < entries.length) return null;
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  return {
    names: new Set(byName.keys()),
    strange: [],
    read: (name) => bytesOf(file, byName.get(name)!),
    around: async () =>
      (await isAsWritten(file, entries, statSync(file).size))
        ? []
        : [{ file: path.basename(file), problem: 'changed', words: message('audit.archiveBytes') }],
  };
}

/** Where there is nothing to look at. */
const NOTHING = { files: 0, bytes: 0, about: null };

const wholeProblem = (file: string, words: Message): PackVerdict => ({
  ...NOTHING,
  problems: [{ file, problem: 'unreadable', words }],
});

async function textOf(content: AsyncIterable<Uint8Array>, most: number): Promise<string | null> {
  const portions: Uint8Array[] = [];
  let length = 0;
  for await (const portion of content) {
    portions.push(portion);
    length += portion.length;
    if (length > most) return null;
  }
  return Buffer.concat(portions).toString('utf8');
}

/** One file against what the manifest says of it; its text where it is small and whole. */
async function judge(
  source: PackSource,
  { name, bytes, sha256 }: AuditManifest['files'][number],
  signal: { readonly aborted: boolean },
): Promise<PackProblem | null> {
  if (!source.names.has(name)) {
    return source.strange.includes(name)
      ? { file: name, problem: 'changed', words: message('audit.link') }
      : { file: name, problem: 'missing', words: message('audit.missing') };
  }
  const hash = createHash('sha256');
  let length = 0;
  try {
    for await (const portion of source.read(name)) {
      if (signal.aborted) throw new Failure('cancelled', message('audit.stopped'));
      hash.update(portion);
      length += portion.length;
    }
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return { file: name, problem: 'unreadable', words: message('audit.unreadable', { reason: causeOf(error) }) };
  }
  return length === bytes && hash.digest('hex') === sha256
    ? null
    : { file: name, problem: 'changed', words: message('audit.changed') };
}

/**
 * Checks an audit pack, a folder or a zip: every byte against its manifest, and that no file is missing or one too many.
 * Reads in portions, however large it is.
 *
 * @throws Failure `cancelled`; the system's error where there is no such place
 */
export async function verifyPack(place: string, signal: { readonly aborted: boolean }): Promise<PackVerdict> {
  const isFolder = lstatSync(place).isDirectory() || statSync(place).isDirectory();
  const source = isFolder ? folderSource(place) : archiveSource(place);
  if (source === null) return wholeProblem(path.basename(place), message('audit.noArchive'));
  if (!source.names.has(MANIFEST)) {
    const isStrange = source.strange.includes(MANIFEST);
    const words = message(isStrange ? 'audit.link' : 'audit.missing');
    return { ...NOTHING, problems: [{ file: MANIFEST, problem: isStrange ? 'changed' : 'missing', words }] };
  }
  const text = await textOf(source.read(MANIFEST), LARGEST_MANIFEST);
  const manifest = text === null ? null : readManifest(text);
  if (manifest === null) return wholeProblem(MANIFEST, message(text === null ? 'audit.tooLong' : 'audit.noManifest'));
  const problems: PackProblem[] = [];
  for (const file of manifest.files) {
    const problem = await judge(source, file, signal);
    if (problem !== null) problems.push(problem);
  }
  const named = new Set([MANIFEST, ...manifest.files.map(({ name }) => name)]);
  for (const file of [...source.names, ...source.strange]) {
    if (!named.has(file)) problems.push({ file, problem: 'unexpected', words: message('audit.unexpected') });
  }
  problems.push(...(await source.around()));
  const isAboutWhole = named.has(ABOUT) && !problems.some(({ file }) => file === ABOUT);
  return {
    files: manifest.files.length,
    bytes: manifest.files.reduce((sum, { bytes }) => sum + bytes, 0),
    problems,
    about: isAboutWhole ? aboutIn(await textOf(source.read(ABOUT), LARGEST_MANIFEST)) : null,
  };
}

function aboutIn(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '') as unknown;
  } catch {
    return null;
  }
}
