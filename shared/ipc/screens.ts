/** The screens of the window in their order, each with the key that shows it, beside Ctrl or Cmd. */
export const SCREEN_KEYS = { badges: '1', issue: '2', simulate: '3', sync: '4', activity: '5', settings: ',' } as const;

export type ScreenId = keyof typeof SCREEN_KEYS;
export const SCREEN_IDS = Object.keys(SCREEN_KEYS) as readonly ScreenId[];

/** The command that shows a screen, from the menu, the palette and the keyboard. */
export type ScreenCommand = `go.${ScreenId}`;
