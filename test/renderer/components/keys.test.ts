import { expect, test } from 'vitest';
import { isShortcut, keyCaps } from '../../../renderer/components/keys';

const press = (key: string, ...held: ('ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey')[]) => ({
  key,
  ctrlKey: held.includes('ctrlKey'),
  metaKey: held.includes('metaKey'),
  shiftKey: held.includes('shiftKey'),
  altKey: held.includes('altKey'),
});

test('Mod is Command on a Mac and Ctrl elsewhere, and never both', () => {
  expect(isShortcut(press('k', 'ctrlKey'), 'Mod+K', false)).toBe(true);
  expect(isShortcut(press('k', 'metaKey'), 'Mod+K', false)).toBe(false);
  expect(isShortcut(press('k', 'metaKey'), 'Mod+K', true)).toBe(true);
  expect(isShortcut(press('k', 'ctrlKey', 'metaKey'), 'Mod+K', true)).toBe(false);
});

test('undo is not redo', () => {
  expect(isShortcut(press('z', 'ctrlKey'), 'Mod+Z', false)).toBe(true);
  expect(isShortcut(press('Z', 'ctrlKey', 'shiftKey'), 'Mod+Z', false)).toBe(false);
  expect(isShortcut(press('Z', 'ctrlKey', 'shiftKey'), 'Mod+Shift+Z', false)).toBe(true);
});

test('a sign is a sign, whatever is held to type it', () => {
  expect(isShortcut(press('?', 'shiftKey'), '?', false)).toBe(true);
  expect(isShortcut(press('?'), '?', false)).toBe(true);
  expect(isShortcut(press('?', 'ctrlKey'), '?', false)).toBe(false);
});

test('caps are written as the platform writes them', () => {
  expect(keyCaps('Mod+Shift+Z', true)).toEqual(['⌘', '⇧', 'Z']);
  expect(keyCaps('Mod+Shift+Z', false)).toEqual(['Ctrl', 'Shift', 'Z']);
});
