import { z } from 'zod';
import { call, job } from './method';

export const auditMethods = {
  /** The name that packs give beside the account of the system; empty: none. */
  'audit.name': call<{ name: string }>()(() => z.object({})),
  'audit.setName': call<{ name: string }>()(() => z.object({ name: z.string().max(200) })),
  /** Writes the audit pack of a live job into a zip that a person named. `rows`: customers and lines in it. */
  'audit.pack': job<{ done: number; total: number }, { rows: number; name: string }>()(() =>
    z.object({ id: z.int().min(1), target: z.string().min(1).max(100) }),
  ),
  /** Writes the audit pack of a push, by its task in Activity. `rows`: requests in it. */
  'audit.packPush': job<{ done: number; total: number }, { rows: number; name: string }>()(() =>
    z.object({ id: z.int().min(1), target: z.string().min(1).max(100) }),
  ),
};
