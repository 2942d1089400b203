import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import CheckPanel from '../../../renderer/features/issue/CheckPanel.svelte';
import CustomersTable from '../../../renderer/features/issue/CustomersTable.svelte';
import { ComposeForm } from '../../../renderer/features/issue/compose.svelte';
import { CustomersForm } from '../../../renderer/customers/customers.svelte';
import type { Door } from '../../../renderer/lib/backend';
import ExplanationPane from '../../../renderer/features/issue/ExplanationPane.svelte';
import FilePreview from '../../../renderer/customers/FilePreview.svelte';
import OutcomeBar from '../../../renderer/features/issue/OutcomeBar.svelte';
import { outcomeShares, RequestResult } from '../../../renderer/features/issue/request-result.svelte';
import { instantOf } from '../../../shared/domain/instant';
import type { RequestSummary } from '../../../shared/ipc/issuance-contract';
import { IssueScreen } from '../../../renderer/features/issue/screen.svelte';
import { MemoryBackend } from './memory-backend';
import { message } from '../../../shared/words/message';
import { badgeBody } from '../../domain/badge-bodies';

const NOW = instantOf('2027-03-01T09:00:00Z');
const BODY = badgeBody({ name: 'Ten visits', startOn: '2027-06-01T00:00:00Z', expiresOn: '2027-12-31T00:00:00Z' });
const OUTCOMES = [
  { outcome: '811', count: 10, label: message('refusals.quoted', { text: 'Was not enrolled at that time' }) },
  { outcome: 'ok', count: 2, label: message('refusals.quoted', { text: 'Got the badge' }) },
  { outcome: 'negative', count: 0, label: message('refusals.quoted', { text: 'A customer id cannot be negative' }) },
  { outcome: '990002', count: 28, label: message('refusals.quoted', { text: 'The limit of the badge is reached' }) },
];

test('outcomes are shown granted first, then by count, and none that did not happen', () => {
  expect(outcomeShares(OUTCOMES).map(({ outcome, share }) => [outcome, share])).toEqual([
    ['ok', 0.05],
    ['990002', 0.7],
    ['811', 0.25],
  ]);
});

test('each outcome is a word, a code, a count and a share, and pressing one filters by it', async () => {
  const ontoggle = vi.fn();
  await render(OutcomeBar, { outcomes: OUTCOMES, chosen: new Set(['990002']), ontoggle });
  const limit = page.getByRole('button', { name: 'The limit of the badge is reached · code 990002 28 customers 70%' });
  await expect.element(limit).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: /Was not enrolled.*811/ }).click();
  expect(ontoggle).toHaveBeenCalledWith('811');
});

test('the check says code, message and advice, and its button mends the form', async () => {
  const memory = new MemoryBackend(NOW);
  const form = new ComposeForm(memory.door);
  await form.chooseBadge(memory.add(BODY));
  form.otherReferenceId = '626';
  form.scheduleCheck();
  await render(CheckPanel, { form, now: NOW, onopenbadge: vi.fn() });
  await expect.element(page.getByRole('alert')).toMatchTextContent(/815 · Badge is not live\. ?Advice on 815\./);
  await page.getByRole('button', { name: 'Run as of the start date' }).click();
  expect(form).toMatchObject({ asOf: true, at: instantOf('2027-06-01T00:00:00Z') });
  form.scheduleCheck();
  await page.getByRole('button', { name: 'Claim it for Loyalty 626' }).click();
  await vi.waitFor(() => expect(form.claims).toHaveLength(1));
  form.scheduleCheck();
  await expect.element(page.getByText(/^Nothing stands in the way/)).toBeVisible();
});

test('a file shows what was found in it, with the column of the ids marked', async () => {
  const customers = new CustomersForm(((name: string) =>
    name === 'tables.inspect'
      ? new Promise(() => undefined)
      : Promise.resolve({
          token: 't',
          name: 'orders.csv',
          bytes: 12_345,
          kind: 'csv',
          sheet: null,
          sheets: [],
          isList: false,
          delimiter: ';',
          encoding: 'utf-8',
          header: ['order', 'buyer'],
          column: 1,
          columnReason: message('tables.onlyNumbers'),
          columns: 2,
          sample: [['A-1', '77']],
          estimatedLines: 900,
        })) as unknown as Door);
  await customers.take({ token: 't', name: 'orders.csv', bytes: 12_345 });
  await render(FilePreview, { customers });
  await expect
    .element(page.getByText(/^About 900 lines, separated by semicolons, with a header\./))
    .toMatchTextContent(/Ids come from “buyer”: it is the only one that holds whole numbers\.$/);
  await expect.element(page.getByRole('columnheader', { name: /^buyer ?customer id$/ })).toBeVisible();
  await page.getByRole('button', { name: 'Take the file away' }).click();
  expect(customers.file).toBeNull();
});

test('a row that names no customer shows its line of the file', async () => {
  const row = { ordinal: 7, line: 1209, customer: 'x7', issuedId: null, status: null, expiresOn: null };
  const rows = [
    { ...row, outcome: 'not-a-number', label: message('refusals.quoted', { text: 'The line is not a customer id' }) },
  ];
  const door = (() => Promise.resolve({ total: 1, rows })) as unknown as Door;
  const result = new RequestResult(door, { total: 1 } as RequestSummary);
  result.rows.want(0, 0);
  await render(CustomersTable, { result, onescape: vi.fn() });
  const cell = page.getByRole('gridcell', { name: 'Line 1,209 · The line is not a customer id' });
  await expect.element(cell).toBeInTheDocument();
});

test('an explanation names constraint, window, use and evidence', async () => {
  const memory = new MemoryBackend(NOW);
  const screen = new IssueScreen(memory.door);
  await screen.compose.chooseBadge(memory.add({ ...BODY, startOn: '2027-01-01T00:00:00Z' }));
  screen.compose.otherOwnerType = 'Membercare';
  screen.compose.customers.kind = 'range';
  await screen.run();
  const result = screen.result as RequestResult;
  await result.explain(0);
  await render(ExplanationPane, { result, onclose: vi.fn() });
  const pane = page.getByRole('complementary', { name: 'Why this customer came out so' });
  await expect.element(pane).toMatchTextContent(/Total of the badge, over its whole life/);
  await expect.element(pane).toMatchTextContent(/3 of 3/);
  await expect.element(pane).toMatchTextContent(/65f000000000000000000001/);
  await expect.element(pane.getByRole('heading', { name: 'Customer 1' })).toBeVisible();
});
