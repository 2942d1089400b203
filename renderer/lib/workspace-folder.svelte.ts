import type { FolderState } from '../../shared/ipc/folder-contract';
import { Failure } from '../../shared/ipc/errors';
import { backend, type Door } from './backend';

/** The folder of this workspace as the window knows it: followed from the start on, whatever screen is shown. */
export class WorkspaceFolder {
  /** Null until the first report. */
  state = $state.raw<FolderState | null>(null);
  /** Rises with every draft that changed by the folder. */
  readonly drafts = $derived(this.state?.drafts ?? 0);
  /** Why it is not followed any more; null: it is. */
  failure = $state.raw<unknown>(null);

  readonly #door: Door;
  #following: AbortController | null = null;
  #looking = false;

  constructor(door: Door) {
    this.#door = door;
  }

  /** Follows the folder from now on; a follower from before, of a backend that is gone, is left. */
  follow(): void {
    this.#following?.abort();
    const following = new AbortController();
    this.#following = following;
    this.failure = null;
    // Another backend counts anew.
    this.state = null;
    const onProgress = (state: FolderState): void => this.heard(state);
    this.#door('folder.watch', {}, { signal: following.signal, onProgress }).catch((error: unknown) => {
      const isOver = error instanceof Failure && (error.code === 'cancelled' || error.code === 'backend-lost');
      if (following === this.#following && !isOver) this.failure = error;
    });
  }

  /** Looks now, for whoever comes back from another program: drives of a network tell of changes late. */
  async lookAgain(): Promise<void> {
    if (this.state === null || this.#looking || this.state.folder === null) return;
    this.#looking = true;
    try {
      this.heard(await this.#door('folder.sync', {}));
    } catch {
      // What cannot be read is part of the state, and a backend that is gone is told by the shell.
    } finally {
      this.#looking = false;
    }
  }

  /** Takes a state that was reported, or answered, unless a newer one came first. */
  heard(state: FolderState): void {
    if (this.state === null || state.number >= this.state.number) this.state = state;
  }
}

export const workspaceFolder = new WorkspaceFolder(backend);
