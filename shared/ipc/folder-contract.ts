import { z } from 'zod';
import type { FieldChange } from '../gateway/compare';
import type { Message, MessagePart } from '../words/message';
import { boundedList } from './bounded-list';
import { call, job } from './method';

/** What of a workspace folder needs a person. */
export const FOLDER_QUESTIONS = [
  /** Draft and file were both changed in the same place. */
  'conflict',
  /** The file is gone; the draft is as it was, or has moved since. */
  'removed',
  'removed-changed',
  /** The draft is in the trash, and the file has moved since. */
  'deleted-changed',
  /** The file cannot be read; git's marks of a merge stand in it; the design beside it cannot be read. */
  'broken',
  'markers',
  'broken-art',
  /** The text of the draft is no JSON object: its file keeps what it has, or has moved meanwhile. */
  'unwritable',
  'unwritable-changed',
  /** A link, a pipe or the like lies where the file, or that of the design, would be: nothing is read or written there. */
  'in-the-way',
  /** The system refused to write or remove the file. */
  'unwritten',
  /** Several files hold a badge of one name, or are called the same but for capital letters. */
  'same-name',
  'case-clash',
] as const;
export type FolderQuestionKind = (typeof FOLDER_QUESTIONS)[number];

/** What a person can decide about a question. */
export const FOLDER_ACTIONS = ['trash', 'write', 'bring', 'remove', 'take', 'again'] as const;
export type FolderAction = (typeof FOLDER_ACTIONS)[number];

/** One value in which draft and file differ. */
export interface FolderDifference {
  /** A field of the badge, a key of its own, or `art`: what a choice names. */
  unit: string;
  label: Message;
  change: Exclude<FieldChange, 'same-on-both'>;
  /** In words; `base` null where nothing is known of a common past. */
  base: Message | null;
  draft: Message;
  file: Message;
  /** Of designs: each as SVG, earned; null where there is none, or it cannot be drawn. */
  pictures?: { base: string | null; draft: string | null; file: string | null };
}

export interface FolderQuestion {
  kind: FolderQuestionKind;
  /** Path in the folder: of a badge without its ending, of another document with `./` before it. */
  place: string;
  name: string;
  /** The draft; null where there is none. */
  badgeId: string | null;
  /** Why, where the system or a reader said so; other places, where several are meant. */
  reason: MessagePart | null;
  actions: readonly FolderAction[];
}

/** `none`: no folder is chosen; `absent`: it is not there now; `unread`: it cannot be listed; `busy`: git is at work in it. */
export type FolderPresence = 'none' | 'there' | 'absent' | 'unread' | 'busy';

export interface FolderCounts {
  /** Files written, drafts changed, drafts made, files removed, drafts that came back from the trash. */
  written: number;
  taken: number;
  made: number;
  removed: number;
  revived: number;
}

export interface FolderState {
  /** Grows with every change of what is said here. */
  number: number;
  /** Grows with every change of a draft that came from the folder. */
  drafts: number;
  folder: string | null;
  presence: FolderPresence;
  /** Why it cannot be read; null: it can. */
  trouble: MessagePart | null;
  /** Badges that have a file. */
  badges: number;
  /** Documents of other kinds that have one. */
  documents: number;
  questions: readonly FolderQuestion[];
  /** What the last look that changed something did. */
  last: FolderCounts | null;
}

/** What choosing a folder would do. */
export interface FolderLook extends FolderCounts {
  folder: string;
  /** What of these counts is of files that are no badges. */
  documents: FolderCounts;
  /** What is here already and says the same. */
  same: number;
  /** Questions that would be asked. */
  questions: number;
}

/** What stands before the path of a document in {@link FolderQuestion.place}: the place of a badge never begins so. */
const DOCUMENT_MARK = './';

/** How a question names a file that is none of a badge. @param file path in the folder */
export const placeOfDocument = (file: string): string => `${DOCUMENT_MARK}${file}`;

/** The path in the folder of a document that a question is about; null: it is about a badge. */
export function documentAt(place: string): string | null {
  return place.startsWith(DOCUMENT_MARK) ? place.slice(DOCUMENT_MARK.length) : null;
}

/** The path in the folder of the file that a question is about. */
export const fileOfQuestion = ({ place }: Pick<FolderQuestion, 'place'>): string =>
  documentAt(place) ?? `${place}.badge.json`;

const place = z.string().min(1).max(4_000);

export const folderMethods = {
  'folder.state': call<FolderState>()(() => z.object({})),
  /** Reports the state now and at every change of it, until it is cancelled. */
  'folder.watch': job<FolderState, FolderState>()(() => z.object({})),
  /** What choosing this folder would do. Nothing is written. */
  'folder.look': call<FolderLook>()(() => z.object({ token: z.string().min(1).max(100) })),
  /** Works with this folder from now on, or with none. Files and drafts stay. */
  'folder.choose': call<FolderState>()(() => z.object({ token: z.string().min(1).max(100).nullable() })),
  /** Looks at the folder now. */
  'folder.sync': call<FolderState>()(() => z.object({})),
  /** In what draft and file of a question differ. */
  'folder.compare': call<{ differences: readonly FolderDifference[] }>()(() => z.object({ place })),
  /** Takes one side of some differences. Taking the file's edits the draft, which can be undone. */
  'folder.resolve': call<FolderState>()(() =>
    z.object({
      place,
      choices: boundedList(
        z.object({ unit: z.string().min(1).max(1_000), take: z.enum(['draft', 'file']) }),
        1_000,
        'lists.fields',
      ).min(1),
    }),
  ),
  /** Decides questions. What is no question any more is passed over. */
  'folder.settle': call<FolderState>()(() =>
    z.object({ places: boundedList(place, 100_000, 'lists.badges').min(1), action: z.enum(FOLDER_ACTIONS) }),
  ),
};
