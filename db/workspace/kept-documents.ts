import { z } from 'zod';
import type { SettingsStore } from './settings';

const kept = z.object({ text: z.string() });

/** Documents of a workspace that are files in its folder, too: what each says, by the path of its file there. */
export function keptDocuments(settings: Pick<SettingsStore, 'keptBelow'>): ReadonlyMap<string, string> {
  return new Map(
    [...settings.keptBelow('document:')].flatMap(([file, value]) => {
      const read = kept.safeParse(value);
      return read.success ? [[file, read.data.text] as const] : [];
    }),
  );
}

/** The text of the document that is kept of a file; undefined: none is. */
export function keptDocument(settings: Pick<SettingsStore, 'kept'>, file: string): string | undefined {
  const read = kept.safeParse(settings.kept(`document:${file}`));
  return read.success ? read.data.text : undefined;
}

/** Keeps a document, in place of what is kept of that file. */
export function keepDocument(settings: Pick<SettingsStore, 'keep'>, file: string, text: string): void {
  settings.keep(`document:${file}`, { text });
}

export function dropDocument(settings: Pick<SettingsStore, 'forget'>, file: string): void {
  settings.forget(`document:${file}`);
}
