import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../../shared/ipc/native';
import type { Theme } from './native-calls';

export interface MenuHost {
  platform: string;
  /** Offers the developer tools, which a packaged app keeps to itself. */
  development: boolean;
  theme: Theme;
  send(command: MenuCommand): void;
}

/**
 * The application menu. Its commands are carried out by the page, which offers the same ones in its palette. A page
 * that handles a shortcut itself prevents its default, and the menu then never sees it.
 */
export function setApplicationMenu(host: MenuHost): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(host)));
}

function menuTemplate({ platform, development, theme, send }: MenuHost): MenuItemConstructorOptions[] {
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    id: command,
    label,
    click: () => send(command),
    ...(accelerator === undefined ? {} : { accelerator }),
  });
  const themeItem = (label: string, value: Theme): MenuItemConstructorOptions => ({
    ...item(label, `view.theme.${value}`),
    type: 'radio',
    checked: theme === value,
  });
  const line: MenuItemConstructorOptions = { type: 'separator' };
  const isMac = platform === 'darwin';

  const application: MenuItemConstructorOptions = {
    label: 'Laurel',
    submenu: [
      item('About Laurel', 'help.about'),
      line,
      item('Settings…', 'go.settings', 'Command+,'),
      line,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      line,
      { role: 'quit' },
    ],
  };

  return [
    ...(isMac ? [application] : []),
    {
      label: '&File',
      submenu: [
        item('New Badge', 'badge.new', 'CommandOrControl+N'),
        item('Import Badge from JSON…', 'badge.importJson'),
        line,
        item('Duplicate', 'badge.duplicate', 'CommandOrControl+D'),
        item('Delete', 'badge.delete'),
        line,
        item('Run', 'run', 'CommandOrControl+Enter'),
        item('Start or Stop the Practice Org', 'practice.toggle'),
        ...(isMac ? [] : [line, item('Settings…', 'go.settings', 'Control+,'), line, { role: 'quit' as const }]),
      ],
    },
    {
      label: '&Edit',
      submenu: [
        item('Undo', 'edit.undo', 'CommandOrControl+Z'),
        item('Redo', 'edit.redo', 'CommandOrControl+Shift+Z'),
        line,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
        line,
        item('Find', 'edit.find', 'CommandOrControl+F'),
      ],
    },
    {
      label: '&View',
      submenu: [
        item('Command Palette', 'view.palette', 'CommandOrControl+K'),
        line,
        item('Badges', 'go.badges', 'CommandOrControl+1'),
        item('Issue', 'go.issue', 'CommandOrControl+2'),
        item('Simulate', 'go.simulate', 'CommandOrControl+3'),
        item('Sync', 'go.sync', 'CommandOrControl+4'),
        item('Activity', 'go.activity', 'CommandOrControl+5'),
        line,
        themeItem('Light', 'light'),
        themeItem('Dark', 'dark'),
        themeItem('As the System', 'system'),
        line,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(development ? [line, { role: 'reload' as const }, { role: 'toggleDevTools' as const }] : []),
      ],
    },
    { label: '&Window', role: 'windowMenu' },
    {
      label: '&Help',
      role: 'help',
      submenu: [
        item('Keyboard Shortcuts', 'view.shortcuts'),
        item('Add the Sample Programme', 'help.samples'),
        ...(isMac ? [] : [line, item('About Laurel', 'help.about')]),
      ],
    },
  ];
}
