import type {
  BackupInterval,
  BackupList,
  BackupLook,
  BackupProgress,
  BackupView,
} from '../../shared/ipc/backups-contract';
import { backend, type Door } from '../lib/backend';
import { failureSentence } from '../lib/failure-wording';
import { say } from '../lib/say.svelte';

/** What of the window a restore needs. */
export interface RestartingWindow {
  restartBackend(): Promise<void>;
  /** Everything on screen is of the state before: the page begins anew. */
  reload(): void;
}

/** The backups of the workspace, as the settings and the recovery screen show them. */
export class Backups {
  list = $state.raw<BackupList | null>(null);
  /** What was looked into last, while its dialog is open. */
  look = $state.raw<BackupLook | null>(null);
  /** What is being done, so that nothing else is begun. */
  busy = $state<'take' | 'look' | 'restore' | 'change' | null>(null);
  /** The backup that is being made by hand, and how to stop it. */
  taking = $state.raw<{ progress: BackupProgress | null; abort: AbortController } | null>(null);
  failure = $state<string | null>(null);
  said = $state('');
  readonly #door: Door;

  constructor(door: Door = backend) {
    this.#door = door;
  }

  load(): Promise<void> {
    return this.#do('change', async () => {
      this.list = await this.#door('backups.list', {});
    });
  }

  take(): Promise<void> {
    return this.#do('take', async () => {
      const abort = new AbortController();
      this.taking = { progress: null, abort };
      try {
        const onProgress = (progress: BackupProgress): void => void (this.taking = { progress, abort });
        await this.#door('backups.take', {}, { signal: abort.signal, onProgress });
      } finally {
        this.taking = null;
      }
      this.list = await this.#door('backups.list', {});
      this.said = say('backups.taken');
    });
  }

  open({ id }: BackupView): Promise<void> {
    return this.#do('look', async () => {
      this.look = await this.#door('backups.look', { id });
    });
  }

  close(): void {
    this.look = null;
  }

  delete({ id }: Pick<BackupView, 'id'>): Promise<void> {
    return this.#do('change', async () => {
      this.look = null;
      await this.#door('backups.delete', { id });
      this.list = await this.#door('backups.list', {});
    });
  }

  /** Puts a backup back: it is ordered, and the backend carries it out as it starts again. */
  restore({ id }: BackupView, window: RestartingWindow): Promise<void> {
    return this.#do('restore', async () => {
      this.look = null;
      await this.#door('backups.restore', { id });
      await window.restartBackend();
      window.reload();
    });
  }

  /** @param token of the folder; null: the usual one again */
  chooseFolder(token: string | null): Promise<void> {
    return this.#do('change', async () => {
      this.list = await this.#door('backups.chooseFolder', { token });
      this.said = say('backups.savedFolder', { folder: this.list.folder });
    });
  }

  setInterval(interval: BackupInterval): Promise<void> {
    return this.#do('change', async () => {
      this.list = await this.#door('backups.setInterval', { interval });
    });
  }

  async #do(what: NonNullable<Backups['busy']>, work: () => Promise<void>): Promise<void> {
    if (this.busy !== null) return;
    this.busy = what;
    this.failure = null;
    this.said = '';
    try {
      await work();
    } catch (error) {
      this.failure = failureSentence(error);
    } finally {
      this.busy = null;
    }
  }
}
