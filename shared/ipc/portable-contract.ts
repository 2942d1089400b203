import { z } from 'zod';
import { call, job } from './method';

/** How many rows of how many. */
export interface PortableProgress {
  done: number;
  total: number;
}

const token = z.string().min(1).max(100);
/** A zip, or a folder of the same files. */
const form = z.enum(['zip', 'folder']);

export const portableMethods = {
  /** Writes the whole workspace into a zip that a person named, or as files into a new folder inside one they chose. */
  'portable.export': job<PortableProgress, { files: number; name: string }>()(() => z.object({ target: token, form })),
  /** Builds what an export describes and orders that the next start puts it in the place of this empty workspace. */
  'portable.import': job<PortableProgress, { ordered: true }>()(() => z.object({ source: token, form })),
  /** What a support case needs, as a text to be read before it is saved. */
  'diagnostics.make': call<{ text: string }>()(() => z.object({})),
  /** Saves the text that was made last, and nothing else. */
  'diagnostics.save': call<{ name: string }>()(() => z.object({ target: token })),
};
