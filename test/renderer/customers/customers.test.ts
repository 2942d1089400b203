import { expect, test } from 'vitest';
import { countPasted, CustomersForm } from '../../../renderer/customers/customers.svelte';
import type { Door } from '../../../renderer/lib/backend';
import { Failure } from '../../../shared/ipc/errors';
import { message } from '../../../shared/words/message';
import { saidFailure } from '../../ipc/said-failure';

const noDoor: Door = () => Promise.reject(saidFailure('internal', 'Nothing may be asked here.'));

const fileView = (column: number) => ({
  token: 't1',
  name: 'customers.csv',
  bytes: 900,
  kind: 'csv' as const,
  sheet: null,
  sheets: [],
  isList: false,
  roles: { customer: null, at: null, time: null, amount: null, segment: null },
  delimiter: ';' as const,
  encoding: 'utf-8' as const,
  header: ['name', 'customerId'],
  column,
  columnReason: message('tables.itsHeading', { heading: 'customerId' }),
  columns: 2,
  sample: [['Ada', '17']],
  estimatedLines: 90,
});

test.each([
  ['1', '1,000', 1_000],
  ['5', '5', 1],
  [' 10 ', "1'000", 991],
])('a range from %s to %s holds %i customers', (from, to, count) => {
  const form = new CustomersForm(noDoor);
  form.kind = 'range';
  form.rangeFrom = from;
  form.rangeTo = to;
  expect(form.read(false)).toMatchObject({ ready: true, count, exact: true });
});

test.each([
  ['0', '10', /first customer id/],
  ['1', 'ten', /last customer id/],
  ['10', '1', /ends before it starts/],
  ['1', '10000001', /at most 10 million/],
])('a range from %s to %s is refused with a reason', (from, to, reason) => {
  const form = new CustomersForm(noDoor);
  form.kind = 'range';
  form.rangeFrom = from;
  form.rangeTo = to;
  const reading = form.read(false);
  expect(reading.ready).toBe(false);
  expect(reading).toHaveProperty('reason', expect.stringMatching(reason));
});

test('one customer is sent as it was typed, trimmed: the org judges it, not the form', () => {
  const form = new CustomersForm(noDoor);
  form.one = '  77x ';
  expect(form.read(true)).toMatchObject({ ready: true, source: { kind: 'one', customerId: '77x' } });
});

test('a file is looked at, another column can be chosen, and the choice is sent', async () => {
  const form = new CustomersForm(((_name: string, input: { column?: number }) =>
    Promise.resolve(fileView(input.column ?? 1))) as unknown as Door);
  await form.take({ token: 't1', name: 'customers.csv', bytes: 900 });
  expect(form.read(false)).toMatchObject({
    ready: true,
    source: { kind: 'file', token: 't1', column: 1 },
    exact: false,
  });
  await form.chooseColumn(0);
  expect(form.read(false)).toMatchObject({ source: { column: 0 } });
});

test('a file that cannot be read is said, and another one takes its place', async () => {
  let broken = true;
  const form = new CustomersForm((() =>
    broken
      ? Promise.reject(saidFailure('not-found', 'The file is gone.'))
      : Promise.resolve(fileView(1))) as unknown as Door);
  await form.take({ token: 'gone', name: 'a.csv', bytes: 1 });
  expect(form.read(false)).toMatchObject({ ready: false });
  expect(form.fileFailure).toBeInstanceOf(Failure);
  broken = false;
  await form.take({ token: 't1', name: 'b.csv', bytes: 900 });
  expect(form.read(false).ready).toBe(true);
  expect(form.fileFailure).toBeNull();
});

test.each([
  ['1001\n1002\n1003', 3, true],
  ['  1, 2;3|4 5\r\n\r\n6  ', 6, true],
  ['', 0, true],
  ['customerId\n1\n2', 3, false],
  ['1\tAda\n2\tBob\n', 2, false],
  ['1\tAda\n \t \n\n,,\n2\tBob\n  ', 2, false],
  ['1\n\n  \n2\n,\n', 2, true],
])('%j names %i customers', (text, count, exact) => {
  expect(countPasted(text)).toEqual({ count, exact });
});
