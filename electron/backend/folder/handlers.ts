import type { BadgeArt } from '../../../shared/art/model';
import type { Zone } from '../../../shared/domain/calendar';
import { isObject, type JsonObject } from '../../../shared/domain/body-reader';
import { readJson, writeJson } from '../../../shared/domain/json';
import { readBadge } from '../../../shared/domain/read-badge';
import type { DocumentDifference } from '../../../shared/gateway/merge-documents';
import { fieldMessage, meaningOf, type BadgeMeaning } from '../../../shared/gateway/meaning';
import { fieldOfUnit } from '../../../shared/gateway/merge-bodies';
import type { FolderDifference, folderMethods } from '../../../shared/ipc/folder-contract';
import type { HandlersOf } from '../../../shared/ipc/serve';
import { message, type Message } from '../../../shared/words/message';
import { valueInWords } from '../badges/value-words';
import type { BackendContext } from '../context';
import { Artist } from '../art/artist';
import type { Designs } from './folder-work';
import { ART_UNIT, fileArtOf, type Pair, type PairDifferences } from './standing';
import { requireFolder, type WorkspaceFolder } from './workspace-folder';

/** Handlers of `folder.*`: the workspace folder. */
export function folderHandlers(
  { files, settings }: Pick<BackendContext, 'files' | 'settings'>,
  folder: WorkspaceFolder,
): HandlersOf<typeof folderMethods> {
  const chosen = (token: string): string => {
    const { path, name } = files.find(token, 'folder');
    requireFolder(path, name);
    return path;
  };
  const artist = new Artist();
  const pictureOf = async (art: BadgeArt | null): Promise<string | null> =>
    art === null ? null : (await artist.draw(art, 'EARNED')).svg;

  /** The designs that differ as people see them: both are called a design in words. */
  async function withPictures(differences: FolderDifference[], designs: Designs | null): Promise<FolderDifference[]> {
    if (designs === null) return differences;
    const { base, draft, file } = designs;
    const pictures = { base: await pictureOf(base), draft: await pictureOf(draft), file: await pictureOf(file) };
    return differences.map((one) => (one.unit === ART_UNIT ? { ...one, pictures } : one));
  }

  return {
    'folder.state': () => folder.state,
    'folder.watch': async (_, { signal, progress }) => {
      let state = folder.state;
      while (!signal.aborted && !folder.isClosed) {
        progress(state);
        state = await folder.next(state.number, signal);
      }
      return state;
    },
    'folder.look': ({ token }) => folder.look(chosen(token)),
    'folder.choose': ({ token }) => folder.choose(token === null ? null : chosen(token)),
    'folder.sync': () => folder.sync(),
    'folder.compare': async ({ place }) => {
      const compared = await folder.compare(place);
      const differences =
        compared.kind === 'document'
          ? documentInWords(compared.differences)
          : await withPictures(differencesInWords(compared.pair, compared.found, settings().zone), compared.designs);
      return { differences };
    },
    'folder.resolve': ({ place, choices }) => folder.resolve(place, choices),
    'folder.settle': ({ places, action }) => folder.settle(places, action),
  };
}

/** What draft and file differ in, in words. */
function differencesInWords(pair: Pair, found: PairDifferences, zone: Zone): FolderDifference[] {
  const meanings = [found.base, found.draft, found.file].map((body) => (body === null ? null : meaningIn(body)));
  const [base, draft, file] = meanings as [BadgeMeaning | null, BadgeMeaning | null, BadgeMeaning | null];
  const differences = found.units.flatMap(({ unit, change, ...texts }): FolderDifference[] => {
    if (change === 'same-on-both') return [];
    const field = fieldOfUnit(unit);
    const inWords = (meaning: BadgeMeaning | null, text: string): Message =>
      field !== null && meaning !== null ? valueInWords(field, meaning[field], zone) : asWritten(text);
    return [
      {
        ...{ unit, change },
        label: field === null ? message('folder.key', { key: unit }) : fieldMessage(field),
        base: texts.base === null ? null : inWords(base, texts.base),
        draft: inWords(draft, texts.draft),
        file: inWords(file, texts.file),
      },
    ];
  });
  if (found.art === null || found.art === 'same-on-both') return differences;
  const design = (digest: string | null): Message => message(digest === null ? 'comparison.none' : 'folder.design');
  const isPast = found.base !== null && !(pair.row?.open.includes(ART_UNIT) ?? false);
  return [
    ...differences,
    {
      ...{ unit: ART_UNIT, change: found.art, label: message('folder.art') },
      base: isPast ? design(pair.row?.baseArt ?? null) : null,
      draft: design(pair.draft.art),
      file: design(fileArtOf(pair)),
    },
  ];
}

/** Where document and file differ, with the values as they are written. */
function documentInWords(differences: readonly DocumentDifference[]): FolderDifference[] {
  const written = (text: string | null): Message =>
    text === null ? message('comparison.none') : message('comparison.given', { text });
  return differences.map(({ unit, change, base, draft, file }) => ({
    ...{ unit, change, label: message('folder.key', { key: unit }) },
    ...{ base: base === null ? null : written(base), draft: written(draft), file: written(file) },
  }));
}

function meaningIn(body: JsonObject): BadgeMeaning | null {
  const { definition } = readBadge(body);
  return definition === null ? null : meaningOf(definition);
}

/** The values of a unit as JSON, without their key where it has one only. */
function asWritten(text: string): Message {
  const reading = readJson(text);
  const values = reading.ok && isObject(reading.value) ? Object.values(reading.value) : [];
  if (values.length === 0) return message('comparison.none');
  return message('comparison.given', { text: values.length === 1 ? writeJson(values[0]) : text });
}
