import path from 'node:path';
import { z } from 'zod';
import type { SettingsStore } from '../../../db/workspace/settings';

const kept = z.object({ path: z.string().min(1) });

/** Absolute path of the workspace folder as it is kept; null: none was chosen. */
export function folderPathOf(settings: Pick<SettingsStore, 'kept'>): string | null {
  const folder = kept.safeParse(settings.kept('folder'));
  return folder.success && path.isAbsolute(folder.data.path) ? folder.data.path : null;
}
