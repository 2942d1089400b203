import FlaskConical from '@lucide/svelte/icons/flask-conical';
import Medal from '@lucide/svelte/icons/medal';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import Send from '@lucide/svelte/icons/send';
import Settings from '@lucide/svelte/icons/settings';
import type { Component } from 'svelte';
import { prepareBadges } from '../features/badges/badges.svelte';
import { lastLook } from '../features/badges/last-look';
import type { PageName } from '../handbook/page';
import BadgesScreen from '../features/badges/Screen.svelte';
import { SCREEN_IDS, SCREEN_KEYS, type ScreenCommand, type ScreenId } from '../../shared/ipc/screens';

/** One entry of the sidebar. */
export interface ScreenEntry {
  id: ScreenId;
  /** Key of its name. */
  title: `shell.${ScreenId}`;
  icon: Component<{ size?: number | string; 'aria-hidden'?: 'true' }>;
  command: ScreenCommand;
  shortcut: string;
  place: 'top' | 'foot';
  /** Its code, fetched when the screen is first shown, or beforehand when the window is at rest. */
  load: () => Promise<{ default: Component }>;
  /** Loads what the screen needs to be usable at once; it is drawn when this is done, also when it failed. */
  prepare?: () => Promise<unknown>;
  /** Whether it can be drawn before that, and then looks as it will with what is loaded. */
  knowsItsFrame?: () => boolean;
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

/** What a screen has of its own; its command and its shortcut follow from its id. */
const OWN: Readonly<Record<ScreenId, Omit<ScreenEntry, 'id' | 'command' | 'shortcut'>>> = {
  badges: {
    title: 'shell.badges',
    icon: Medal,
    place: 'top',
    // The first screen comes with the window itself: fetched after it, it would be waited for.
    load: () => Promise.resolve({ default: BadgesScreen }),
    prepare: prepareBadges,
    knowsItsFrame: () => lastLook() !== null,
  },
  issue: {
    title: 'shell.issue',
    icon: Send,
    place: 'top',
    load: () => import('../features/issue/Screen.svelte'),
  },
  simulate: {
    title: 'shell.simulate',
    icon: FlaskConical,
    place: 'top',
    load: () => import('../features/simulate/Screen.svelte'),
  },
  sync: {
    title: 'shell.sync',
    icon: RefreshCw,
    place: 'top',
    load: () => import('../features/sync/Screen.svelte'),
  },
  activity: {
    title: 'shell.activity',
    icon: ScrollText,
    place: 'top',
    load: () => import('../features/activity/Screen.svelte'),
  },
  settings: {
    title: 'shell.settings',
    icon: Settings,
    place: 'foot',
    load: () => import('../features/settings/Screen.svelte'),
  },
};

export const SCREENS: readonly ScreenEntry[] = SCREEN_IDS.map((id) => ({
  id,
  command: `go.${id}`,
  shortcut: `Mod+${SCREEN_KEYS[id]}`,
  ...OWN[id],
}));
