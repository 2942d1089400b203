import { describe, expect, test } from 'vitest';
import { surplusBackups, type DatedBackup } from '../../../db/backups/rotation';
import { DAY, HOUR, instantOf, type Instant } from '../../../shared/domain/instant';

const START = instantOf('2026-01-05T00:30:00Z');

/** What is left when an hourly backup is made for as long as this, the rotation at work after each. */
function afterHours(hours: number, occasionAt: (hour: number) => DatedBackup['occasion'] = () => 'interval') {
  let kept: DatedBackup[] = [];
  let now: Instant = START;
  for (let hour = 0; hour < hours; hour += 1) {
    now = START + hour * HOUR;
    kept.push({ id: String(hour).padStart(6, '0'), madeOn: now, occasion: occasionAt(hour) });
    const surplus = surplusBackups(kept, now);
    kept = kept.filter(({ id }) => !surplus.includes(id));
  }
  return {
    kept: kept.map(({ madeOn }) => madeOn).sort((one, other) => other - one),
    now,
    ids: kept.map(({ id }) => id),
  };
}

describe('the rotation of backups', () => {
  test('keeps the newest 10, one a day for 14 days and one a week for 8 weeks', () => {
    const { kept, now } = afterHours(24 * 100);
    expect(kept.slice(0, 10)).toEqual(Array.from({ length: 10 }, (_, index) => now - index * HOUR));
    const days = new Set(kept.map((madeOn) => Math.floor(madeOn / DAY)));
    for (let day = 0; day < 14; day += 1) expect(days).toContain(Math.floor(now / DAY) - day);
    const mondays = new Set(kept.map((madeOn) => Math.floor((madeOn / DAY + 3) / 7)));
    expect(mondays.size).toBe(8);
    // Ten of today, of each earlier day one, which reach into three weeks, and of the weeks before them one each.
    expect(kept.length).toBe(10 + 13 + 5);
  });

  test('throws nothing away before there are ten', () => {
    expect(afterHours(10).kept.length).toBe(10);
    expect(afterHours(11).kept.length).toBe(10);
  });

  test('keeps the three newest of a risky occasion and all that a person made, however old', () => {
    const { ids } = afterHours(24 * 100, (hour) => (hour < 5 ? 'update' : hour < 9 ? 'by-hand' : 'interval'));
    expect(ids.slice(0, 7)).toEqual(['000002', '000003', '000004', '000005', '000006', '000007', '000008']);
  });

  test('a clock that was set back loses nothing that is newer, and the newest stays', () => {
    const future = Array.from({ length: 12 }, (_, index) => ({
      id: `future-${String(index)}`,
      madeOn: START + 400 * DAY + index * DAY,
      occasion: 'interval' as const,
    }));
    const surplus = surplusBackups([...future, { id: 'now', madeOn: START, occasion: 'interval' }], START);
    expect(surplus).toEqual([]);
  });
});
