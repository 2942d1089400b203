import { expect, test } from 'vitest';
import { namingMistakesOf } from './file-names';
import { repositoryFiles } from './repository-files';

test('every file of the repository is called as it should be', () => {
  expect(repositoryFiles().flatMap(namingMistakesOf)).toEqual([]);
});

test.each([
  ...['shared/domain/capCount.ts', 'shared/domain/Caps.ts', 'shared/domain/cap_count.ts', 'shared/Domain/caps.ts'],
  ...['renderer/components/button.svelte', 'renderer/components/icon-button.svelte', 'shared/domain/date-utils.ts'],
  ...['electron/backend/job-manager.ts', 'renderer/common/words.ts', 'test/db/helpers.ts', 'test/domain/caps.spec.ts'],
  ...['shared/domain/caps.test.ts', 'test/backend/window.e2e.ts', 'shared/domain/kernel.worker.ts'],
  ...[
    'test/domain/caps.bench.ts',
    'test/main/deb.package.ts',
    'electron/backend/state.svelte.ts',
    'db/migrations/add-claims.sql',
  ],
])('%s is found', (file) => {
  expect(namingMistakesOf(file)).toHaveLength(1);
});

test.each([
  ...['shared/domain/caps.ts', 'renderer/components/IconButton.svelte', 'renderer/features/issue/issue.svelte.ts'],
  ...['test/renderer/issue.svelte.test.ts', 'electron/backend/issuance.worker.ts', 'test/e2e/open.e2e.ts'],
  ...[
    'db/migrations/0001_create_badges.sql',
    'electron.vite.config.ts',
    'README.md',
    '.ci/run',
    'shared/domain/json.d.ts',
  ],
  ...['test/fixtures/databases/v0001.sqlite', 'docs/decisions/0001-own-migrations.md', 'tsconfig.base.json'],
])('%s is fine', (file) => {
  expect(namingMistakesOf(file)).toEqual([]);
});
