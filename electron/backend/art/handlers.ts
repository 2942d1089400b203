import { setImmediate as othersTurn } from 'node:timers/promises';
import { TextDecoder } from 'node:util';
import { writeArt } from '../../../shared/art/art-text';
import { LONGEST_ADDRESSES } from '../../../shared/art/addresses';
import type { ArtState } from '../../../shared/art/model';
import { readJsonBytes } from '../../../shared/domain/json-bytes';
import type { AddressMatch, artMethods, DrawnState } from '../../../shared/ipc/art-contract';
import { Failure } from '../../../shared/ipc/errors';
import type { HandlersOf } from '../../../shared/ipc/serve';
import { message } from '../../../shared/words/message';
import { readRegular } from '../../disk/regular-file';
import { causeOf } from '../../disk/system-reasons';
import { writeWhole } from '../../disk/whole-file';
import type { BackendContext } from '../context';
import { EXPORT_AGAIN } from '../files/granted-files';
import { inTurns } from '../process/in-turns';
import { matchAddresses, withImages } from './addresses';
import { readArtFile } from './art-file';
import { Artist } from './artist';
import { exportBadges } from './export-badges';
import { keptArt, toKept } from './kept-art';
import { ownPicture, requireOwnPictures } from './own-picture';

/** Bytes of a picture that is looked at: what comes into a design is far smaller. */
const LARGEST_PICTURE_READ = 32_000_000;
/** Badges that are saved before other calls have their turn. */
const PORTION = 100;

function readChosen(files: BackendContext['files'], token: string, most: number): { bytes: Buffer; name: string } {
  const { path, name } = files.find(token, 'read');
  try {
    return { bytes: readRegular(path, most), name };
  } catch (error) {
    throw new Failure('invalid-input', message('art.fileUnread', { file: name, reason: causeOf(error) }));
  }
}

/** Handlers of `art.*`; putting pictures on the practice org is about both: practice-pictures.ts. */
export function artHandlers({
  workspace,
  files,
  now,
}: BackendContext): Omit<HandlersOf<typeof artMethods>, 'art.toPractice'> {
  const artist = new Artist();
  return {
    'art.keep': async ({ art }) => {
      await requireOwnPictures(art.pictures, message('art.thisDesign'));
      const kept = toKept(art);
      workspace.arts.keep(kept);
      return { digest: kept.digest };
    },
    'art.get': ({ digest }) => {
      const art = keptArt(workspace, digest);
      if (art === undefined) throw new Failure('not-found', message('art.gone'));
      return { art };
    },
    'art.draw': async ({ art, share }) => {
      const draw = async (state: ArtState): Promise<DrawnState> => artist.draw(art, state, share);
      return {
        states: {
          UN_EARNED: await draw('UN_EARNED'),
          IN_PROGRESS: await draw('IN_PROGRESS'),
          EARNED: await draw('EARNED'),
        },
      };
    },
    'art.thumbnails': async ({ digests, state }) => {
      const pictures: Record<string, string> = {};
      for (const digest of new Set(digests)) {
        const drawn = artist.kept(digest, state);
        const art = drawn === undefined ? keptArt(workspace, digest) : undefined;
        if (drawn !== undefined) pictures[digest] = drawn.svg;
        else if (art !== undefined) {
          pictures[digest] = (await artist.draw(art, state, undefined, digest)).svg;
          await othersTurn();
        }
      }
      return { pictures };
    },
    'art.ownPicture': async ({ token, mend }) => {
      const { bytes, name } = readChosen(files, token, LARGEST_PICTURE_READ);
      return ownPicture(bytes, name, mend);
    },
    'art.openFile': async ({ token }) => {
      const { path, name } = files.find(token, 'read');
      return { art: await readArtFile(path, name) };
    },
    'art.saveFile': async ({ token, art }) => {
      // Over the file that it was opened from, too: that is what saving means.
      const { path, name } = files.output(token, []);
      await writeWhole(path, writeArt(art), { name, again: EXPORT_AGAIN });
      return { name };
    },
    'art.export': async ({ folder: token, ids, states, formats, side }, { signal, progress }) => {
      const { path, name } = files.find(token, 'folder');
      const order = { folder: path, states, formats, side, signal, now: now(), progress };
      const { exported: _, ...outcome } = await exportBadges(workspace, ids, artist, order);
      return { ...outcome, folder: name };
    },
    'art.addressFile': ({ token }) => {
      const { bytes, name } = readChosen(files, token, LONGEST_ADDRESSES);
      const reading = readJsonBytes(bytes, TextDecoder);
      if (!reading.ok) throw new Failure('invalid-input', message('opening.noText', { file: name }));
      return { text: reading.text };
    },
    'art.matchAddresses': ({ text }) => ({ matches: matchAddresses(workspace, text, now()) }),
    'art.useAddresses': async ({ text, label }) => {
      const ready = matchAddresses(workspace, text, now()).filter(({ trouble }) => trouble === null);
      const byBadge = new Map<string, AddressMatch[]>();
      for (const match of ready) {
        const id = match.badge?.id ?? '';
        byBadge.set(id, [...(byBadge.get(id) ?? []), match]);
      }
      let images = 0;
      const badges = await inTurns([...byBadge], PORTION, (some) =>
        workspace.transaction(() =>
          some.flatMap(([id, matches]) => {
            const draft = workspace.drafts.find(id);
            const body = draft === undefined ? null : withImages(draft.body, matches);
            if (draft === undefined || body === null) return [];
            images += matches.length;
            workspace.drafts.save(id, draft.revision, { body, migration: draft.migration, label, now: now() });
            return [id];
          }),
        ),
      );
      return { badges, images };
    },
  };
}
