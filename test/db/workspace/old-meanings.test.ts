import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { isCurrentMeaning, MEANING_HEAD } from '../../../shared/gateway/meaning-text';
import { goodBody, testWorkspace } from './open-workspace';

/** As the next version but one might write it: a field more, in another order. */
const foreign = (text: string): string => {
  const lines = text.split('\n').slice(1).reverse();
  return [['2', 'colour', ...MEANING_HEAD.split(' ').slice(1).reverse()].join(' '), '"red"', ...lines].join('\n');
};

test('meanings of a version with other fields are worked out anew, and a common past that cannot be read is none', async () => {
  const workspace = await testWorkspace();
  const { connections, snapshots, sync, drafts } = workspace.current;
  const { key } = connections.add({
    name: 'Org',
    baseUrl: 'https://org.example',
    kind: 'test',
    timeZone: 'UTC',
    chunkSize: 1,
    parallel: 1,
    perSecond: 1,
    auth: 'basic',
    account: '',
    secretId: 'a',
  });
  const draft = drafts.get(workspace.create(goodBody({ name: 'a' })));
  const meaning = sync.meaningOfDraft(draft);
  if (meaning === null) throw new Error('A good body means nothing.');
  const [seenOn, rest] = [workspace.now(), { updatedOn: null, rowDigest: '', claims: [], defaultTill: null }];
  for (const remoteId of ['a', 'b']) {
    snapshots.put(key, { remoteId, name: remoteId, seenOn, meaning: foreign(meaning), body: draft.body, ...rest });
  }
  snapshots.put(key, { remoteId: 'c', name: 'c', seenOn, meaning: foreign(meaning), body: '{', ...rest });
  sync.put(key, { badgeKey: draft.key, remoteId: 'a', baseMeaning: foreign(meaning), syncedOn: seenOn }, seenOn);
  const other = new Database(workspace.file);
  other.prepare('UPDATE draft_meanings SET meaning = ?').run(foreign(meaning));

  expect(snapshots.find(key, 'a')?.meaning).toBe(meaning);
  expect(sync.staleCount()).toBe(1);
  expect(sync.meaningOfDraft(draft)).toBe(meaning);
  while (sync.refresh(1) > 0);
  expect(sync.staleCount()).toBe(0);
  const lines = sync.lines(key, 'problems');
  expect(lines.map(({ draftMeaning, liveMeaning }) => [draftMeaning, liveMeaning])).toEqual([
    [meaning, meaning],
    [null, meaning],
    [null, null],
  ]);
  expect(lines[0]?.baseMeaning).toBe(foreign(meaning));
  expect(isCurrentMeaning(lines[0]?.liveMeaning ?? '')).toBe(true);

  other.prepare("UPDATE links SET base_meaning = 'scribbled over'").run();
  other.close();
  expect(sync.find(key, draft.key)?.baseMeaning).toBeNull();
  expect(sync.lines(key, 'problems')[0]?.baseMeaning).toBeNull();
});
