import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { commands, type Command } from '../../../renderer/shell/commands.svelte';
import CommandsHost from './CommandsHost.svelte';

const press = (key: string, init: KeyboardEventInit = {}, target: EventTarget = document.body): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true, ...init });
  target.dispatchEvent(event);
  return event;
};
const listen = (event: KeyboardEvent): void => commands.handleKey(event);

beforeEach(() => addEventListener('keydown', listen));
afterEach(() => {
  removeEventListener('keydown', listen);
  document.querySelector('[data-dialog-content]')?.remove();
});

const show = (list: readonly Command[]) => render(CommandsHost, { list });
const command = (rest: Partial<Command> = {}): Command => ({
  id: 'edit.undo',
  title: 'Undo',
  group: 'edit',
  shortcut: 'Mod+Z',
  run: vi.fn(),
  ...rest,
});

describe('commands', () => {
  test('a shortcut runs its command once and takes the key', async () => {
    const undo = command();
    await show([undo]);
    expect(press('z', { ctrlKey: true }).defaultPrevented).toBe(true);
    expect(undo.run).toHaveBeenCalledOnce();
  });

  test('what cannot be done is not done, from the key and from the menu', async () => {
    const undo = command({ disabledReason: 'Nothing to undo.' });
    await show([undo]);
    press('z', { ctrlKey: true });
    expect(commands.run('edit.undo')).toBe(false);
    expect(undo.run).not.toHaveBeenCalled();
  });

  test('a bare key in a text field is a letter', async () => {
    const help = command({ shortcut: '?' });
    await show([help]);
    const field = document.body.appendChild(document.createElement('input'));
    press('?', { shiftKey: true }, field);
    expect(help.run).not.toHaveBeenCalled();
    field.remove();
    press('?', { shiftKey: true });
    expect(help.run).toHaveBeenCalledOnce();
  });

  test('a function key is none, and works there, too', async () => {
    const help = command({ shortcut: 'F1' });
    await show([help]);
    const field = document.body.appendChild(document.createElement('textarea'));
    press('F1', {}, field);
    expect(help.run).toHaveBeenCalledOnce();
    field.remove();
  });

  test('a key that someone took before is left alone', async () => {
    const undo = command();
    await show([undo]);
    const editor = document.body.appendChild(document.createElement('div'));
    editor.addEventListener('keydown', (event) => event.preventDefault());
    press('z', { ctrlKey: true }, editor);
    editor.remove();
    expect(undo.run).not.toHaveBeenCalled();
  });

  test('behind an open dialog nothing runs but the palette’s own key', async () => {
    const undo = command();
    const palette = command({ id: 'view.palette', shortcut: 'Mod+K' });
    await show([undo, palette]);
    document.body.appendChild(document.createElement('div')).dataset['dialogContent'] = '';
    press('z', { ctrlKey: true });
    expect(commands.run('edit.undo')).toBe(false);
    press('k', { ctrlKey: true });
    expect(undo.run).not.toHaveBeenCalled();
    expect(palette.run).toHaveBeenCalledOnce();
  });

  test('commands go when their screen goes', async () => {
    const { unmount } = await show([command()]);
    expect(commands.find('edit.undo')).toBeDefined();
    await unmount();
    expect(commands.find('edit.undo')).toBeUndefined();
  });
});
