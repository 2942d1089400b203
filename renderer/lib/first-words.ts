import type { FirstWords, NativeApi } from '../../shared/ipc/native';

/** What main told this page before it asked anything. Components that are looked at alone have no main beside them. */
export const firstWords: FirstWords = (globalThis as { laurel?: NativeApi }).laurel?.first ?? {
  ...{ workspace: '', isFirstStart: false },
  ...{ language: null, theme: 'system' },
};
