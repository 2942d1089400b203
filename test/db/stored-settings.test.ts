import { expect, test } from 'vitest';
import { readSettings } from '../../db/stored-settings';
import { DEFAULT_SETTINGS, SETTING_VALUES, type SettingValues } from '../../shared/domain/settings';

/** By kind of setting: what a file may hold, and what it may not. */
const STORED = {
  choice: { taken: [], odd: ['galaxy', null, 3] },
  word: { taken: ['Membercare', 'Member care, two words'], odd: ['', 5, null] },
  flag: { taken: [true, false], odd: [0, 'on', null] },
  code: { taken: [1, 990_001, 10_000_000_000], odd: [0, 1.5, '1', null] },
  status: { taken: [200, 599], odd: [199, 600, 1.5, '409', null] },
  zone: { taken: ['Asia/Kolkata'], odd: ['Mars/Olympus', '', 3] },
} as const satisfies Record<SettingValues['kind'], { taken: readonly unknown[]; odd: readonly unknown[] }>;

test.each(Object.entries<SettingValues>(SETTING_VALUES))('a stored %s is read as what it may be', (name, values) => {
  const taken = values.kind === 'choice' ? values.of : STORED[values.kind].taken;
  for (const value of taken) {
    expect(readSettings({ [name]: value })).toEqual({ settings: { ...DEFAULT_SETTINGS, [name]: value }, odd: [] });
  }
  for (const value of STORED[values.kind].odd) {
    const { settings, odd } = readSettings({ [name]: value });
    expect([settings, odd.map((found) => found.name)]).toEqual([DEFAULT_SETTINGS, [name]]);
  }
});
