import type { ProgrammeEntry, ProgrammeLane } from '../../../shared/domain/programme';

/** A line of the programme: the head of a lane, or a badge with its place in the list. */
export type ProgrammeRow =
  | { kind: 'lane'; lane: number }
  | { kind: 'badge'; lane: number; index: number; entry: ProgrammeEntry };

/** The lines of lanes from top to bottom, and the line of each badge by its place in the list. */
export function programmeRows(lanes: readonly ProgrammeLane[]): {
  rows: readonly ProgrammeRow[];
  rowOfBadge: readonly number[];
} {
  const rows: ProgrammeRow[] = [];
  const rowOfBadge: number[] = [];
  for (const [lane, { entries }] of lanes.entries()) {
    rows.push({ kind: 'lane', lane });
    for (const entry of entries) {
      rows.push({ kind: 'badge', lane, index: rowOfBadge.length, entry });
      rowOfBadge.push(rows.length - 1);
    }
  }
  return { rows, rowOfBadge };
}
