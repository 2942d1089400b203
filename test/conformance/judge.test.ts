import { expect, test } from 'vitest';
import { caseOf, earn, given, refused } from './cases/case';
import { judge } from './judge';
import { play } from './play';
import { PureGateway } from './pure-gateway';
import { loadVectors } from './vectors';

const expected = caseOf('expected', 'C1', given(), earn(), {
  errors: [],
  warnings: [900],
  data: { id: '$id', list: [{ a: 1 }, { b: '${name}' }], at: 1717935013.121711, nothing: null },
  perCustomer: { 1: 'earned', 2: 811 },
});
const data = {
  id: '65f000000000000000000001',
  list: [{ a: 1, extra: true }, { b: 'x' }],
  at: 1717935013.121711,
  nothing: null,
  issuedBadges: [{ customerId: 1 }, { customerId: 2, error: { code: 811 } }],
};
const body = { data, errors: null, warnings: [{ code: 900 }] };

test('an answer that fits passes', () => {
  expect(judge(expected, 200, body, { name: 'x' })).toEqual([]);
});

test.each([
  { why: 'status', status: 201, answer: body },
  { why: 'an error', status: 200, answer: { ...body, errors: [{ code: 400 }] } },
  { why: 'no warning', status: 200, answer: { ...body, warnings: [] } },
  { why: 'id', status: 200, answer: { ...body, data: { ...data, id: '65F000000000000000000001' } } },
  { why: 'length', status: 200, answer: { ...body, data: { ...data, list: [...data.list, {}] } } },
  { why: 'order', status: 200, answer: { ...body, data: { ...data, list: [...data.list].reverse() } } },
  { why: 'a microsecond', status: 200, answer: { ...body, data: { ...data, at: 1717935013.12171 } } },
  { why: 'absent instead of null', status: 200, answer: { ...body, data: { ...data, nothing: undefined } } },
  { why: 'a row', status: 200, answer: { ...body, data: { ...data, issuedBadges: [{ customerId: 2 }] } } },
  { why: 'no data', status: 200, answer: { ...body, data: null } },
])('an answer that differs in $why fails', ({ status, answer }) => {
  expect(judge(expected, status, answer, { name: 'x' })).not.toEqual([]);
});

test('data where null is expected fails', () => {
  const wanted = refused('refused', 'C1', given(), earn(), 409, 810);
  expect(judge(wanted, 409, { data: {}, errors: [{ code: 810 }], warnings: null }, {})).not.toEqual([]);
});

test('a case whose expectation is turned round fails when it is played', async () => {
  const [first] = loadVectors();
  if (!first) throw new Error('There are no cases');
  expect(await play({ ...first, then: { ...first.then, status: 418 } }, new PureGateway())).not.toEqual([]);
});
