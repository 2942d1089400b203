import { expect, test } from 'vitest';
import { failureSentence, wordsFor } from '../../../renderer/lib/failure-wording';
import { FAILURE_CODES } from '../../../shared/ipc/errors';
import { saidFailure } from '../../ipc/said-failure';

test('every way to fail has a title and an advice in plain words', () => {
  for (const code of FAILURE_CODES) {
    const { title, advice } = wordsFor(code);
    expect(title).not.toMatch(/undefined|error|oops/i);
    expect(advice).toMatch(/\.$/);
  }
});

test('reasons of the gateway come with their codes', () => {
  const refused = saidFailure('rejected-by-gateway', '', [
    { code: 714, message: 'Owner type is not allowed.', reference: null },
    { code: 717, message: 'Owner id is mandatory', reference: 'referenceId' },
  ]);
  expect(failureSentence(refused)).toContain('714 · Owner type is not allowed.');
  expect(failureSentence(refused)).toContain('717 · Owner id is mandatory');
});

test('an unknown throw shows no stack and no type', () => {
  expect(failureSentence(new TypeError('x is not a function'))).not.toMatch(/function|TypeError/);
});
