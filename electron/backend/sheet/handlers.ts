import type { sheetMethods } from '../../../shared/ipc/sheet-contract';
import type { HandlersOf } from '../../../shared/ipc/serve';
import { writeWhole } from '../../disk/whole-file';
import { Artist } from '../art/artist';
import type { BackendContext } from '../context';
import { EXPORT_AGAIN } from '../files/granted-files';
import type { PrintPage } from '../report/main-printer';
import { sheetPage } from './sheet-page';

/** Handlers of `sheet.*`. */
export function sheetHandlers(
  { workspace, files, settings, now }: BackendContext,
  appVersion: string,
  print: PrintPage,
): HandlersOf<typeof sheetMethods> {
  const artist = new Artist();
  return {
    'sheet.write': async ({ target, ids, format, platform, language }) => {
      const { path, name } = files.output(target);
      const order = { settings: settings(), now: now(), platform, appVersion, language };
      const page = await sheetPage(workspace, ids, artist, order);
      const bytes = format === 'html' ? Buffer.from(page, 'utf8') : await print(page);
      await writeWhole(path, bytes, { name, again: EXPORT_AGAIN });
      return { name };
    },
  };
}
