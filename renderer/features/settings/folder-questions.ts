import {
  documentAt,
  type FolderAction,
  type FolderQuestion,
  type FolderState,
} from '../../../shared/ipc/folder-contract';
import type { PlainKey } from '../../../shared/words/message';
import { look, type Look } from '../../lib/look';
import { say } from '../../lib/say.svelte';

/** How a difference of draft and file stands. */
export const FOLDER_CHANGES = {
  draft: look('sync.stateDraftChanged', 'upcoming', 'diamond'),
  live: look('folder.fileChanged', 'changed', 'diamond'),
  conflict: look('sync.stateConflict', 'error', 'triangle'),
} as const satisfies Record<string, Look>;

/** How the folder stands, in a sentence. */
export function stateSentence(state: FolderState): string {
  const { presence, questions, badges, documents, trouble } = state;
  if (presence === 'absent') return say('folder.absent');
  if (presence === 'busy') return say('folder.busy');
  if (presence === 'unread') return say('folder.cannotRead', { reason: trouble ?? '' });
  return questions.length === 0
    ? say('folder.inStep', { count: badges, documents })
    : say('folder.needsYou', { count: badges, documents, asked: questions.length });
}

/** What an action on a question is called. */
export function actionWord({ kind, place }: FolderQuestion, action: FolderAction): string {
  if (action === 'write' && (kind === 'broken' || kind === 'broken-art'))
    return say(documentAt(place) === null ? 'folder.overwrite' : 'folder.overwriteDocument');
  if (action === 'trash' && documentAt(place) !== null) return say('folder.removeHere');
  const words = {
    trash: 'folder.trash',
    write: 'folder.write',
    bring: 'folder.bring',
    remove: 'folder.remove',
    take: 'folder.take',
    again: 'folder.again',
  } as const satisfies Record<FolderAction, PlainKey>;
  return say(words[action]);
}
