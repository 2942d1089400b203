import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { FileGrant } from '../../shared/ipc/control';
import type { NamedFile, NamedFileKind } from '../../shared/ipc/native';
import { message, type Message } from '../../shared/words/message';
import { lookAtFile } from './named-files';
import type { RecentFiles } from './recent-files';

/** Files the page is given at once: fewer than there are grants, so that none is forgotten before it is read. */
const AT_ONCE = 100;

/** Where files that wait to be opened go, and whom it is told. */
export interface OpeningHost {
  recent: RecentFiles;
  /** Lets the page name the file by its token; settles when it can. */
  grant(grant: FileGrant): Promise<void>;
  /** Tells the page, if there is one, that files wait. */
  tell(): void;
}

/**
 * Files that Laurel was asked to open: by its command line, a second start, the system, or the menu. They wait here until
 * the page takes them, however long it takes to start; the page gets tokens and names.
 */
export class OpeningFiles {
  readonly #host: OpeningHost;
  #said: Message[] = [];
  #waiting: { path: string; kind: NamedFileKind | null }[] = [];

  constructor(host: OpeningHost) {
    this.#host = host;
  }

  /**
   * @param files absolute paths
   * @param kind what they were opened as before; null: their names say it
   */
  ask(files: readonly string[], kind: NamedFileKind | null = null): void {
    if (files.length === 0) return;
    this.#waiting.push(...files.map((file) => ({ path: file, kind })));
    this.#host.tell();
  }

  /** Says what became of files that Laurel was not asked to open now, where it says why one cannot be opened. */
  say(words: Message): void {
    this.#said.push(words);
    this.#host.tell();
  }

  /** The next files, granted to the page, or why one cannot be opened; none when no more wait. */
  async take(): Promise<NamedFile[]> {
    const taken = this.#waiting.splice(0, AT_ONCE);
    const files: NamedFile[] = this.#said.splice(0).map((reason) => ({ kind: 'refused', name: '', reason }));
    for (const wanted of taken) files.push(await this.#open(wanted.path, wanted.kind));
    return files;
  }

  async #open(file: string, known: NamedFileKind | null): Promise<NamedFile> {
    const { recent, grant } = this.#host;
    const look = await lookAtFile(file, known);
    const name = path.basename(file);
    if (!look.ok) {
      const forgotten = look.missing && recent.drop(file);
      return { kind: 'refused', name, reason: forgotten ? message('opening.recentGone', { file: name }) : look.reason };
    }
    const picked = { token: randomUUID(), name, bytes: look.bytes };
    await grant({ ...picked, path: file, mode: 'read' });
    recent.note({ path: file, kind: look.kind });
    return { kind: look.kind, file: picked };
  }
}
