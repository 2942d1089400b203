import { z } from 'zod';

/** The file that says what an export is and names every other file of it with its digest; it is written last. */
export const EXPORT_MANIFEST = 'manifest.json';
export const EXPORT_FORMAT = 'laurel/export@1';

/** What an export is made of: `workspace` and `org`, each with its tables. */
export const PARTS = ['workspace', 'org'] as const;
export type Part = (typeof PARTS)[number];

const table = z.object({ name: z.string(), file: z.string(), rows: z.int(), columns: z.array(z.string()) });
const part = z.object({ schema: z.int().min(1), tables: z.array(table) });

export const exportManifest = z.object({
  format: z.literal(EXPORT_FORMAT),
  appVersion: z.string(),
  /** ISO-8601, UTC. */
  madeOn: z.string(),
  workspace: part,
  org: part,
  /** By name inside the export. */
  files: z.record(z.string(), z.object({ bytes: z.number(), sha256: z.string() })),
});
export type ExportManifest = z.infer<typeof exportManifest>;
export type ExportedTable = z.infer<typeof table>;

/** Long work that is watched: how many rows of how many. */
export interface PortableProgress {
  done: number;
  total: number;
}
