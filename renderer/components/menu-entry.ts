import type { Component } from 'svelte';

export interface MenuAction {
  id: string;
  label: string;
  icon?: Component<{ size?: number | string; 'aria-hidden'?: 'true' }> | undefined;
  shortcut?: string | undefined;
  description?: string | undefined;
  disabledReason?: string | null | undefined;
  danger?: boolean | undefined;
  checked?: boolean | undefined;
  run: () => void;
}

export type MenuEntry = MenuAction | 'separator' | { heading: string };
