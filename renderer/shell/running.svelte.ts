/** A job under way, as the sidebar shows it whatever screen is open. */
export interface RunningJob {
  id: string;
  title: string;
  /** 0 to 1; null: not known yet. A getter, so that it may move. */
  readonly progress: number | null;
  /** For example `412,000 of 1,000,000`. */
  readonly text: string;
  open: () => void;
}

/** Jobs that go on when their screen is left. */
class Running {
  jobs = $state.raw<readonly RunningJob[]>([]);

  /** Shows a job until the answer is called. */
  add(job: RunningJob): () => void {
    this.jobs = [...this.jobs, job];
    return () => {
      this.jobs = this.jobs.filter((known) => known !== job);
    };
  }
}

export const running = new Running();
