import { Failure } from '../../shared/ipc/errors';

export interface GrantedFile {
  path: string;
  name: string;
  bytes: number;
  mode: 'read' | 'write';
}

/** Tokens kept; the oldest is forgotten when a person chooses more files than that. */
const MOST_GRANTS = 500;

/**
 * The files a person chose in a native dialog or dropped on the window. The page names them by token only, so that no
 * call from the page can reach any other file.
 */
export class GrantedFiles {
  readonly #files = new Map<string, GrantedFile>();

  grant(token: string, file: GrantedFile): void {
    this.#files.delete(token);
    this.#files.set(token, file);
    for (const oldest of this.#files.keys()) {
      if (this.#files.size <= MOST_GRANTS) break;
      this.#files.delete(oldest);
    }
  }

  /** @throws Failure `not-found` when no such file was chosen, or it was chosen for the other purpose */
  find(token: string, mode: GrantedFile['mode']): GrantedFile {
    const file = this.#files.get(token);
    if (file?.mode === mode) return file;
    throw new Failure(
      'not-found',
      mode === 'read'
        ? 'That file is no longer at hand. Choose it again.'
        : 'The place to save to is no longer at hand. Choose it again.',
    );
  }
}
