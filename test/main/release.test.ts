import { expect, test } from 'vitest';
import { releaseNotes } from '../../scripts/release/changelog.mjs';

const TEXT =
  '# Changes\n\n## 0.2.0 – 2026-12-01\n\n- new\n- newer\n\n## 0.1.0\n\n- first\n\n## 0.0.1\n\nnothing said\n';

test('a version’s section is found, and one that says nothing is none', () => {
  expect(releaseNotes(TEXT, '0.2.0')).toBe('- new\n- newer');
  expect(releaseNotes(TEXT, '0.1.0')).toBe('- first');
  expect(releaseNotes(TEXT, '0.0.1')).toBeNull();
  expect(releaseNotes(TEXT, '0.3.0')).toBeNull();
  expect(releaseNotes(`# Changes\n\n## Unreleased\n\n- soon\n`, '0.3.0')).toBe('- soon');
});
