import { flushSync } from 'svelte';
import { expect, test, vi } from 'vitest';
import { IssueScreen } from '../../../renderer/features/issue/screen.svelte';
import { instantOf, SECOND } from '../../../shared/domain/instant';
import { MemoryBackend } from './memory-backend';
import { inEnglish } from '../../../shared/words/english';
import { badgeBody, enrolFirst, owners, WITH_BADGE } from '../../domain/badge-bodies';

const NOW = instantOf('2027-03-01T09:00:00Z');
const DIRECT = badgeBody({
  name: 'Ten visits',
  startOn: '2027-01-01T00:00:00Z',
  expiresOn: '2027-12-31T00:00:00Z',
  ...owners('Loyalty', 'Milestones'),
  badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 3 }],
});
const ENROL_FIRST = { ...DIRECT, name: 'Explorer', ...enrolFirst(WITH_BADGE) };

function setUp(body: Record<string, unknown> = DIRECT) {
  const memory = new MemoryBackend(NOW);
  const id = memory.add(body);
  const screen = new IssueScreen(memory.door);
  return { memory, id, screen, form: screen.compose };
}

/** Asks for the check as the form does, and waits until it has been answered. */
async function check({ form }: ReturnType<typeof setUp>): Promise<void> {
  form.scheduleCheck();
  await vi.waitFor(() => expect(form.expiresOn !== null || form.checkErrors.length > 0).toBe(true));
}

function range(form: ReturnType<typeof setUp>['form'], from: number, to: number): void {
  form.customers.kind = 'range';
  form.customers.rangeFrom = String(from);
  form.customers.rangeTo = String(to);
}

test('says step by step what is still missing, then what will be sent', async () => {
  const { screen, form, id } = setUp();
  expect(screen.blocked).toMatch(/Choose a badge/);
  await form.chooseBadge(id);
  expect(form).toMatchObject({ action: 'award', otherOwnerType: 'Loyalty' });
  expect(screen.blocked).toMatch(/reference id/);
  form.otherReferenceId = '626';
  expect(screen.blocked).toMatch(/Choose a file/);
  range(form, 1, 5);
  expect(screen.blocked).toBeNull();
  expect(form.readiness).toMatchObject({
    state: 'ready',
    count: 5,
    input: {
      badgeId: id,
      action: 'award',
      owner: { ownerType: 'Loyalty', referenceId: '626' },
      at: null,
      eventDate: null,
    },
  });
});

test('a badge that is enrolled in first starts with enrolment; a direct badge never offers it', async () => {
  const first = setUp(ENROL_FIRST);
  await first.form.chooseBadge(first.id);
  expect(first.form.action).toBe('enrol');
  const direct = first.memory.add(DIRECT);
  await first.form.chooseBadge(direct);
  expect(first.form.action).toBe('award');
});

test('810 is said before any customer is read, and its remedy claims the badge', async () => {
  const context = setUp();
  const { form, id } = context;
  await form.chooseBadge(id);
  form.otherReferenceId = '626';
  await check(context);
  expect(form.checkErrors.map((error) => error.code)).toEqual([810]);
  const [remedy] = form.remediesFor(form.checkErrors[0]!, NOW);
  expect(remedy).toEqual({ kind: 'claim', ownerType: 'Loyalty', referenceId: '626' });
  if (remedy?.kind !== 'claim') throw new Error('The remedy is a claim.');
  await form.apply(remedy);
  expect(form.owner).toEqual({ kind: 'claim', index: 0 });
  form.checkErrors = [];
  await check(context);
  expect(form.checkErrors).toEqual([]);
  expect(form.expiresOn).toBe(NOW + 14 * 86_400 * SECOND);
});

test('an upcoming badge is offered to run as of its start, an expired one with an event date before its end', async () => {
  const context = setUp({ ...ENROL_FIRST, startOn: '2027-06-01T00:00:00Z' });
  const { form, id, memory } = context;
  await form.chooseBadge(id);
  form.otherReferenceId = '626';
  await check(context);
  expect(form.checkErrors.map((error) => error.code)).toEqual([1039]);
  const [early] = form.remediesFor(form.checkErrors[0]!, NOW);
  expect(early).toEqual({ kind: 'run-at-start', at: instantOf('2027-06-01T00:00:00Z') });
  if (early?.kind !== 'run-at-start') throw new Error('The remedy is a date.');
  await form.apply(early);
  form.checkErrors = [];
  await check(context);
  expect(form.checkErrors).toEqual([]);

  form.at = instantOf('2028-01-15T00:00:00Z');
  form.expiresOn = null;
  memory.now = NOW;
  await check(context);
  expect(form.checkErrors.map((error) => error.code)).toEqual([1039]);
  const [late] = form.remediesFor(form.checkErrors[0]!, NOW);
  expect(late).toMatchObject({ kind: 'event-before-end' });
  if (late?.kind !== 'event-before-end') throw new Error('The remedy is an event date.');
  await form.apply(late);
  form.checkErrors = [];
  form.expiresOn = null;
  await check(context);
  expect(form.checkErrors).toEqual([]);
});

