import type { IssueInput, IssueProgress, RequestSummary } from '../../../shared/ipc/issuance-contract';
import type { Door } from '../../lib/backend';
import { LongWork } from '../../lib/long-work.svelte';

/** One run of `issuance.run`, with what was asked. */
export class IssueJob extends LongWork<IssueProgress, RequestSummary> {
  readonly input: IssueInput;
  readonly badgeName: string;
  /** How many customers were expected, and whether that was exact. */
  readonly expected: { count: number; exact: boolean };

  constructor(door: Door, input: IssueInput, badgeName: string, expected: { count: number; exact: boolean }) {
    super(
      (options) => door('issuance.run', input, options),
      ({ done, total, phase }) => {
        const all = total ?? expected.count;
        // Totals of files are estimates: it is not whole before the records are saved.
        return all <= 0 ? null : Math.min(phase === 'saving' ? 1 : 0.99, done / all);
      },
    );
    this.input = input;
    this.badgeName = badgeName;
    this.expected = expected;
  }
}
