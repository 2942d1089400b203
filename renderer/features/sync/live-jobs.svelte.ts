import type { LiveCustomerRow, LiveJobView } from '../../../shared/ipc/sync-contract';
import type { JobBegin } from '../../../shared/ipc/job-queue-contract';
import { isCancelled } from '../../lib/failure-wording';
import { FileExport } from '../../lib/file-export.svelte';
import { RowPages } from '../../lib/row-pages.svelte';
import type { RunningJob } from '../../shell/running.svelte';
import type { Door } from '../../lib/backend';
import { ACTIONS } from './sync-wording';
import { say } from '../../lib/say.svelte';

/** Between a report of a job and the next reading of its rows. */
const SETTLE_MILLISECONDS = 700;

export type CustomerFilter = LiveCustomerRow['state'] | 'all';

/** Share of a job's customers that have an outcome, 0 to 1. */
export function shareOf({ done, refused, total }: LiveJobView): number {
  return total === 0 ? 1 : (done + refused) / total;
}

/** Whether it goes on by itself. */
export function isActive({ state }: LiveJobView): boolean {
  return state === 'running' || state === 'waiting-for-org';
}

/** What came of a job so far, in one sentence. */
export function jobSentence(job: LiveJobView): string {
  const { action, state, done, total, refused, unknown, waiting, sent } = job;
  const words = ACTIONS[action];
  const counts = { done, total, refused, unknown, left: waiting + sent };
  return say(state === 'cancelled' ? words.soFarCancelled : words.soFar, counts);
}

/** All live jobs, followed whatever screen is shown; and the one that is opened with its customers. */
export class LiveJobs {
  /** Newest first. */
  list = $state.raw<readonly LiveJobView[]>([]);
  openedId = $state<number | null>(null);
  filter = $state<CustomerFilter>('all');
  customer = $state('');
  /** Why the last step did not succeed; null: it did. */
  failure = $state.raw<unknown>(null);
  busy = $state(false);
  readonly export = new FileExport();
  readonly rows: RowPages<LiveCustomerRow>;

  readonly opened = $derived<LiveJobView | null>(this.list.find(({ id }) => id === this.openedId) ?? null);

  readonly #door: Door;
  /** Shows a job in the sidebar while it goes on. */
  readonly #show: (job: RunningJob) => () => void;
  readonly #onopen: (job: LiveJobView) => void;
  #following: AbortController | null = null;
  #shown: { id: number; hide: () => void }[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #onturn: () => void;

  /** @param onturn told when a job turned from one state to another: its org may answer again, or no longer */
  constructor(
    door: Door,
    show: (job: RunningJob) => () => void,
    onopen: (job: LiveJobView) => void,
    onturn: () => void = () => undefined,
  ) {
    this.#onturn = onturn;
    this.#door = door;
    this.#show = show;
    this.#onopen = onopen;
    this.rows = new RowPages(async (offset, limit) => {
      const id = this.openedId;
      if (id === null) return { total: 0, rows: [] };
      return door('liveJobs.rows', {
        id,
        state: this.filter === 'all' ? [] : [this.filter],
        customer: this.customer.trim(),
        offset,
        limit,
      });
    });
  }

  jobsOf(connectionId: number): readonly LiveJobView[] {
    return this.list.filter((job) => job.connectionId === connectionId);
  }

  /** The take-backs of what a job gave, newest first. */
  takeBacksOf(jobId: number): readonly LiveJobView[] {
    return this.list.filter(({ takesBack }) => takesBack === jobId);
  }

  /** Follows all jobs from now on; a follower from before, of a backend that is gone, is left. */
  follow(): void {
    this.#following?.abort();
    const following = new AbortController();
    this.#following = following;
    this.#door('liveJobs.watch', {}, { signal: following.signal, onProgress: (job) => this.take(job) }).catch(
      (error: unknown) => {
        // A backend that is gone comes back with its jobs, and is followed then.
        if (following === this.#following && !isCancelled(error)) for (const { hide } of this.#shown) hide();
      },
    );
  }

