import { expect, test } from 'vitest';
import { Cancelled, Pace } from '../../../electron/backend/issuance/pace';
import type { IssueProgress } from '../../../shared/ipc/issuance-contract';

/** A pace under a clock that the test sets. */
function paced(total: (done: number) => number | null) {
  const reports: IssueProgress[] = [];
  const host = { now: 0, isStopped: false };
  const pace = new Pace(
    { isCancelled: () => host.isStopped, progress: (report) => reports.push(report), clock: () => host.now },
    total,
  );
  const tick = (at: number, count: number): void => {
    host.now = at;
    pace.tick(count);
  };
  return { pace, tick, host, reports };
}

test('reports at most ten times a second, with the rate of the last second', () => {
  const { tick, reports } = paced(() => 10_000);
  tick(50, 500);
  tick(100, 500);
  tick(150, 500);
  tick(1_100, 500);
  tick(1_300, 2_000);
  expect(reports).toEqual([
    { phase: 'reading', done: 0, total: 10_000, perSecond: null, secondsLeft: null },
    { phase: 'issuing', done: 1_000, total: 10_000, perSecond: 10_000, secondsLeft: 0.9 },
    { phase: 'issuing', done: 2_000, total: 10_000, perSecond: 1_000, secondsLeft: 8 },
    { phase: 'issuing', done: 4_000, total: 10_000, perSecond: 2_500, secondsLeft: 2.4 },
  ]);
});

test('says no time left where nobody knows how many there are, and none below nought', () => {
  const unknown = paced(() => null);
  unknown.tick(200, 100);
  expect(unknown.reports[1]).toMatchObject({ total: null, secondsLeft: null });
  const short = paced(() => 50);
  short.tick(200, 100);
  expect(short.reports[1]).toMatchObject({ done: 100, total: 50, secondsLeft: 0 });
});

test('stops where it is when a person cancels, also just before it is kept', () => {
  const { pace, tick, host, reports } = paced(() => 10);
  tick(200, 5);
  host.isStopped = true;
  expect(() => tick(210, 1)).toThrow(Cancelled);
  expect(() => pace.saving()).toThrow(Cancelled);
  host.isStopped = false;
  pace.saving();
  expect(reports.at(-1)).toEqual({ phase: 'saving', done: 6, total: 6, perSecond: null, secondsLeft: null });
});
