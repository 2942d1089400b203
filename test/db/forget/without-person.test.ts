import { describe, expect, test } from 'vitest';
import { mistakeInPerson, personOf, WithoutPerson, type TextKind } from '../../../shared/fidelity/without-person';

const without = (typed: string): WithoutPerson => new WithoutPerson(personOf(typed, -7));

describe.each<[typed: string, kind: TextKind, text: string, wanted: string]>([
  ['90001', 'json', '{"customerId":90001,"count":90001,"n":900010}', '{"customerId":-7,"count":-7,"n":900010}'],
  ['90001', 'json', '{"customerIds":["90001","0090001",90002]}', '{"customerIds":["-7","-7",90002]}'],
  ['5', 'json', '{"customerId":5,"rank":5,"code":5,"x":[5]}', '{"customerId":-7,"rank":5,"code":5,"x":[5]}'],
  ['5', 'json', '{"customers":[{"customerId": 5.0}]}', '{"customers":[{"customerId": -7}]}'],
  // Ids of other things and quantities are none of a customer, whatever digits they have.
  [
    '90001',
    'json',
    '{"requestId":"job-90001-1","id":"90001","tillId":90001}',
    '{"requestId":"job-90001-1","id":"90001","tillId":90001}',
  ],
  ['90001', 'json', '{"earnLimit":90001,"issuedOn":90001}', '{"earnLimit":90001,"issuedOn":90001}'],
  ['90001', 'json', '{"message":"Customer 90001 was not found"}', '{"message":"Customer -7 was not found"}'],
  [
    '90001',
    'json',
    '{"id":"65f0900010abcdef90001abc","m":"65f0900010abcdef90001abc"}',
    '{"id":"65f0900010abcdef90001abc","m":"65f0900010abcdef90001abc"}',
  ],
  ['90001', 'json', String.raw`{"body":"{\"customerId\":90001}"}`, String.raw`{"body":"{\"customerId\":-7}"}`],
  [
    'Ann@Shop.example',
    'json',
    '{"email":"ann@shop.example","m":"joann@shop.example"}',
    '{"email":"forgotten","m":"joann@shop.example"}',
  ],
  ['ann@shop.example', 'json', '{"m":"to ANN@shop.example, at once"}', '{"m":"to forgotten, at once"}'],
  ['ann@shop.example', 'url', '/customer/ann%40shop.example?x=1', '/customer/forgotten?x=1'],
  [
    '90001',
    'url',
    'http://127.0.0.1:90001/v1/customer/90001/badges?page=5',
    'http://127.0.0.1:90001/v1/customer/-7/badges?page=5',
  ],
  [
    '5',
    'url',
    'https://org.example/v1/customer/5?size=5&customerId=5',
    'https://org.example/v1/customer/-7?size=5&customerId=-7',
  ],
  ['5', 'line', '5;Ann;50;005', '-7;Ann;50;-7'],
  ['90001', 'text', 'customers-90001.csv', 'customers--7.csv'],
  ['5', 'text', '5 of 10 rows', '5 of 10 rows'],
  ['A-17', 'line', 'A-17;A-170;xA-17', 'forgotten;A-170;xA-17'],
  ['a.c', 'text', 'abc a.c', 'abc forgotten'],
])('%s in %s', (typed, kind, text, wanted) => {
  test(text, () => expect(without(typed).in(text, kind)).toBe(wanted));
});

test('what is no JSON, or cut off, is gone through all the same', () => {
  expect(without('90001').in('{"customerId":90001,"a":"90001', 'json')).not.toContain('90001');
  expect(without('90001').in('<html>90001</html>', 'json')).not.toContain('90001');
});

test.each([
  ['ann@mail.example', '<html>customer ann@mail.example not found</html>'],
  ['ann@mail.example', 'customerId=5&email=ann%40mail.example'],
  ['ann@mail.example', 'customerId=5&email=ann@mail.example'],
  ['CARD-77', '<card no="CARD-77"><cardNumber>CARD-77</cardNumber></card>'],
  ['ann@mail.example', "{'email': 'ann@mail.example'}"],
])('%s is taken out of a body that is no JSON: %s', (typed, body) => {
  const left = without(typed).in(body, 'json');
  expect(left).toContain('forgotten');
  expect(left.toLowerCase()).not.toContain(typed.toLowerCase());
  expect(decodeURIComponent(left).toLowerCase()).not.toContain(typed.toLowerCase());
});

test('a short id goes where a name says that it is one, and only there', () => {
  expect(without('5').in('customerId=5&size=5&email=x', 'json')).toBe('customerId=-7&size=5&email=x');
  expect(without('5').in('<r><customerId>5</customerId><size>5</size></r>', 'json')).toBe(
    '<r><customerId>-7</customerId><size>5</size></r>',
  );
  expect(without('5').in('{"customer":{"id":5},"badge":{"id":5}}', 'json')).toBe(
    '{"customer":{"id":-7},"badge":{"id":5}}',
  );
});

test.each([
  ['0', 'no-id'],
  ['-5', 'no-id'],
  ['00', 'no-id'],
  ['Loyalty', 'word'],
  [' expired ', 'word'],
  ['a', 'short'],
  ['5', null],
  ['+4917180001', null],
  ['ann@mail.example', null],
  ['ANNA-MEYER', null],
  ['99999999999999999999', null],
])('%s can be looked for as a customer, or why not: %s', (typed, mistake) => {
  expect(mistakeInPerson(typed)).toBe(mistake);
});
