import { z } from 'zod';
import { readColour } from '../../../shared/art/colour';
import type { ReportVersion } from '../../../shared/report/report-model';
import type { BadgeAnswers } from '../../../shared/ipc/simulation-contract';
import { Failure } from '../../../shared/ipc/errors';
import type { reportMethods, ReportLook } from '../../../shared/ipc/report-contract';
import type { HandlersOf } from '../../../shared/ipc/serve';
import { fileNameOf } from '../../../shared/simulation/file-name';
import type { SimulationResult } from '../../../shared/simulation/result';
import { message } from '../../../shared/words/message';
import { writeWhole } from '../../disk/whole-file';
import { Artist } from '../art/artist';
import { keptArt } from '../art/kept-art';
import type { BackendContext } from '../context';
import { EXPORT_AGAIN } from '../files/granted-files';
import { copiedDrafts } from '../simulation/library-copies';
import { readLogo } from './logo';
import type { PrintPage } from './main-printer';
import { reportPage } from './page';
import { keptVersion } from './versions';

/** What reports work with. */
export type ReportContext = Pick<BackendContext, 'workspace' | 'files'>;

const keptLook = z.object({
  format: z.enum(['html', 'pdf']),
  brandColour: z.string().nullable(),
  logo: z.object({ name: z.string(), address: z.string() }).nullable(),
});
type KeptLook = z.infer<typeof keptLook>;

const viewOf = ({ format, brandColour, logo }: KeptLook): ReportLook => ({
  ...{ format, brandColour, logo: logo?.name ?? null },
});

/** What decides which draws a scenario gets: versions that share it ran on the same chance. */
function drawsOf(body: unknown, { seed, replications, engine }: SimulationResult): string {
  const { from, to, timeZone, customers, events } = body as Record<string, unknown>;
  return JSON.stringify([seed, replications, engine, from, to, timeZone, customers, events]);
}

/** Handlers of `report.*`. */
export function reportHandlers(
  { workspace, files }: ReportContext,
  appVersion: string,
  print: PrintPage,
): HandlersOf<typeof reportMethods> {
  const look = (): KeptLook => {
    const kept = keptLook.safeParse(workspace.settings.kept('report'));
    return kept.success ? kept.data : { format: 'html', brandColour: null, logo: null };
  };
  const keep = (changed: KeptLook): ReportLook => {
    workspace.settings.keep('report', changed);
    return viewOf(changed);
  };
  const artist = new Artist();
  return {
    'report.look': () => viewOf(look()),

    'report.useLogo': ({ token }) => {
      if (token === null) return keep({ ...look(), logo: null });
      const file = files.find(token, 'read');
      return keep({ ...look(), logo: { name: file.name, address: readLogo(file.path, file.name) } });
    },

    'report.write': async ({ target, ids, format, title, brandColour: given, language }) => {
      const file = files.output(target);
      const brandColour = given.trim() === '' ? null : readColour(given.trim());
      if (given.trim() !== '' && brandColour === null)
        throw new Failure('invalid-input', message('report.colourWrong', { given }));
      const kept = ids.map((id) => workspace.simulations.get(id));
      const names = toldApart(kept.map(({ name }) => name));
      const versions = kept.map(({ scenario, result, answers }, index): ReportVersion =>
        keptVersion(
          names[index] ?? '',
          scenario,
          result as SimulationResult,
          (answers as { badges: readonly BadgeAnswers[] }).badges,
        ),
      );
      const [first, ...others] = versions;
      if (first === undefined) throw new Error('A report on nothing');
      const draws = new Set(kept.map(({ scenario, result }) => drawsOf(scenario, result as SimulationResult)));
      const { logo } = look();
      const pictures = await picturesOf(workspace, kept[0]?.scenario, artist);
      const page = await reportPage(
        {
          ...{ title: title.trim() === '' ? null : title.trim(), versions: [first, ...others] },
          ...{ sameDraws: draws.size === 1, people: [], savesFirst: true, appVersion, brandColour },
          ...{
            logo: logo?.address ?? null,
            pictures,
            commands: kept.map(({ scenario, result }) => commandOf(scenario, result as SimulationResult)),
          },
        },
        language,
      );
      const bytes = format === 'html' ? Buffer.from(page, 'utf8') : await print(page);
      await writeWhole(file.path, bytes, { name: file.name, again: EXPORT_AGAIN });
      keep({ format, brandColour, logo });
      return { name: file.name };
    },
  };
}

/** The pictures of the badges of which a scenario has copies, as they are now, by the key of the badge. */
async function picturesOf(
  workspace: ReportContext['workspace'],
  body: unknown,
  artist: Artist,
): Promise<ReadonlyMap<string, string>> {
  const pictures = new Map<string, string>();
  for (const [key, { art: digest }] of copiedDrafts(workspace.drafts, body)) {
    const art = digest === null ? undefined : keptArt(workspace, digest);
    if (art !== undefined) pictures.set(key, (await artist.draw(art, 'EARNED')).svg);
  }
  return pictures;
}

/** Names as they are, a later one of the same name with its place. */
function toldApart(names: readonly string[]): string[] {
  return names.map((name, index) => (names.indexOf(name) < index ? `${name} (${String(index + 1)})` : name));
}

/** The line that runs a scenario again, once that is saved under the name that the window suggests. */
function commandOf(scenario: unknown, { seed, replications }: SimulationResult): string {
  const { name } = scenario as { name?: unknown };
  const file = `${fileNameOf(typeof name === 'string' ? name : '')}.scenario.json`;
  return `laurel simulate ${file} --json --seed ${String(seed)} --replications ${String(replications)}`;
}
