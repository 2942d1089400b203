import { expect, test } from 'vitest';
import { methodText, shortPath } from '../../../renderer/features/sync/practice/call-wording';
import type { PracticeCall } from '../../../shared/ipc/practice-contract';

test('what a caller sent stands in the list without acting on it', () => {
  expect(shortPath('/api_gateway/v1/badges/badgeMeta')).toBe('badgeMeta');
  expect(shortPath('/a\u202eb\u009b1m\u0000')).toBe('/a\\u202eb\\u009b1m\\u0000');
});

test('what is no HTTP has no method', () => {
  const call: PracticeCall = {
    ...{ id: 1, at: 0, method: '', path: 'hello', endpoint: null },
    ...{ status: 400, codes: [400], hints: [], milliseconds: 0, fault: null },
  };
  expect(methodText(call)).toBe('–');
  expect(methodText({ ...call, method: 'GET' })).toBe('GET');
});
