import { linked } from '../client/linked-signal';
import type { SyncContext, SyncHandlers } from '../context';
import { writeAuditPack } from './pack';
import { writePushPack } from './push-pack';

type AuditMethod = Extract<keyof SyncHandlers, `audit.${string}`>;

/** Handlers of `audit.*`. */
export function auditHandlers(
  { workspace, workspaceFile, files, now }: SyncContext,
  closing: AbortSignal,
): Pick<SyncHandlers, AuditMethod> {
  const { settings } = workspace;
  const named = (): { name: string } => {
    const kept = settings.kept('auditName');
    return { name: typeof kept === 'string' ? kept : '' };
  };
  return {
    'audit.name': named,
    'audit.setName': ({ name }) => {
      settings.keep('auditName', name.trim());
      return named();
    },
    'audit.pack': async ({ id, target }, { signal, progress }) => {
      const file = files.output(target);
      const rows = await writeAuditPack(
        { workspaceFile, jobKey: id, now: now(), progress },
        { path: file.path, form: 'zip', signal: linked(signal, closing) },
      );
      return { rows, name: file.name };
    },
    'audit.packPush': async ({ id, target }, { signal, progress }) => {
      const file = files.output(target);
      const rows = await writePushPack(
        { workspaceFile, taskKey: id, now: now(), progress },
        { path: file.path, form: 'zip', signal: linked(signal, closing) },
      );
      return { rows, name: file.name };
    },
  };
}
