import type { Attachment } from 'svelte/attachments';

/** Opens the first button below an element as the keyboard does, so that what it opens is part of the story. */
export const opened =
  (key: 'Enter' | 'ArrowDown'): Attachment<HTMLElement> =>
  (element) => {
    const button = element.querySelector<HTMLElement>('button, [role=combobox]');
    // The headless controls listen from their next task on.
    const timer = setTimeout(() => {
      button?.focus();
      if (key === 'Enter') button?.click();
      else button?.dispatchEvent(new KeyboardEvent('keydown', { key, code: key, bubbles: true, cancelable: true }));
    });
    return () => clearTimeout(timer);
  };
