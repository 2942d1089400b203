import { DAY, type Instant } from './instant';
import type { ProgrammeEntry, ProgrammeLane } from './programme';

/** A stretch of time, `from` inclusive, `to` exclusive. */
interface Stretch {
  from: Instant;
  to: Instant;
}

/** Something about a lane that a person should look at. `first` is the badge to go to. */
export type ProgrammeMark =
  /** Several badges of a lane have the same rank: which comes first is not said. */
  | { kind: 'tie'; lane: number; first: string; rank: number; ids: readonly string[] }
  /** At least two badges of a group run at once; `count` is how many run at the same instant at most. */
  | ({ kind: 'overlap'; lane: number; first: string; ids: readonly string[]; count: number } & Stretch)
  /** For a day or longer no badge of a group runs, though one ran before and one comes after. `first` comes after. */
  | ({ kind: 'gap'; lane: number; first: string } & Stretch);

type Dated = ProgrammeEntry & { startOn: Instant; expiresOn: Instant };

const hasDates = (entry: ProgrammeEntry): entry is Dated =>
  entry.startOn !== null && entry.expiresOn !== null && entry.startOn < entry.expiresOn;

/**
 * Ties, overlaps and gaps of all lanes, lane by lane, by rank and then in the order of time. Badges without a group do
 * not belong together: only their ranks are compared. Badges without dates that can be read are in no overlap and no gap.
 */
export function programmeMarks(lanes: readonly ProgrammeLane[]): ProgrammeMark[] {
  return lanes.flatMap(({ group, entries }, lane) => [
    ...tiesOf(entries, lane),
    ...(group === null ? [] : stretchesOf(entries, lane)),
  ]);
}

function tiesOf(entries: readonly ProgrammeEntry[], lane: number): ProgrammeMark[] {
  const ofRank = Map.groupBy(entries, ({ rank }) => rank);
  return [...ofRank].flatMap(([rank, tied]): ProgrammeMark[] => {
    const [first] = tied;
    if (rank === null || first === undefined || tied.length < 2) return [];
    return [{ kind: 'tie', lane, first: first.id, rank, ids: tied.map(({ id }) => id) }];
  });
}

/** Walks along the time once: badges begin and end, and what stands between is none, one or several at once. */
function stretchesOf(entries: readonly ProgrammeEntry[], lane: number): ProgrammeMark[] {
  const dated = entries.filter(hasDates).toSorted((one, other) => one.startOn - other.startOn);
  const marks: ProgrammeMark[] = [];
  /** The end until which at least one runs, and the one until which at least two do. */
  let [covered, doubled] = [-Infinity, -Infinity];
  let open: { from: Instant; ids: string[] } | null = null;
  const close = (): void => {
    if (open === null) return;
    const { from, ids } = open;
    const stretch = { from, to: doubled };
    const inside = new Set(ids);
    const count = mostAtOnce(dated.filter(({ id }) => inside.has(id)));
    marks.push({ kind: 'overlap', lane, first: ids[0] ?? '', ids, count, ...stretch });
    open = null;
  };
  let latest: Dated | null = null;
  for (const entry of dated) {
    const { id, startOn, expiresOn } = entry;
    // At the very end of the last stretch the next one begins: they are one.
    if (open !== null && startOn > doubled) close();
    if (latest !== null && startOn - covered >= DAY)
      marks.push({ kind: 'gap', lane, first: id, from: covered, to: startOn });
    if (startOn < covered) {
      open ??= { from: startOn, ids: latest === null ? [] : [latest.id] };
      open.ids.push(id);
      doubled = Math.max(doubled, Math.min(covered, expiresOn));
    }
    if (expiresOn > covered) {
      covered = expiresOn;
      latest = entry;
    }
  }
  close();
  return marks;
}

function mostAtOnce(entries: readonly Dated[]): number {
  const turns = entries
    .flatMap(({ startOn, expiresOn }) => [
      { at: startOn, step: 1 },
      { at: expiresOn, step: -1 },
    ])
    // Who ends when another begins is not there at the same instant.
    .toSorted((one, other) => one.at - other.at || one.step - other.step);
  let [now, most] = [0, 0];
  for (const { step } of turns) {
    now += step;
    most = Math.max(most, now);
  }
  return most;
}

/** How far a drawing reaches beyond the last start, and before the first end, where badges last longer. */
const FARTHEST_SEEN = 2 * 365.25 * DAY;

/**
 * The time that a drawing of the whole programme shows: from the first start to the last end and the present. Dates that
 * are years away do not squeeze everything else: they are cut off, but so that a part of every badge is seen.
 *
 * @returns null where no badge has dates that can be read
 */
export function programmeSpan(entries: readonly ProgrammeEntry[], now: Instant): Stretch | null {
  let [from, firstEnd, lastStart, to] = [now, now, now, now];
  let any = false;
  for (const { startOn, expiresOn } of entries.filter(hasDates)) {
    any = true;
    from = Math.min(from, startOn);
    firstEnd = Math.min(firstEnd, expiresOn);
    lastStart = Math.max(lastStart, startOn);
    to = Math.max(to, expiresOn);
  }
  if (!any) return null;
  return {
    from: Math.round(Math.max(from, firstEnd - FARTHEST_SEEN)),
    to: Math.round(Math.min(to, lastStart + FARTHEST_SEEN)),
  };
}
