import { getContext, setContext } from 'svelte';
import type { BadgeEditor } from './editor.svelte';

const KEY = Symbol('badge editor');

/** Gives the parts of the form the badge they edit. */
export function provideEditor(editor: () => BadgeEditor): void {
  setContext(KEY, editor);
}

/** The badge being edited around this component. */
export function badgeEditor(): BadgeEditor {
  const editor = getContext<(() => BadgeEditor) | undefined>(KEY);
  if (editor === undefined) throw new Error('This part of the form stands outside a badge editor.');
  return editor();
}
