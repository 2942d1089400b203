import { requireOutput, type KeptFile } from '../../disk/output-place';
import { Failure } from '../../../shared/ipc/errors';
import { message } from '../../../shared/words/message';
import { pathsOfTable } from '../tables/table-files';

export interface GrantedFile {
  path: string;
  name: string;
  bytes: number;
  mode: 'read' | 'write' | 'folder';
}

/** What a person can do when an export could not be written. */
export const EXPORT_AGAIN = message('system.exportAgain');

/** Tokens kept; the oldest is forgotten when a person chooses more files than that. */
const MOST_GRANTS = 500;

/**
 * The files a person chose in a native dialog or dropped on the window. The page names them by token only, so that no
 * call from the page can reach any other file.
 */
export class GrantedFiles {
  readonly #files = new Map<string, GrantedFile>();
  readonly #store: readonly KeptFile[];

  /** @param store files that no output may replace, whoever chose it */
  constructor(store: readonly KeptFile[] = []) {
    this.#store = store;
  }

  grant(token: string, file: GrantedFile): void {
    this.#files.delete(token);
    this.#files.set(token, file);
    for (const oldest of this.#files.keys()) {
      if (this.#files.size <= MOST_GRANTS) break;
      this.#files.delete(oldest);
    }
  }

  /** Paths of the files that were chosen to be read. */
  readable(): string[] {
    return [...this.#files.values()].flatMap((file) => (file.mode === 'read' ? [file.path] : []));
  }

  /** @throws Failure `not-found` when no such file was chosen, or it was chosen for the other purpose */
  find(token: string, mode: GrantedFile['mode']): GrantedFile {
    const file = this.#files.get(token);
    if (file?.mode === mode) return file;
    throw new Failure('not-found', mode === 'read' ? message('system.fileGone') : message('system.placeGone'));
  }

  /**
   * The place a person chose for an output, if nothing is lost by writing there.
   *
   * @param sources files that may not be replaced by it; every file chosen for reading unless given
   * @throws Failure `not-found`, or `invalid-input` when it is the store, a source, or cannot be written
   */
  output(token: string, sources?: readonly string[]): GrantedFile {
    const file = this.find(token, 'write');
    const read = sources ?? [...this.#files.values()].filter(({ mode }) => mode === 'read').map(({ path }) => path);
    const keep = read
      .flatMap((path) => [path, ...pathsOfTable(path)])
      .map((path): KeptFile => ({ path, what: message('store.fileBeingRead') }));
    requireOutput(file.path, file.name, [...this.#store, ...keep], message('store.nothingWritten'));
    return file;
  }
}
