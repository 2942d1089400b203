import type { RequestSummary } from '../../../shared/ipc/issuance-contract';
import { backend, type Door } from '../../lib/backend';
import { RowPages } from '../../lib/row-pages.svelte';
import { navigation } from '../../shell/navigation.svelte';
import { running, type RunningJob } from '../../shell/running.svelte';
import { ComposeForm } from './compose.svelte';
import { IssueJob } from './issue-job';
import { ACTIONS } from './issue-wording';
import { RequestResult } from './request-result.svelte';
import { say, sayMessage } from '../../lib/say.svelte';

/** What the right half of the screen shows. */
export type IssuePane = 'compose' | 'job' | 'result';

/** The Issue screen: a form, at most one running job, the history of requests, and the request that is open. */
export class IssueScreen {
  readonly compose: ComposeForm;
  readonly history: RowPages<RequestSummary>;

  pane = $state<IssuePane>('compose');
  job = $state.raw<IssueJob | null>(null);
  result = $state.raw<RequestResult | null>(null);
  opening = $state<number | null>(null);
  openFailure = $state.raw<unknown>(null);
  /** Only requests of this badge are listed; null: all. */
  historyBadge = $state.raw<{ id: string; name: string } | null>(null);
  /** What a screen reader is told; it changes only when there is something to say. */
  announcement = $state('');

  readonly running = $derived(this.job?.active === true);
  /** Why Run does nothing now; null: it would start the job. */
  readonly blocked = $derived(this.#blocked());

  readonly #door: Door;
  #opened = 0;

  constructor(door: Door) {
    this.#door = door;
    this.compose = new ComposeForm(door);
    this.history = new RowPages((offset, limit) =>
      this.#door('requests.list', {
        offset,
        limit,
        ...(this.historyBadge === null ? {} : { badgeId: this.historyBadge.id }),
      }),
    );
  }

  #blocked(): string | null {
    if (this.running) return say('issue.requestRuns');
    const { readiness, checkErrors } = this.compose;
    if (readiness.state !== 'ready') return readiness.reason;
    const [refusal] = checkErrors;
    return refusal === undefined
      ? null
      : say('issue.wouldRefuse', { code: String(refusal.code), message: refusal.message });
  }

  /** Reads what may have changed while another screen was shown. */
  async shown(): Promise<void> {
    await Promise.all([this.compose.refresh(), this.history.reload()]);
  }

  /** Comes here from a badge: a new request for it. */
  async composeFor(badgeId: string): Promise<void> {
    this.pane = 'compose';
    await this.compose.chooseBadge(badgeId);
  }

  newRequest(): void {
    this.pane = 'compose';
  }

  /** Runs the form as a job; does nothing while `blocked` says why not. */
  async run(): Promise<void> {
    const { readiness } = this.compose;
    const badge = this.compose.badge.detail;
    if (this.blocked !== null || readiness.state !== 'ready' || badge === null) return;
    const job = new IssueJob(this.#door, readiness.input, badge.summary.name, {
      count: readiness.count,
      exact: readiness.exact,
    });
    this.job = job;
    this.pane = 'job';
    this.announcement = say('issue.saidRunning', { badge: badge.summary.name });
    const leave = running.add(this.#asRunning(job));
    await job.run();
    leave();
    await this.#ended(job);
  }

  /** The job as the sidebar shows it, whatever screen is open. */
  #asRunning(job: IssueJob): RunningJob {
    return {
      id: `issue ${job.input.requestId ?? ''}`,
      get title() {
        return say(ACTIONS[job.input.action].doing, { badge: job.badgeName });
      },
      get progress() {
        return job.share;
      },
      get text() {
        return job.state === 'cancelling'
          ? say('issue.cancelling')
          : say('issue.customerCount', { count: job.progress?.done ?? 0 });
      },
      open: () => {
        navigation.go('issue');
        this.showJob();
      },
    };
  }

  async #ended(job: IssueJob): Promise<void> {
    const { answer: summary } = job;
    if (job.state === 'finished' && summary !== null) {
      this.compose.requestAnswered(summary.state);
      this.announcement = sayMessage(summary.sentence);
      // Whoever looks elsewhere meanwhile is not pulled away; the history has the request.
      if (this.pane === 'job') {
        this.#show(summary);
      }
      this.job = null;
    } else if (job.state === 'cancelled') {
      this.announcement = say('issue.saidCancelled');
    } else {
      this.announcement = say('issue.saidFailed');
    }
    await Promise.all([this.history.reload(), this.compose.refresh()]);
  }

  cancel(): void {
    this.job?.cancel();
  }

  /** Leaves the report of a cancelled or failed job and goes back to the form, which still holds everything. */
  backToForm(): void {
    if (!this.running) this.job = null;
    this.pane = 'compose';
  }

  showJob(): void {
    if (this.job) this.pane = 'job';
  }

  #show(summary: RequestSummary): void {
    this.#opened += 1;
    this.opening = null;
    this.openFailure = null;
    this.result = new RequestResult(this.#door, summary);
    this.pane = 'result';
  }

  /** Opens a request of the history. */
  async open(id: number): Promise<void> {
    const opened = (this.#opened += 1);
    this.opening = id;
    try {
      const summary = await this.#door('requests.get', { id });
      if (opened === this.#opened) this.#show(summary);
    } catch (error) {
      if (opened !== this.#opened) return;
      this.openFailure = error;
      this.result = null;
      this.pane = 'result';
      this.opening = null;
    }
  }

  filterHistory(badge: { id: string; name: string } | null): void {
    this.historyBadge = badge;
    void this.history.restart();
  }

  async useAgain(summary: RequestSummary): Promise<void> {
    this.pane = 'compose';
    await this.compose.useAgain(summary);
  }
}

/** The one of the window. It lives outside the components, so that a job and the form outlast the screen. */
export const issueScreen = new IssueScreen(backend);
