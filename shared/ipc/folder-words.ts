import { message, type Message } from '../words/message';
import { documentAt, type FolderQuestion } from './folder-contract';

/** What a question of the workspace folder is about, in a sentence. */
export function folderQuestionMessage(question: FolderQuestion): Message {
  const { kind, reason, badgeId } = question;
  const why = reason ?? '';
  const ofDocument = documentAt(question.place) === null ? null : documentMessage(question);
  if (ofDocument !== null) return ofDocument;
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
    case 'in-the-way':
      return message('folder.inTheWay', { reason: why });
    case 'unwritten':
      return message('folder.unwritten', { reason: why });
    case 'same-name':
      return message('folder.sameName', { others: why });
    case 'case-clash':
      return message('folder.caseClash', { others: why });
  }
}

/** The same of a file that is none of a badge; null where the sentence is. */
function documentMessage({ kind, reason, actions }: FolderQuestion): Message | null {
  const why = reason ?? '';
  switch (kind) {
    case 'conflict':
      return message('folder.documentConflict');
    case 'removed':
      return message('folder.documentRemoved');
    case 'removed-changed':
      return message('folder.documentRemovedChanged');
    case 'deleted-changed':
      return message('folder.documentDeletedChanged');
    case 'broken':
      return actions.length === 0 ? null : message('folder.documentBroken', { reason: why });
    case 'in-the-way':
      return message('folder.documentInTheWay', { reason: why });
    case 'same-name':
      return message('folder.severalDefinitions', { others: why });
    default:
      return null;
  }
}
