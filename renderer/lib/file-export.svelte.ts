import { LongWork, type WorkOptions } from './long-work.svelte';

/** A file that was written whole: how many rows it has, its name, and the token by which it is shown in its folder. */
export interface WrittenFile {
  rows: number;
  name: string;
  token: string;
}

type Report = { done: number; total: number };

/** Rows of the backend being written to a file that a person picked: one at a time, watched, cancelled, and told. */
export class FileExport {
  #work = $state.raw<LongWork<Report, WrittenFile> | null>(null);

  readonly active = $derived(this.#work?.active === true);
  readonly cancelling = $derived(this.#work?.state === 'cancelling');
  readonly share = $derived(this.#work?.share ?? null);
  /** Null before the first report. */
  readonly progress = $derived(this.#work?.progress ?? null);
  /** The file that was written last; null after it was dismissed or cancelled, and while another is being written. */
  readonly written = $derived(this.#work?.answer ?? null);
  readonly failure = $derived<unknown>(this.#work?.failure ?? null);

  /** There is something to say of a file. */
  readonly visible = $derived(this.#work !== null && this.#work.state !== 'cancelled');

  /** Writes a file, unless one is being written. Never rejects. @param token of the file, from a save dialog */
  async write(
    token: string,
    write: (options: WorkOptions<Report>) => Promise<{ rows: number; name: string }>,
  ): Promise<void> {
    if (this.active) return;
    const work = new LongWork<Report, WrittenFile>(async (options) => ({ ...(await write(options)), token }));
    this.#work = work;
    await work.run();
  }

  cancel(): void {
    this.#work?.cancel();
  }

  /** Takes what is said of the last file away; one that is being written goes on. */
  dismiss(): void {
    if (!this.active) this.#work = null;
  }
}
