import { z } from 'zod';

export const MANIFEST = 'manifest.json';
export const ABOUT = 'about.json';

/** Bytes. A pack has a handful of files. */
export const LARGEST_MANIFEST = 100_000;

const auditManifest = z.strictObject({
  schema: z.literal('laurel/audit-manifest@1'),
  files: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z][a-z.-]{0,60}$/),
        bytes: z.int().min(0),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .max(100),
});

/** Names, sizes and SHA-256 of all files of a pack but itself. */
export type AuditManifest = z.output<typeof auditManifest>;

/** The one text of a manifest: any other spelling of the same is a changed byte. */
export function manifestText({ schema, files }: AuditManifest): string {
  const entries = files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 }));
  return `${JSON.stringify({ schema, files: entries }, null, 2)}\n`;
}

/** Null where the text is no manifest, or not as {@link manifestText} writes it. */
export function readManifest(text: string): AuditManifest | null {
  try {
    const read = auditManifest.safeParse(JSON.parse(text));
    return read.success && manifestText(read.data) === text ? read.data : null;
  } catch {
    return null;
  }
}
