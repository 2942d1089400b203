import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { inspectDraft } from '../../../db/workspace/inspect-draft';
import { folded, outlineOf } from '../../../db/workspace/outline';
import { openWorkspace } from '../../../db/workspace/workspace';
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings';
import { temporaryFolder } from '../temporary-folder';

const outlined = (body: unknown) => outlineOf(JSON.stringify(body));

test('each field of an outline is read on its own, and what cannot be read is left out', () => {
  expect(outlined({ name: 7, description: true, earnType: 'earn', startOn: 'soon', active: 'no' })).toMatchObject({
    ...{ name: '7', description: 'true', earnType: null, startOn: null, expiresOn: null, active: true, excerpt: null },
    ...{ owners: [], tags: [] },
  });
  expect(
    outlined({
      ...{ earnType: 'ISSUE_EARN', startOn: 1, startOnISO: '1970-01-01T00:00:02Z', expiresOn: 3, isActive: false },
      ownership: { restrictedToOwners: ['Milestones', 'x', 'Loyalty', 'Loyalty'] },
    }),
  ).toMatchObject({
    ...{ earnType: 'ISSUE_EARN', startOn: 2_000_000, expiresOn: 3_000_000, active: false },
    owners: ['Loyalty', 'Milestones'],
  });
  expect(outlined({ active: true, isActive: false }).active).toBe(true);
  expect(outlined({ ownership: [], tags: {} })).toMatchObject({ owners: [], tags: [] });
});

test('tags are names with or without a value, each once, nameless ones left out', () => {
  const tags = [
    { name: 'a' },
    { name: 'a', value: '' },
    { name: 'a', value: 1 },
    { name: '' },
    { value: 'x' },
    'x',
    null,
  ];
  expect(outlined({ tags: [...tags, { name: 'b', value: false }] }).tags).toEqual([
    { tag: 'a', name: 'a' },
    { tag: 'a=1', name: 'a' },
    { tag: 'b=false', name: 'b' },
  ]);
});

test('a text that is no object is told by its name as far as it was typed, else by its first words', () => {
  expect(outlineOf('{"name" : "Sum\\u006der  visitor", ').excerpt).toBe('Summer visitor');
  expect(outlineOf('{"name":"cut').excerpt).toBe('cut');
  expect(outlineOf('{"name":" "').excerpt).toBe('{"name":" "');
  expect(outlineOf('[1,\n 2]').excerpt).toBe('[1, 2]');
  expect(outlineOf('x'.repeat(500)).excerpt).toBe('x'.repeat(80));
  expect(outlineOf('').excerpt).toBe('');
});

test('what is searched has neither accents nor capitals', () => {
  expect(folded('ÀÉÎõü Straße ﬁ')).toBe('aeiou straße fi');
});

test('a draft that is no JSON has one problem, which says where it breaks', () => {
  const draft = { body: '{"name": }', migration: false, startSetOn: 0, claimedBy: [] };
  const { definition, issues, warnings } = inspectDraft(draft, DEFAULT_SETTINGS, () => false);
  expect([definition, warnings, issues.length]).toEqual([null, [], 1]);
  expect(issues[0]).toMatchObject({ code: 400, reference: null, path: '', stage: 'unreadable' });
  expect(issues[0]?.message).toMatch(/^JSON parse error: .+/);
  expect(issues[0]?.advice.key).toBe('refusals.mendJson');
});

test('a workspace that cannot be opened is not held: it can be mended and opened', async () => {
  const file = path.join(temporaryFolder(), 'foreign.laurel');
  writeFileSync(file, 'this is no database at all');
  await expect(openWorkspace(file)).rejects.toThrow(/not a Laurel workspace/);
  writeFileSync(file, '');
  const workspace = await openWorkspace(file);
  expect(workspace.wasCreated).toBe(true);
  workspace.close();
});
