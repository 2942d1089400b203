import { expect, test } from 'vitest';
import { MENU_COMMANDS } from '../../shared/ipc/native';
import { SCREEN_IDS, SCREEN_KEYS } from '../../shared/ipc/screens';

test('every screen has a command of the menu, in the order of the sidebar, and a key of its own', () => {
  expect(MENU_COMMANDS.filter((command) => command.startsWith('go.'))).toEqual([
    'go.badges',
    'go.issue',
    'go.simulate',
    'go.sync',
    'go.activity',
    'go.settings',
  ]);
  expect(new Set(Object.values(SCREEN_KEYS)).size).toBe(SCREEN_IDS.length);
  expect(new Set(MENU_COMMANDS).size).toBe(MENU_COMMANDS.length);
});
