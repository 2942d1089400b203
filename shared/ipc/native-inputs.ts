import { z } from 'zod';
import { ART_FILE_KINDS, FOLDER_USES, NETWORK_FILE_KINDS, PLAN_FILE_KINDS } from './native';
import { LANGUAGES } from '../words/message';

/** What main accepts from the preload script, each as the only argument. */
export const nativeInputs = {
  folderUse: z.enum(FOLDER_USES),
  artFileKind: z.enum(ART_FILE_KINDS),
  planFileKind: z.enum(PLAN_FILE_KINDS),
  networkFileKind: z.enum(NETWORK_FILE_KINDS),
  droppedPath: z.string().min(1).max(32_767),
  /** Made of names that people gave; main makes of it what a file system takes. */
  suggestedName: z.string().max(20_000),
  url: z.string().max(4_000),
  token: z.string().min(1).max(100),
  theme: z.enum(['light', 'dark', 'system']),
  language: z.enum(LANGUAGES),
  updates: z.boolean(),
};
