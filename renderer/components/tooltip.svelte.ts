import { mount } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import TooltipBubble from './TooltipBubble.svelte';

export type TooltipSide = 'top' | 'right' | 'bottom' | 'left';

export interface TooltipContent {
  text: string;
  shortcut?: string | undefined;
  side?: TooltipSide | undefined;
}

const SHOW_AFTER = 450;
/** Long enough to move the pointer onto the bubble (WCAG 1.4.13). */
const HIDE_AFTER = 120;

/** The one tooltip that a window shows at a time. */
class TooltipState {
  shown = $state.raw<{ anchor: HTMLElement; content: TooltipContent } | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #mounted = false;

  plan(anchor: HTMLElement, content: () => TooltipContent | null): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const present = content();
      if (present === null || !anchor.isConnected || isOpen(anchor)) return;
      this.#place();
      this.shown = { anchor, content: present };
    }, SHOW_AFTER);
  }

  leave(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.hide(), HIDE_AFTER);
  }

  stay(): void {
    clearTimeout(this.#timer);
  }

  hide(): void {
    clearTimeout(this.#timer);
    // Later, because a focused element that Svelte takes away loses its focus in the middle of an update.
    queueMicrotask(() => {
      this.shown = null;
    });
  }

  #place(): void {
    if (this.#mounted) return;
    this.#mounted = true;
    mount(TooltipBubble, { target: document.body, props: { tooltip: this } });
  }
}

export type { TooltipState };

const state = new TooltipState();

/** The menu or popover of this button is open: its tooltip would lie on it. */
const isOpen = (anchor: HTMLElement): boolean => anchor.getAttribute('aria-expanded') === 'true';

/**
 * Explains an element on hover and on keyboard focus. For the eye only: what it says must be in the element's accessible
 * name or description too. An attachment rather than a wrapper, so that it goes with the triggers of menus and popovers.
 */
export function tooltip(content: () => TooltipContent | null): Attachment<HTMLElement> {
  return (anchor) => {
    const enter = (): void => state.plan(anchor, content);
    const leave = (): void => state.leave();
    const hide = (): void => state.hide();
    const focus = (): void => {
      if (anchor.matches(':focus-visible')) state.plan(anchor, content);
    };
    anchor.addEventListener('pointerenter', enter);
    anchor.addEventListener('pointerleave', leave);
    anchor.addEventListener('pointerdown', hide);
    anchor.addEventListener('keydown', hide);
    anchor.addEventListener('focus', focus);
    anchor.addEventListener('blur', hide);
    return () => {
      anchor.removeEventListener('pointerenter', enter);
      anchor.removeEventListener('pointerleave', leave);
      anchor.removeEventListener('pointerdown', hide);
      anchor.removeEventListener('keydown', hide);
      anchor.removeEventListener('focus', focus);
      anchor.removeEventListener('blur', hide);
      if (state.shown?.anchor === anchor) state.hide();
    };
  };
}
