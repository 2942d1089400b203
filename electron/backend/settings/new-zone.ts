import { realFile } from '../../../db/real-file';
import { readJobs } from '../../../db/workspace/read-jobs';
import { isZone } from '../../../shared/domain/calendar';
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings';
import { Failure } from '../../../shared/ipc/errors';
import { message, type Message } from '../../../shared/words/message';

/** The time zone in which a new workspace counts days. */
export interface NewZone {
  zone: string;
  /** For people; null where it is the one that every rule begins with. */
  said: Message | null;
}

/**
 * The zone of the workspace in front of which a new one is made, or else of this computer: whoever makes a second workspace
 * counts its days as in the first.
 *
 * @param from absolute path of the other workspace, which may be open; null: there is none
 * @param computer zone of this computer, as the runtime names it
 */
export function zoneOfNew(from: string | null, computer: string): NewZone {
  const found = from === null ? null : zoneIn(from);
  if (found !== null) return told(found, 'workspaces.newZoneLike');
  return isZone(computer) ? told(computer, 'workspaces.newZoneHere') : told(DEFAULT_SETTINGS.zone, null);
}

function told(zone: string, key: 'workspaces.newZoneLike' | 'workspaces.newZoneHere' | null): NewZone {
  return { zone, said: key === null || zone === DEFAULT_SETTINGS.zone ? null : message(key, { zone }) };
}

function zoneIn(file: string): string | null {
  try {
    const other = readJobs(realFile(file));
    try {
      return other.settings.current.zone;
    } finally {
      other.close();
    }
  } catch (error) {
    // What cannot be opened has no zone that anybody could know; it says so itself in its own window.
    if (error instanceof Failure) return null;
    throw error;
  }
}
