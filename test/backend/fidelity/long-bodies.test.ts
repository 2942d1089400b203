import { expect, test } from 'vitest';
import { Pseudonyms } from '../../../electron/backend/fidelity/record/pseudonyms';
import { Redaction } from '../../../electron/backend/fidelity/record/redact-text';
import { personOf, WithoutPerson } from '../../../shared/fidelity/without-person';

const LENGTH = 300_000;
const without = new WithoutPerson(personOf('ann@mail.example', -1));

// Were any of them looked through again from each of its places, this would take minutes.
test('names in values in values are looked at once each', () => {
  const body = `{"message":"${'cid='.repeat(200)}%${'25'.repeat(200)}41"}`;
  expect(without.in(body, 'json')).toBe(body);
  expect(new Redaction(new Pseudonyms(), true).body(body)).toBe(body);
});

test.each([
  ...['a', 'a=', 'a.', 'a@', '%40', 'eyJ', '<a ', '<email>', 'email="', "email='", 'email: ', '[', '{"a":', 'bearer '],
  ...['customerId=5', '"', '":"', 'a-secret', 'token', '://a:', 'A1b2C3d4E5f6', '12345', '\\', '{', 'x=%2522'],
])('a long body of %s is gone through in one go, and its bytes stay', (unit) => {
  const body = unit.repeat(Math.ceil(LENGTH / unit.length));
  expect(without.in(body, 'json')).toBe(body);
  for (const isLearning of [true, false]) {
    const other = new Redaction(new Pseudonyms(), isLearning).body(body);
    if (isLearning) expect(other).toBe(body);
  }
});
