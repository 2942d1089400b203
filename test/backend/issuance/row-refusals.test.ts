import { expect, test } from 'vitest';
import { capNumber } from '../../../db/org/caps-on-rows';
import { CustomerBatch } from '../../../electron/backend/customers/batch';
import { awardError, awardRefusal, enrolmentRefusal, faultOf } from '../../../electron/backend/issuance/row-refusals';
import type { AwardDecision, AwardOutcome } from '../../../shared/domain/award';
import { MESSAGES } from '../../../shared/domain/codes';
import type { EnrolmentOutcome } from '../../../shared/domain/enrolment';

type RefusedAward = AwardDecision & { ok: false };

const plain = { customerId: 7, line: null, lineNumber: null, earlierKey: null, cap: null, capCount: null };
const breachOf = (level: 'CUSTOMER' | 'BADGE'): RefusedAward =>
  ({
    ok: false,
    code: level === 'CUSTOMER' ? 990_001 : 990_002,
    existing: null,
    breach: { cap: { level, constraintType: 'FIXED_VALUE' }, count: 3 },
  }) as unknown as RefusedAward;

test('what was given leaves no row', () => {
  expect(enrolmentRefusal(7, { ok: true, key: 1 } as unknown as EnrolmentOutcome)).toBeNull();
  expect(awardRefusal(7, { ok: true, key: 1, enrolmentKey: null } as AwardOutcome)).toBeNull();
});

test('a refusal keeps its code and the earlier record that it comes from', () => {
  const refused = { ok: false, code: 1040, existing: { key: 12 }, breach: null };
  expect(enrolmentRefusal(7, refused as unknown as EnrolmentOutcome)).toEqual({
    ...plain,
    outcome: 1040,
    earlierKey: 12,
  });
  expect(awardRefusal(7, refused as unknown as RefusedAward)).toEqual({ ...plain, outcome: 1040, earlierKey: 12 });
});

test('a cap that refused is kept with how often it was met', () => {
  const refused = breachOf('BADGE');
  const { cap } = refused.breach!;
  expect(awardRefusal(7, refused)).toEqual({ ...plain, outcome: 990_002, cap: capNumber(cap), capCount: 3 });
});

test('the call of one customer names the level and the kind of the cap', () => {
  expect(awardError(breachOf('CUSTOMER'))).toMatchObject({ code: 990_001, reference: 'FIXED_VALUE' });
  expect(awardError(breachOf('BADGE'))).toMatchObject({ code: 990_002, reference: 'FIXED_VALUE' });
  expect(awardError(breachOf('CUSTOMER')).message).toBe(MESSAGES[990_001]);
  expect(awardError(breachOf('BADGE')).message).toBe(MESSAGES[990_002]);
  const other = { ok: false, code: 750, existing: null, breach: null } as unknown as RefusedAward;
  expect(awardError(other)).toMatchObject({ code: 750 });
});

test('a line without a customer keeps its text and its number, where it has one', () => {
  const batch = new CustomerBatch();
  batch.faults[0] = 2;
  batch.lines[0] = 'abc';
  batch.lineNumbers[0] = 9;
  batch.faults[1] = 1;
  batch.lines[1] = '';
  batch.lineNumbers[1] = 0;
  expect(faultOf(batch, 0)).toEqual({ ...plain, customerId: null, outcome: 2, line: 'abc', lineNumber: 9 });
  expect(faultOf(batch, 1)).toEqual({ ...plain, customerId: null, outcome: 1, line: '', lineNumber: null });
});
