import path from 'node:path';
import { TextDecoder } from 'node:util';
import { inspectDraft } from '../../../../db/workspace/inspect-draft';
import type { BadgeIssue } from '../../../../shared/domain/body-reader';
import type { Instant } from '../../../../shared/domain/instant';
import { readJson } from '../../../../shared/domain/json';
import { readJsonBytes } from '../../../../shared/domain/json-bytes';
import { mergeMarkLine } from '../../../../shared/domain/merge-marks';
import { DEFAULT_SETTINGS } from '../../../../shared/domain/settings';
import { fromMeaningText, meaningOfBody } from '../../../../shared/gateway/meaning-text';
import { jsonMistake } from '../../../../shared/words/json-mistakes';
import { message, type Message } from '../../../../shared/words/message';
import { filesBelow } from '../../../disk/files-below';
import { readRegular } from '../../../disk/regular-file';
import { causeOf } from '../../../disk/system-reasons';

/** Bytes of a file that can be a badge's text: as many letters as a draft holds. */
const LONGEST = 4_000_000;

/** A badge file that can be read as a badge. */
export interface FolderBadge {
  /** Relative to the folder, or as the person named it. */
  file: string;
  name: string;
  text: string;
  /** See shared/gateway/meaning-text.ts. */
  meaning: string;
}

/** A file that is no badge, and why. */
export interface UnreadableBadge {
  file: string;
  reason: Message;
  issues: readonly BadgeIssue[];
}

export interface BadgeFolder {
  badges: readonly FolderBadge[];
  unreadable: readonly UnreadableBadge[];
  /** Names that several files have: nobody can tell which of them counts. */
  shared: readonly { name: string; files: readonly string[] }[];
}

/**
 * Reads all `*.badge.json` below a folder.
 *
 * @param now as of when what is wrong with a file is told
 * @throws the system's error where the folder cannot be read
 */
export function readBadgeFolder(cwd: string, folder: string, now: Instant): BadgeFolder {
  const byName = new Map<string, FolderBadge[]>();
  const unreadable: UnreadableBadge[] = [];
  for (const file of filesBelow(cwd, [folder], '.badge.json')) {
    const badge = readBadge(cwd, file, now);
    if ('reason' in badge) unreadable.push(badge);
    else byName.set(badge.name, [...(byName.get(badge.name) ?? []), badge]);
  }
  const all = [...byName.values()];
  return {
    badges: all.flatMap((badges) => (badges.length === 1 ? badges : [])),
    unreadable,
    shared: all.flatMap((badges) =>
      badges.length === 1 ? [] : [{ name: badges[0]?.name ?? '', files: badges.map(({ file }) => file) }],
    ),
  };
}

function readBadge(cwd: string, file: string, now: Instant): FolderBadge | UnreadableBadge {
  const not = (reason: Message, issues: readonly BadgeIssue[] = []): UnreadableBadge => ({ file, reason, issues });
  let bytes: Uint8Array;
  try {
    bytes = readRegular(path.resolve(cwd, file), LONGEST);
  } catch (error) {
    return not(message('plans.fileUnreadable', { reason: causeOf(error) }));
  }
  const decoded = readJsonBytes(bytes, TextDecoder);
  if (!decoded.ok) return not(message('plans.fileNoText'));
  const { text } = decoded;
  const reading = readJson(text);
  if (!reading.ok) {
    const line = mergeMarkLine(text);
    if (line === null) return not(message('plans.fileNotJson', { mistake: jsonMistake(reading.mistake) }));
    return not(message('plans.fileMergeMarkers', { line: String(line) }));
  }
  const meaning = meaningOfBody(text);
  if (meaning !== null) return { file, text, meaning, name: JSON.parse(fromMeaningText(meaning).name) as string };
  const draft = { body: text, migration: false, startSetOn: now, claimedBy: [] };
  return not(message('plans.fileNoBadge'), inspectDraft(draft, DEFAULT_SETTINGS, () => false).issues);
}
