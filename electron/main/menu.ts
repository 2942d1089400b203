import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../../shared/ipc/native';
import { SCREEN_IDS, SCREEN_KEYS, type ScreenId } from '../../shared/ipc/screens';
import type { PlainKey } from '../../shared/words/message';
import type { Speaker } from '../../shared/words/speaker';
import type { Theme } from './native-calls';
import type { KnownWorkspace } from './known-workspaces';
import { recentLabels, type RecentFile } from './recent-files';

export interface MenuHost {
  platform: string;
  /** Offers the developer tools, which a packaged app keeps to itself. */
  development: boolean;
  theme: Theme;
  /** The newest first. */
  recent: readonly RecentFile[];
  openRecent(file: RecentFile): void;
  clearRecent(): void;
  /** The newest first. */
  workspaces: readonly KnownWorkspace[];
  openWorkspace(workspace: KnownWorkspace): void;
  clearWorkspaces(): void;
  /** Words in the language of the window. Electron names the entries that it carries out in English only. */
  say: Speaker['say'];
  send(command: MenuCommand): void;
}

/**
 * The application menu. Its commands are carried out by the page, which offers the same ones in its palette. A page
 * that handles a shortcut itself prevents its default, and the menu then never sees it.
 */
export function setApplicationMenu(host: MenuHost): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(host)));
}

function menuTemplate(host: MenuHost): MenuItemConstructorOptions[] {
  const { platform, development, theme, say, send } = host;
  const item = (label: PlainKey, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    id: command,
    label: say(label),
    click: () => send(command),
    ...(accelerator === undefined ? {} : { accelerator }),
  });
  const screenItem = (id: ScreenId, label: PlainKey): MenuItemConstructorOptions =>
    item(label, `go.${id}`, `CommandOrControl+${SCREEN_KEYS[id]}`);
  const themeItem = (label: PlainKey, value: Theme): MenuItemConstructorOptions => ({
    ...item(label, `view.theme.${value}`),
    type: 'radio',
    checked: theme === value,
  });
  const role = (
    name: NonNullable<MenuItemConstructorOptions['role']>,
    label: PlainKey,
  ): MenuItemConstructorOptions => ({ role: name, label: say(label) });
  const line: MenuItemConstructorOptions = { type: 'separator' };
  const isMac = platform === 'darwin';

  const application: MenuItemConstructorOptions = {
    label: 'Laurel',
    submenu: [
      item('shell.about', 'help.about'),
      line,
      screenItem('settings', 'shell.menuSettings'),
      line,
      role('hide', 'shell.menuHide'),
      role('hideOthers', 'shell.menuHideOthers'),
      role('unhide', 'shell.menuShowAll'),
      line,
      role('quit', 'shell.menuQuitLaurel'),
    ],
  };

  return [
    ...(isMac ? [application] : []),
    {
      label: say('shell.menuFile'),
      submenu: [
        item('shell.menuNewBadge', 'badge.new', 'CommandOrControl+N'),
        item('shell.menuImportJson', 'badge.importJson'),
        recentMenu(host),
        line,
        item('workspaces.menuNew', 'workspace.new'),
        item('workspaces.menuOpen', 'workspace.open'),
        workspacesMenu(host),
        item('workspaces.menuMove', 'workspace.move'),
        line,
        item('shell.menuDuplicate', 'badge.duplicate', 'CommandOrControl+D'),
        item('shell.menuDelete', 'badge.delete'),
        item('trash.open', 'badge.trash'),
        line,
        item('shell.menuRun', 'run', 'CommandOrControl+Enter'),
        item('shell.menuPractice', 'practice.toggle'),
        ...(isMac
          ? []
          : [
              line,
              screenItem('settings', 'shell.menuSettings'),
              line,
              role('quit', platform === 'win32' ? 'shell.menuExit' : 'shell.menuQuit'),
            ]),
      ],
    },
    {
      label: say('shell.menuEdit'),
      submenu: [
        item('shell.menuUndo', 'edit.undo', 'CommandOrControl+Z'),
        item('shell.menuRedo', 'edit.redo', 'CommandOrControl+Shift+Z'),
        line,
        role('cut', 'shell.menuCut'),
        role('copy', 'shell.menuCopy'),
        role('paste', 'shell.menuPaste'),
        role('selectAll', 'shell.menuSelectAll'),
        line,
        item('shell.menuFind', 'edit.find', 'CommandOrControl+F'),
      ],
    },
    {
      label: say('shell.menuView'),
      submenu: [
        item('shell.menuPalette', 'view.palette', 'CommandOrControl+K'),
        line,
        ...SCREEN_IDS.filter((id) => id !== 'settings').map((id) => screenItem(id, `shell.${id}`)),
        line,
        themeItem('shell.menuLight', 'light'),
        themeItem('shell.menuDark', 'dark'),
        themeItem('shell.menuSystem', 'system'),
        line,
        role('resetZoom', 'shell.menuActualSize'),
        role('zoomIn', 'shell.menuZoomIn'),
        role('zoomOut', 'shell.menuZoomOut'),
        role('togglefullscreen', 'shell.menuFullScreen'),
        ...(development ? [line, { role: 'reload' as const }, { role: 'toggleDevTools' as const }] : []),
      ],
    },
    {
      label: say('shell.menuWindow'),
      role: 'window',
      submenu: [
        role('minimize', 'shell.menuMinimize'),
        ...(isMac
          ? [role('zoom', 'shell.menuZoomWindow'), line, role('front', 'shell.menuToFront')]
          : [role('close', 'shell.menuCloseWindow')]),
      ],
    },
    {
      label: say('shell.menuHelp'),
      role: 'help',
      submenu: [
        item('shell.menuHandbook', 'help.handbook', 'F1'),
        item('shell.menuShortcuts', 'view.shortcuts'),
        item('shell.menuSamples', 'help.samples'),
        ...(isMac ? [] : [line, item('shell.about', 'help.about')]),
      ],
    },
  ];
}

function recentMenu({ recent, openRecent, clearRecent, say }: MenuHost): MenuItemConstructorOptions {
  const clear = { label: say('opening.clearRecent'), click: clearRecent };
  return listMenu('recent', say('opening.recent'), recent, openRecent, clear);
}

function workspacesMenu({ workspaces, openWorkspace, clearWorkspaces, say }: MenuHost): MenuItemConstructorOptions {
  const clear = { label: say('workspaces.clearRecent'), click: clearWorkspaces };
  return listMenu('workspaces', say('workspaces.recent'), workspaces, openWorkspace, clear);
}

/** Things of the disk by name, and an entry that forgets them. */
function listMenu<T extends { readonly path: string }>(
  id: string,
  label: string,
  entries: readonly T[],
  open: (entry: T) => void,
  clear: { label: string; click(): void },
): MenuItemConstructorOptions {
  const labels = recentLabels(entries);
  return {
    ...{ id, label, enabled: entries.length > 0 },
    submenu: [
      ...entries.map((entry, index): MenuItemConstructorOptions => ({
        id: `${id}.${index}`,
        // One ampersand would underline the letter after it.
        label: (labels[index] ?? '').replaceAll('&', '&&'),
        click: () => open(entry),
      })),
      { type: 'separator' },
      { id: `${id}.clear`, label: clear.label, click: () => clear.click() },
    ],
  };
}