test('a run becomes a job, opens its result, and takes a fresh request id', async () => {
  const { screen, form, id, memory } = setUp();
  await form.chooseBadge(id);
  form.otherOwnerType = 'Membercare';
  range(form, 1, 5);
  const used = form.requestId;
  await screen.run();
  expect(screen.pane).toBe('result');
  expect(screen.job).toBeNull();
  expect(screen.result?.summary).toMatchObject({ requestId: used, total: 5, succeeded: 3, refused: 2 });
  expect(screen.announcement).toBe('3 of 5 customers got the badge.');
  expect(form.requestId).not.toBe(used);
  expect(memory.org.countsOf(memory.org.findBadge(id)!, NOW).earnedCount).toBe(3);
});

test('an id that was typed stays, so that repeating it is refused with 809 and kept in the history', async () => {
  const { screen, form, id } = setUp();
  await form.chooseBadge(id);
  form.otherOwnerType = 'Membercare';
  range(form, 1, 2);
  form.setRequestId('march-campaign');
  await screen.run();
  expect(form.requestId).toBe('march-campaign');
  screen.newRequest();
  await screen.run();
  expect(screen.result?.summary).toMatchObject({ state: 'refused', errors: [{ code: 809 }] });
  expect(screen.history.total).toBe(2);
});

test('a job goes on when its screen is left, and does not pull anybody back when it ends', async () => {
  const { screen, form, id, memory } = setUp();
  await form.chooseBadge(id);
  form.otherOwnerType = 'Membercare';
  range(form, 1, 5);
  let open = (): void => undefined;
  memory.gate = new Promise((resolve) => (open = resolve));
  const running = screen.run();
  await vi.waitFor(() => expect(screen.job?.progress?.done).toBe(1));
  expect(screen.running).toBe(true);
  expect(screen.blocked).toMatch(/is running/);
  screen.newRequest();
  open();
  await running;
  expect(screen.pane).toBe('compose');
  expect(screen.history.at(0)).toMatchObject({ succeeded: 3 });
});

test('cancelling writes nothing, keeps the form, and leaves the request id free', async () => {
  const { screen, form, id, memory } = setUp();
  await form.chooseBadge(id);
  form.otherOwnerType = 'Membercare';
  range(form, 1, 5);
  const { requestId } = form;
  memory.gate = new Promise(() => undefined);
  const running = screen.run();
  await vi.waitFor(() => expect(screen.job?.progress?.done).toBe(1));
  screen.cancel();
  expect(screen.job?.state).toBe('cancelling');
  await running;
  expect(screen.job?.state).toBe('cancelled');
  expect(screen.announcement).toMatch(/Nothing was written/);
  expect(memory.requests).toHaveLength(0);
  expect(form.requestId).toBe(requestId);
  screen.backToForm();
  expect(screen.blocked).toBeNull();
});

test('a request of the history opens again, filters, explains and fills the form', async () => {
  const { screen, form, id, memory } = setUp();
  await form.chooseBadge(id);
  form.otherOwnerType = 'Membercare';
  range(form, 1, 30);
  await screen.run();
  screen.newRequest();
  await screen.open(0);
  const result = screen.result!;
  result.rows.want(0, 20);
  await vi.waitFor(() => expect(result.rows.total).toBe(30));
  result.toggleOutcome('990002');
  await vi.waitFor(() => expect(result.rows.total).toBe(27));
  await result.explain(0);
  expect(result.explainedRow).toMatchObject({ customer: '4', ordinal: 3 });
  expect(inEnglish(result.explanation!.sentence)).toMatch(/row 3/);
  result.searchCustomer('1');
  await vi.waitFor(() => expect(result.rows.total).toBe(10));
  expect(result.explainedRow).toBeNull();
  await result.exportRows('t', true);
  expect(memory.asked.at(-1)).toMatchObject({
    method: 'requests.export',
    input: { filter: { outcomes: ['990002'], customer: '1' } },
  });
  expect(result.export.written).toEqual({ rows: 27, name: 'awards.csv', token: 't' });
  form.otherOwnerType = 'Loyalty';
  await screen.useAgain(result.summary);
  flushSync();
  expect(screen.pane).toBe('compose');
  expect(form).toMatchObject({ action: 'award', otherOwnerType: 'Membercare', asOf: false });
  expect(form.requestId).not.toBe(result.summary.requestId);
});
