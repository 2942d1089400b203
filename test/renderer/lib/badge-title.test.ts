import { expect, test } from 'vitest';
import { badgeTitle } from '../../../renderer/lib/badge-title';

test('a badge is called by its name, or by what else it can be told by', () => {
  expect(badgeTitle({ name: 'Gold', excerpt: null })).toBe('Gold');
  expect(badgeTitle({ name: ' ', excerpt: null })).toBe('Without a name');
  expect(badgeTitle({ name: '', excerpt: 'Half' })).toBe('Unfinished JSON: Half');
  expect(badgeTitle({ name: '', excerpt: '' })).toBe('Empty JSON');
});
