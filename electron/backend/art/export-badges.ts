import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Workspace } from '../../../db/workspace/workspace';
import { pictureKey } from '../../../shared/art/picture-key';
import type { Instant } from '../../../shared/domain/instant';
import type { ArtExport } from '../../../shared/ipc/art-contract';
import type { Artist } from './artist';
import { keptArt } from './kept-art';
import { writePictures, type PictureOrder, type WrittenPicture } from './picture-files';

export interface ExportedBadge {
  id: string;
  name: string;
  key: string;
  pictures: readonly WrittenPicture[];
}

/**
 * Writes the pictures of badges, badge after badge; what was written before a cancel stays, each picture whole.
 *
 * @throws Failure `cancelled`, or of writing
 */
export async function exportBadges(
  workspace: {
    drafts: Pick<Workspace['drafts'], 'find'>;
    list: Pick<Workspace['list'], 'line'>;
    arts: Pick<Workspace['arts'], 'find'>;
  },
  ids: readonly string[],
  artist: Artist,
  order: PictureOrder & { now: Instant; progress(report: { done: number; total: number }): void },
): Promise<Omit<ArtExport, 'folder'> & { exported: readonly ExportedBadge[] }> {
  const exported: ExportedBadge[] = [];
  const refused: ArtExport['refused'][number][] = [];
  let without = 0;
  for (const [done, id] of ids.entries()) {
    order.progress({ done, total: ids.length });
    const draft = workspace.drafts.find(id);
    const digest = draft?.art ?? null;
    const art = digest === null ? undefined : keptArt(workspace, digest);
    if (draft === undefined || art === undefined) {
      without += 1;
      continue;
    }
    const name = workspace.list.line(draft.key, order.now)?.name ?? '';
    const key = pictureKey({ name, id });
    const outcome = await writePictures(artist, art, key, order);
    if (outcome.refused === null) exported.push({ id, name, key, pictures: outcome.written });
    else refused.push({ name, reason: outcome.refused });
    await othersTurn();
  }
  order.progress({ done: ids.length, total: ids.length });
  const written = exported.reduce((sum, { pictures }) => sum + pictures.length, 0);
  return { written, badges: exported.length, without, refused, exported };
}
