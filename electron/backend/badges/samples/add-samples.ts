import { claim } from '../claims';
import { freshBadgeId } from '../ids';
import type { BackendContext } from '../../context';
import { sampleProgramme } from './programme';
import { inEnglish } from '../../../../shared/words/english';
import { LANGUAGES, message, type Language } from '../../../../shared/words/message';
import { speakerOf } from '../../../../shared/words/spoken';

/**
 * Adds the sample programme in one transaction; a sample whose name is taken, in whichever language, is skipped, so
 * asking twice does no harm.
 */
export async function addSamples(
  context: BackendContext,
  language: Language,
): Promise<{ created: string[]; skipped: number }> {
  const { workspace, now } = context;
  const at = now();
  const speaker = await speakerOf(language);
  const others = await Promise.all(LANGUAGES.map(speakerOf));
  const samples = sampleProgramme(at, workspace.settings.current.zone, speaker);
  const free = samples.filter(({ name }) => !others.some(({ say }) => workspace.drafts.nameTaken(say(name))));
  const created = workspace.transaction(() =>
    free.map(({ body, migration, claims }) => {
      const state = {
        body: JSON.stringify(body, null, 2),
        migration,
        label: inEnglish(message('badges.labelSamples')),
        now: at,
      };
      const { id } = workspace.drafts.create(freshBadgeId(context, at), state);
      for (const made of claims) claim(workspace, id, made, at);
      return id;
    }),
  );
  return { created, skipped: samples.length - free.length };
}
