import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { noticesFile, thirdPartyNotices } from '../../scripts/build/third-party-notices.mjs';
import { textOf } from '../architecture/repository-files';
import { temporaryFolder } from '../db/temporary-folder';

const root = path.resolve(import.meta.dirname, '../..');

test('the notices are those of the locked packages; if not: npm run notices', () => {
  expect(textOf(noticesFile) === thirdPartyNotices(root)).toBe(true);
});

/** A tree with one source and these packages; a package without a licence names none. */
function tree(
  source: string,
  packages: Readonly<Record<string, object>>,
  texts: Readonly<Record<string, string>>,
): string {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'shared'));
  writeFileSync(path.join(folder, 'shared', 'source.ts'), source);
  writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify({ packages }));
  for (const place of Object.keys(packages)) mkdirSync(path.join(folder, place), { recursive: true });
  for (const [file, text] of Object.entries(texts)) writeFileSync(path.join(folder, file), text);
  return folder;
}

test('what is imported is there with what it needs, the nearest version of each, and nothing else', () => {
  const folder = tree(
    `import { a } from 'one';\nimport type { T } from '@types/none';\nimport './own';\nimport fs from 'node:fs';`,
    {
      'node_modules/one': { version: '1.0.0', license: 'MIT', dependencies: { two: '*' } },
      'node_modules/one/node_modules/two': { version: '2.1.0', license: 'ISC' },
      'node_modules/two': { version: '2.0.0', license: 'ISC' },
      'node_modules/@types/none': { version: '1.0.0', license: 'MIT' },
    },
    { 'node_modules/one/LICENSE.md': 'Copyright\r\nOne\r\n', 'node_modules/one/README.md': 'no licence' },
  );
  const notices = thirdPartyNotices(folder);
  expect(notices.match(/^## .*$/gm)).toEqual(['## one 1.0.0', '## two 2.1.0']);
  expect(notices).toContain('Licence: MIT\n\n```text\nCopyright\nOne\n```\n');
});

test('a shipped package without any licence is refused', () => {
  const packages = { 'node_modules/one': { version: '1.0.0' } };
  expect(() => thirdPartyNotices(tree(`import 'one';`, packages, {}))).toThrow(/one 1\.0\.0 .* names no licence/);
});
