import FlaskConical from '@lucide/svelte/icons/flask-conical';
import Medal from '@lucide/svelte/icons/medal';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import Send from '@lucide/svelte/icons/send';
import Settings from '@lucide/svelte/icons/settings';
import type { Component } from 'svelte';
import type { MenuCommand } from '../../shared/ipc/native';
import ActivityScreen from '../features/activity/Screen.svelte';
import { prepareBadges } from '../features/badges/badges.svelte';
import BadgesScreen from '../features/badges/Screen.svelte';
import IssueScreen from '../features/issue/Screen.svelte';
import SettingsScreen from '../features/settings/Screen.svelte';
import SimulateScreen from '../features/simulate/Screen.svelte';
import SyncScreen from '../features/sync/Screen.svelte';
import type { ScreenId } from './navigation.svelte';

/** One entry of the sidebar. */
export interface ScreenEntry {
  id: ScreenId;
  title: string;
  icon: Component<{ size?: number | string; 'aria-hidden'?: 'true' }>;
  command: MenuCommand;
  shortcut: string;
  place: 'top' | 'foot';
  component: Component;
  /** Loads what the screen needs to be usable at once; it is drawn when this is done, also when it failed. */
  prepare?: () => Promise<unknown>;
}

export const SCREENS: readonly ScreenEntry[] = [
  {
    id: 'badges',
    title: 'Badges',
    icon: Medal,
    command: 'go.badges',
    shortcut: 'Mod+1',
    place: 'top',
    component: BadgesScreen,
    prepare: prepareBadges,
  },
  {
    id: 'issue',
    title: 'Issue',
    icon: Send,
    command: 'go.issue',
    shortcut: 'Mod+2',
    place: 'top',
    component: IssueScreen,
  },
  {
    id: 'simulate',
    title: 'Simulate',
    icon: FlaskConical,
    command: 'go.simulate',
    shortcut: 'Mod+3',
    place: 'top',
    component: SimulateScreen,
  },
  {
    id: 'sync',
    title: 'Sync',
    icon: RefreshCw,
    command: 'go.sync',
    shortcut: 'Mod+4',
    place: 'top',
    component: SyncScreen,
  },
  {
    id: 'activity',
    title: 'Activity',
    icon: ScrollText,
    command: 'go.activity',
    shortcut: 'Mod+5',
    place: 'top',
    component: ActivityScreen,
  },
  {
    id: 'settings',
    title: 'Settings',
    icon: Settings,
    command: 'go.settings',
    shortcut: 'Mod+,',
    place: 'foot',
    component: SettingsScreen,
  },
];
