import { mkdir } from 'node:fs/promises';
import { PICTURES_PATH } from './practice/server/served-pictures';
import { ART_STATES } from '../../shared/art/model';
import type { Handlers } from '../../shared/ipc/contract';
import { Failure } from '../../shared/ipc/errors';
import { message } from '../../shared/words/message';
import { causeOf } from '../disk/system-reasons';
import { Artist } from './art/artist';
import { exportBadges } from './art/export-badges';
import type { BackendContext } from './context';
import { notRunning } from './practice/host';
import type { PracticeSession } from './practice/session';

/**
 * Handler that puts pictures of badges where the practice org serves them, as a person puts them on a server of pictures
 * for a live org (the documents know no upload).
 */
export function practicePicturesHandlers(
  { workspace, now }: Pick<BackendContext, 'workspace' | 'now'>,
  practice: Pick<PracticeSession, 'start' | 'state' | 'pictures'>,
): Pick<Handlers, 'art.toPractice'> {
  return {
    'art.toPractice': async ({ ids, side }, { signal, progress }) => {
      await practice.start();
      const { url } = practice.state;
      if (url === null) throw notRunning();
      try {
        await mkdir(practice.pictures, { recursive: true });
      } catch (error) {
        throw new Failure('database', message('art.practiceFolder', { reason: causeOf(error) }));
      }
      const { exported, ...outcome } = await exportBadges(workspace, ids, new Artist(), {
        ...{ folder: practice.pictures, states: ART_STATES, formats: ['png'], side },
        ...{ signal, now: now(), progress },
      });
      const files = exported.flatMap(({ pictures }) => pictures.map(({ file }) => file));
      return { ...outcome, url, addresses: files.map((file) => `${file},${url}${PICTURES_PATH}${file}`).join('\n') };
    },
  };
}
