import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { WORKSPACE } from '../../../db/kinds';
import { temporaryFolder } from '../temporary-folder';
import { logicalContent } from './logical-content';

const folder = path.resolve(import.meta.dirname, '../../fixtures/databases');
const fixtures = readdirSync(folder).filter((name) => /-workspace(\.synced)?\.sqlite$/.test(name));

test('every released schema has left a fixture', () => {
  expect(
    fixtures.filter((name) => name.endsWith('-workspace.sqlite')),
    'run: npm run db:fixture',
  ).toEqual(WORKSPACE.migrations.map(({ version }) => `v${String(version).padStart(4, '0')}-workspace.sqlite`));
});

test.each(fixtures)('%s is opened and nothing in it is lost', async (name) => {
  const file = path.join(temporaryFolder(), 'old.laurel');
  copyFileSync(path.join(folder, name), file);
  const found: unknown = JSON.parse(JSON.stringify(await logicalContent(file)));
  expect(found).toMatchObject(
    JSON.parse(readFileSync(path.join(folder, name.replace('.sqlite', '.json')), 'utf8')) as object,
  );
});