  open(id: number): void {
    if (this.openedId === id) return;
    this.openedId = id;
    this.filter = 'all';
    this.customer = '';
    this.failure = null;
    this.export.dismiss();
    void this.rows.restart();
  }

  close(): void {
    this.openedId = null;
  }

  show(filter: CustomerFilter): void {
    this.filter = filter;
    void this.rows.restart();
  }

  findCustomer(text: string): void {
    this.customer = text;
    void this.rows.restart();
  }

  /** Takes a job as it is now. */
  take(job: LiveJobView): void {
    const before = this.list.find(({ id }) => id === job.id);
    const isKnown = before !== undefined;
    this.list = isKnown
      ? this.list.map((known) => (known.id === job.id ? job : known))
      : [...this.list, job].sort((a, b) => b.id - a.id);
    this.#showInSidebar(job);
    const hasTurned = isKnown && before.state !== job.state;
    if (hasTurned) this.#onturn();
    if (job.id !== this.openedId) return;
    // At a turn, the end above all, the customers must not look otherwise than the sentence above them.
    if (hasTurned) void this.rows.reload();
    else this.#readSoon();
  }

  pause(id: number): Promise<void> {
    return this.#step(() => this.#door('liveJobs.pause', { id }));
  }

  resume(id: number): Promise<void> {
    return this.#step(() => this.#door('liveJobs.resume', { id }));
  }

  cancel(id: number): Promise<void> {
    return this.#step(() => this.#door('liveJobs.cancel', { id }));
  }

  /** Puts a job that waits or is paused to wait, for its turn or for another time. */
  wait(id: number, begin: Exclude<JobBegin, { kind: 'now' }>): Promise<void> {
    return this.#step(() => this.#door('liveJobs.wait', { id, begin }));
  }

  beginNow(id: number): Promise<void> {
    return this.#step(() => this.#door('liveJobs.beginNow', { id }));
  }

  /** @param place among the jobs of its org that wait for their turn, from 1 */
  reorder(id: number, place: number): Promise<void> {
    return this.#step(() => this.#door('liveJobs.reorder', { id, place }));
  }

  /** Ends a job that waits. @returns whether its form is the draft of the org now */
  async takeOut(id: number): Promise<boolean> {
    await this.#step(() => this.#door('liveJobs.takeOut', { id }));
    return this.failure === null;
  }

  retryRefused(id: number, typedName: string | undefined): Promise<void> {
    return this.#step(() =>
      this.#door('liveJobs.retryRefused', { id, ...(typedName === undefined ? {} : { typedName }) }),
    );
  }

  /** Writes every customer of a job to a file that was picked. */
  exportRows(id: number, target: string): Promise<void> {
    return this.export.write(target, (options) => this.#door('liveJobs.export', { id, target }, options));
  }

  /** Writes the audit pack of a job to a zip that was picked. */
  packAudit(id: number, target: string): Promise<void> {
    return this.export.write(target, (options) => this.#door('audit.pack', { id, target }, options));
  }

  async #step(work: () => Promise<LiveJobView>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failure = null;
    try {
      this.take(await work());
    } catch (error) {
      this.failure = error;
    } finally {
      this.busy = false;
    }
  }

  #readSoon(): void {
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.rows.reload();
    }, SETTLE_MILLISECONDS);
  }

  #showInSidebar(job: LiveJobView): void {
    const known = this.#shown.find(({ id }) => id === job.id);
    if (!isActive(job)) {
      known?.hide();
      this.#shown = this.#shown.filter(({ id }) => id !== job.id);
      return;
    }
    if (known) return;
    const now = (): LiveJobView => this.list.find(({ id }) => id === job.id) ?? job;
    const hide = this.#show({
      id: `live-job-${String(job.id)}`,
      get title() {
        return say(ACTIONS[job.action].running, { org: job.connectionName });
      },
      get progress() {
        return shareOf(now());
      },
      get text() {
        const { done, refused, total } = now();
        return say('live.servedOf', { done: done + refused, total });
      },
      open: () => {
        this.open(job.id);
        this.#onopen(now());
      },
    });
    this.#shown = [...this.#shown, { id: job.id, hide }];
  }
}
