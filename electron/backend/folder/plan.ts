/**
 * One part of a badge in its file: nothing there, something that cannot be read as it, or a token. Tokens are equal exactly
 * where what they stand for is; {@link BASE} is what both last agreed on.
 */
export type PartSide = { kind: 'absent' } | { kind: 'broken' } | { kind: 'said'; token: string };

/** The token of what draft and file last agreed on. */
export const BASE = 'base';

/** How a draft and its file stand. */
export interface Standing {
  /** Whether both last agreed on a file, rather than on there being none. */
  hasBase: boolean;
  /** Whether of some of it nothing is known of a common past. */
  isOpen: boolean;
  /** Null: it is in the trash. `body` null: its text is no JSON object, which no file can hold. */
  draft: { body: string | null; art: string | null } | null;
  /** Token of the design both last agreed on; null: none. */
  baseArt: string | null;
  body: PartSide;
  art: PartSide;
}

/** What is to be done about one badge. */
export type Step =
  /** Nothing: both say the same, which is what they last agreed on. */
  | 'keep'
  /** Both say the same, or both have nothing: that is what they agree on from now on. */
  | 'agree'
  /** The draft moved: its file is written. */
  | 'write'
  /** The file moved: it is saved as the next state of the draft. */
  | 'take'
  /** Both moved: what they did is put together, or asked about. */
  | 'merge'
  /** The draft was moved to the trash: the file goes. */
  | 'remove'
  /** The file came back, or was kept back while the draft lay in the trash: so does the draft. */
  | 'revive'
  | Question;

/** What only a person can decide, or mend. Nothing is written or taken meanwhile. */
export type Question =
  /** The file is gone, and the draft is as it was, or has moved since. */
  | 'removed'
  | 'removed-changed'
  /** The draft is in the trash, and the file has moved since. */
  | 'deleted-changed'
  /** The file of the badge, or of its design, cannot be read. */
  | 'broken'
  | 'broken-art'
  /** The text of the draft is no JSON object: the file keeps what it has, or has moved meanwhile. */
  | 'unwritable'
  | 'unwritable-changed';

const tokenOf = (side: PartSide): string | null => (side.kind === 'said' ? side.token : null);

/**
 * Decides what becomes of a badge that has a place in the folder. Only what moved on one side alone is done without a person:
 * nothing that somebody wrote since both last agreed is ever replaced or removed.
 */
export function planStep({ hasBase, isOpen, draft, baseArt, body, art }: Standing): Step {
  if (body.kind === 'broken') return draft === null ? 'keep' : 'broken';
  if (body.kind === 'absent') {
    if (draft === null) return hasBase ? 'agree' : 'keep';
    if (!hasBase) return draft.body === null ? 'unwritable' : 'write';
    return draft.body === BASE && draft.art === baseArt ? 'removed' : 'removed-changed';
  }
  const fileArt = tokenOf(art);
  const isFileAsBase = hasBase && body.token === BASE && art.kind !== 'broken' && fileArt === baseArt;
  if (draft === null) {
    if (!hasBase) return 'revive';
    return isFileAsBase ? 'remove' : 'deleted-changed';
  }
  if (art.kind === 'broken') return 'broken-art';
  if (draft.body === null) return isFileAsBase && draft.art === baseArt ? 'unwritable' : 'unwritable-changed';
  if (draft.body === body.token && draft.art === fileArt) {
    return isFileAsBase && !isOpen ? 'keep' : 'agree';
  }
  if (!hasBase || isOpen) return 'merge';
  if (isFileAsBase) return 'write';
  if (draft.body === BASE && draft.art === baseArt) return 'take';
  return 'merge';
}

/** A file that no draft is known for, with what tells whose it may be. */
export interface NewFile {
  place: string;
  /** The body as it would be written; a broken file has none and waits. */
  text: string;
  name: string;
}

/** A draft whose file is gone from its place. */
export interface LostFile {
  badgeKey: number;
  place: string;
  /** The body both last agreed on. */
  base: string;
  name: string;
}

export interface Matching {
  /** Files that were moved, by the key of their draft. */
  moved: ReadonlyMap<number, string>;
  /** Drafts without a file whose badge a new file holds, by the key of the draft. */
  linked: ReadonlyMap<number, string>;
  /** New files that are of nobody here. */
  made: readonly string[];
}

/**
 * Finds out whose new files are: a file that lies at another place, or is called in other letters, is the one that is gone
 * from there; one that holds a badge of exactly the name of one draft without a file is that draft's.
 *
 * @param free names of drafts that have no file, by key
 */
export function matchFiles(
  fresh: readonly NewFile[],
  lost: readonly LostFile[],
  free: ReadonlyMap<number, string>,
): Matching {
  const moved = new Map<number, string>();
  const linked = new Map<number, string>();
  const left = new Map(fresh.map((file) => [file.place, file]));
  const gone = new Map(lost.map((file) => [file.badgeKey, file]));
  const pair = (ofFile: (file: NewFile) => string, ofLost: (file: LostFile) => string): void => {
    const files = unique([...left.values()], ofFile);
    for (const [key, lostFile] of unique([...gone.values()], ofLost)) {
      const file = key === '' ? undefined : files.get(key);
      if (file === undefined || !left.has(file.place)) continue;
      moved.set(lostFile.badgeKey, file.place);
      left.delete(file.place);
      gone.delete(lostFile.badgeKey);
    }
  };
  // A system that tells no case apart shows only the new one; and then only the letters differ.
  pair(
    ({ place }) => foldedPlace(place),
    ({ place }) => foldedPlace(place),
  );
  pair(
    ({ text }) => text,
    ({ base }) => base,
  );
  pair(
    ({ name }) => name,
    ({ name }) => name,
  );
  const byName = unique([...free], ([, name]) => name);
  for (const [name, file] of unique([...left.values()], (one) => one.name)) {
    const draft = name === '' ? undefined : byName.get(name);
    if (draft === undefined) continue;
    linked.set(draft[0], file.place);
    left.delete(file.place);
  }
  return { moved, linked, made: [...left.keys()] };
}

const PLAIN = /^[\x20-\x7e]*$/;

/** A place as a system sees it that tells no case apart. */
export const foldedPlace = (place: string): string =>
  // What is plain letters is in its form already, and asking costs ten times as much as looking.
  (PLAIN.test(place) ? place : place.normalize('NFC')).toLowerCase();

/** What has a key that nothing else has. */
function unique<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  const twice = new Set<string>();
  for (const item of items) {
    const key = keyOf(item);
    if (found.has(key)) twice.add(key);
    found.set(key, item);
  }
  for (const key of twice) found.delete(key);
  return found;
}
