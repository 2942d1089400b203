import { message, type Message } from '../words/message';
import type { FolderQuestion } from './folder-contract';

/** What a question of the workspace folder is about, in a sentence. */
export function folderQuestionMessage({ kind, reason, badgeId }: FolderQuestion): Message {
  const why = reason ?? '';
  switch (kind) {
    case 'conflict':
      return message('folder.conflict');
    case 'removed':
      return message('folder.removed');
    case 'removed-changed':
      return message('folder.removedChanged');
    case 'deleted-changed':
      return message('folder.deletedChanged');
    case 'broken':
      return message(badgeId === null ? 'folder.brokenNew' : 'folder.broken', { reason: why });
    case 'markers':
      return message('folder.markers');
    case 'broken-art':
      return message('folder.brokenArt', { reason: why });
    case 'unwritable':
      return message('folder.unwritable');
    case 'unwritable-changed':
      return message('folder.unwritableChanged');
    case 'unwritten':
      return message('folder.unwritten', { reason: why });
    case 'same-name':
      return message('folder.sameName', { others: why });
    case 'case-clash':
      return message('folder.caseClash', { others: why });
  }
}
