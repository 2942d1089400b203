import { claim } from '../claims';
import { freshBadgeId } from '../ids';
import type { BackendContext } from '../../context';
import { sampleProgramme } from './programme';

/** Adds the sample programme in one transaction; a sample whose name is taken is skipped, so asking twice does no harm. */
export function addSamples(context: BackendContext): { created: string[]; skipped: number } {
  const { workspace, now } = context;
  const at = now();
  const samples = sampleProgramme(at, workspace.settings.current.zone);
  const free = samples.filter(({ body }) => !workspace.drafts.nameTaken(String(body['name'])));
  const created = workspace.transaction(() =>
    free.map(({ body, migration, claims }) => {
      const state = {
        body: JSON.stringify(body, null, 2),
        migration,
        label: 'Added with the sample programme',
        now: at,
      };
      const { id } = workspace.drafts.create(freshBadgeId(context, at), state);
      for (const made of claims) claim(workspace, id, made, at);
      return id;
    }),
  );
  return { created, skipped: samples.length - free.length };
}
