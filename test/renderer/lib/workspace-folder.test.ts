import { expect, test } from 'vitest';
import { WorkspaceFolder } from '../../../renderer/lib/workspace-folder.svelte';
import type { Door } from '../../../renderer/lib/backend';
import type { FolderState } from '../../../shared/ipc/folder-contract';

const state = (number: number, folder: string | null): FolderState => ({
  ...{ number, drafts: 0, folder, presence: folder === null ? 'none' : 'there', trouble: null },
  ...{ badges: 0, documents: 0, questions: [], last: null },
});

/** A door whose looks are answered when the test says so. */
function lookedThrough() {
  const looks: { answer: (found: FolderState) => void; fail: (error: Error) => void }[] = [];
  const door = ((method: string) =>
    method === 'folder.sync'
      ? new Promise((answer, fail) => looks.push({ answer, fail }))
      : new Promise(() => undefined)) as unknown as Door;
  return { folder: new WorkspaceFolder(door), looks };
}

test('whoever comes back to the window has the folder looked at, once at a time', async () => {
  const { folder, looks } = lookedThrough();
  await folder.lookAgain();
  folder.heard(state(1, null));
  await folder.lookAgain();
  expect(looks).toHaveLength(0);

  folder.heard(state(2, '/shared'));
  const first = folder.lookAgain();
  await folder.lookAgain();
  expect(looks).toHaveLength(1);
  looks[0]?.answer(state(3, '/shared'));
  await first;
  expect(folder.state?.number).toBe(3);
});

test('a look that fails keeps what is known, and the next one is made', async () => {
  const { folder, looks } = lookedThrough();
  folder.heard(state(2, '/shared'));
  const first = folder.lookAgain();
  looks[0]?.fail(new Error('gone'));
  await first;
  expect(folder.state?.number).toBe(2);
  void folder.lookAgain();
  expect(looks).toHaveLength(2);
});
