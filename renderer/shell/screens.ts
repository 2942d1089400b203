import FlaskConical from '@lucide/svelte/icons/flask-conical';
import Medal from '@lucide/svelte/icons/medal';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import Send from '@lucide/svelte/icons/send';
import Settings from '@lucide/svelte/icons/settings';
import type { Component } from 'svelte';
import type { MenuCommand } from '../../shared/ipc/native';
import { prepareBadges } from '../features/badges/badges.svelte';
import type { PageName } from '../handbook/page';
import BadgesScreen from '../features/badges/Screen.svelte';
import type { ScreenId } from './navigation.svelte';

/** One entry of the sidebar. */
export interface ScreenEntry {
  id: ScreenId;
  /** Key of its name. */
  title: `shell.${ScreenId}`;
  icon: Component<{ size?: number | string; 'aria-hidden'?: 'true' }>;
  command: MenuCommand;
  shortcut: string;
  place: 'top' | 'foot';
  /** Its code, fetched when the screen is first shown, or beforehand when the window is at rest. */
  load: () => Promise<{ default: Component }>;
  /** Loads what the screen needs to be usable at once; it is drawn when this is done, also when it failed. */
  prepare?: () => Promise<unknown>;
}

/** What F1 opens where no part of the screen has a page of its own. */
export const HANDBOOK_PAGES = {
  badges: 'first-badge',
  issue: 'issue',
  simulate: 'simulate',
  sync: 'connect',
  activity: 'audit',
  settings: 'settings',
} as const satisfies Record<ScreenId, PageName>;

export const SCREENS: readonly ScreenEntry[] = [
  {
    id: 'badges',
    title: 'shell.badges',
    icon: Medal,
    command: 'go.badges',
    shortcut: 'Mod+1',
    place: 'top',
    // The first screen comes with the window itself: fetched after it, it would be waited for.
    load: () => Promise.resolve({ default: BadgesScreen }),
    prepare: prepareBadges,
  },
  {
    id: 'issue',
    title: 'shell.issue',
    icon: Send,
    command: 'go.issue',
    shortcut: 'Mod+2',
    place: 'top',
    load: () => import('../features/issue/Screen.svelte'),
  },
  {
    id: 'simulate',
    title: 'shell.simulate',
    icon: FlaskConical,
    command: 'go.simulate',
    shortcut: 'Mod+3',
    place: 'top',
    load: () => import('../features/simulate/Screen.svelte'),
  },
  {
    id: 'sync',
    title: 'shell.sync',
    icon: RefreshCw,
    command: 'go.sync',
    shortcut: 'Mod+4',
    place: 'top',
    load: () => import('../features/sync/Screen.svelte'),
  },
  {
    id: 'activity',
    title: 'shell.activity',
    icon: ScrollText,
    command: 'go.activity',
    shortcut: 'Mod+5',
    place: 'top',
    load: () => import('../features/activity/Screen.svelte'),
  },
  {
    id: 'settings',
    title: 'shell.settings',
    icon: Settings,
    command: 'go.settings',
    shortcut: 'Mod+,',
    place: 'foot',
    load: () => import('../features/settings/Screen.svelte'),
  },
];
