import type { MessageKey } from '../../shared/words/message';
import { say } from '../lib/say.svelte';

const APPLE = typeof navigator !== 'undefined' && /mac/i.test(navigator.platform);

const APPLE_SIGNS: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Shift: '⇧',
  Alt: '⌥',
  Enter: '↩',
  Backspace: '⌫',
  Delete: '⌦',
};
const OTHER_NAMES = {
  Mod: 'components.keyControl',
  Escape: 'components.keyEscape',
  Delete: 'components.keyDelete',
  Shift: 'components.keyShift',
  Alt: 'components.keyAlt',
  Enter: 'components.keyEnter',
  Space: 'components.keySpace',
} as const satisfies Record<string, MessageKey>;
const ARROWS: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' };

/**
 * The caps of a shortcut as this platform writes them. A shortcut is written `Mod+Shift+Z`: `Mod` is Command on a Mac
 * and Ctrl elsewhere, the last part is a `KeyboardEvent.key`.
 */
export function keyCaps(shortcut: string, apple = APPLE): string[] {
  return shortcut.split('+').map((part) => ARROWS[part] ?? (apple ? APPLE_SIGNS[part] : otherName(part)) ?? part);
}

const otherName = (part: string): string | undefined =>
  Object.hasOwn(OTHER_NAMES, part) ? say(OTHER_NAMES[part as keyof typeof OTHER_NAMES]) : undefined;

/** Whether a key press is this shortcut, on this platform. */
export function isShortcut(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
  shortcut: string,
  apple = APPLE,
): boolean {
  const parts = shortcut.split('+');
  const key = parts.at(-1) ?? '';
  const wanted = new Set(parts.slice(0, -1));
  const modifier = apple ? event.metaKey : event.ctrlKey;
  const other = apple ? event.ctrlKey : event.metaKey;
  if (modifier !== wanted.has('Mod') || other || event.altKey !== wanted.has('Alt')) return false;
  // `?` and its like are typed with Shift on most layouts, so for a sign the key itself decides.
  const sign = key.length === 1 && !/[a-z0-9]/i.test(key);
  if (!sign && event.shiftKey !== wanted.has('Shift')) return false;
  return event.key.toLowerCase() === key.toLowerCase();
}
