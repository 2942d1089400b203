import { DAY, type Instant } from '../../shared/domain/instant';
import type { BackupOccasion } from '../../shared/ipc/backups-contract';

/** What the rotation needs to know of a backup. */
export interface DatedBackup {
  id: string;
  madeOn: Instant;
  occasion: BackupOccasion;
}

const NEWEST = 10;
const DAYS = 14;
const WEEKS = 8;
const OF_EACH_OCCASION = 3;

/** Days since Monday, 29 December 1969, in UTC: weeks begin on Mondays. */
const dayOf = (instant: Instant): number => Math.floor(instant / DAY) + 3;
const weekOf = (instant: Instant): number => Math.floor(dayOf(instant) / 7);

/**
 * Which backups are no longer kept. Kept are: the newest 10; of each of the last 14 days and of each of the last 8 weeks
 * (UTC, from Monday) the newest; of each risky occasion the newest 3; and all that a person made. A backup from the future,
 * which a clock that was set back leaves, counts as new.
 *
 * @returns their ids
 */
export function surplusBackups(backups: readonly DatedBackup[], now: Instant): string[] {
  const latestFirst = [...backups].sort((one, other) => other.madeOn - one.madeOn || (one.id < other.id ? 1 : -1));
  const kept = new Set(latestFirst.slice(0, NEWEST).map(({ id }) => id));
  const days = new Set<number>();
  const weeks = new Set<number>();
  const occasions = new Map<BackupOccasion, number>();
  for (const { id, madeOn, occasion } of latestFirst) {
    const day = dayOf(madeOn);
    const week = weekOf(madeOn);
    if (day > dayOf(now) - DAYS && !days.has(day)) kept.add(id);
    if (week > weekOf(now) - WEEKS && !weeks.has(week)) kept.add(id);
    days.add(day);
    weeks.add(week);
    const earlier = occasions.get(occasion) ?? 0;
    occasions.set(occasion, earlier + 1);
    if (occasion === 'by-hand' || (occasion !== 'interval' && earlier < OF_EACH_OCCASION)) kept.add(id);
  }
  return latestFirst.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
}

/**
 * When the rotation lets go of a backup at the latest, as long as newer ones are made; null: it has no such day, because a
 * person made it or because it is one of the newest of a risky occasion.
 */
export function keptUntil({ madeOn, occasion }: Pick<DatedBackup, 'madeOn' | 'occasion'>): Instant | null {
  return occasion === 'interval' ? ((weekOf(madeOn) + WEEKS) * 7 - dayOf(0)) * DAY : null;
}
