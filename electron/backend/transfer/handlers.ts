import { Failure } from '../../../shared/ipc/errors';
import { MOST_TOLD, type TransferLook, type transferMethods } from '../../../shared/ipc/transfer-contract';
import type { HandlersOf } from '../../../shared/ipc/serve';
import { message } from '../../../shared/words/message';
import { speakerOf } from '../../../shared/words/spoken';
import type { BackendContext } from '../context';
import type { BadgeSteps } from '../badges/steps';
import { exportBadgeList } from './export-badges';
import { importBadges } from './import-badges';
import { planImport, type ImportPlan } from './plan-import';
import { readSources, type ReadSources, type TransferSource } from './read-sources';

/** Handlers of `transfer.*`: badges that leave as files and come as files. */
export function transferHandlers(context: BackendContext, steps: BadgeSteps): HandlersOf<typeof transferMethods> {
  const { files, workspace, now } = context;
  type Given = readonly ({ token: string } | { text: string })[];
  type Work = Parameters<HandlersOf<typeof transferMethods>['transfer.look']>[1];

  const placed = (given: Given): TransferSource[] =>
    given.map((source) => ('text' in source ? source : files.find(source.token, 'read')));

  const planned = async (
    given: Given,
    { signal, progress }: Work,
  ): Promise<{ read: ReadSources; plan: ImportPlan }> => {
    const read = await readSources(placed(given), now(), signal, (done) => progress({ done, total: null }));
    const total = read.entries.length;
    const plan = await planImport(workspace.drafts, read, signal, (done) => progress({ done, total }));
    return { read, plan };
  };

  return {
    'transfer.export': async ({ token, ids, format, language }, work) => {
      const { path, name } = format === 'files' ? files.find(token, 'folder') : files.output(token);
      const speaker = await speakerOf(language);
      return exportBadgeList(workspace.drafts, ids, { format, target: { path, name }, speaker, ...work });
    },
    'transfer.look': async ({ sources }, work): Promise<TransferLook> => {
      const { read, plan } = await planned(sources, work);
      const differing = plan.planned
        .filter(({ verdict }) => verdict === 'differs')
        .slice(0, MOST_TOLD)
        .map(({ name, fields, reason }) => ({ name, fields, reason }));
      const { unread, notes, isPlain } = read;
      return {
        ...{ counts: plan.counts, differing, notes, isPlain, seen: plan.seen },
        ...{ unread: unread.slice(0, MOST_TOLD), unreadCount: unread.length },
      };
    },
    'transfer.import': async ({ sources, differing, seen }, work) => {
      const { plan } = await planned(sources, work);
      if (plan.seen !== seen) throw new Failure('conflict', message('transfer.movedMeanwhile'));
      return importBadges(context, steps, plan, differing, work);
    },
  };
}
