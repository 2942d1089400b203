import type { StoredConnection } from '../../../../db/workspace/connections';
import type { Snapshot } from '../../../../db/workspace/snapshots';
import { toIso } from '../../../../shared/domain/instant';
import { parseJson } from '../../../../shared/domain/json';
import { fieldMessage } from '../../../../shared/gateway/meaning';
import { fromMeaningText } from '../../../../shared/gateway/meaning-text';
import { Failure } from '../../../../shared/ipc/errors';
import { inEnglish } from '../../../../shared/words/english';
import { message } from '../../../../shared/words/message';
import { compareTexts } from '../badges/lines';
import type { FrozenRequest } from '../badges/plan';
import { valueInWords } from '../../badges/value-words';
import type { SyncContext } from '../context';
import { digestOf, fieldsOf, liveDigest, PLAN_SCHEMA, writePlan, type PlanRequest, type RestsOn } from './plan-file';

/**
 * The requests of a push as the text of a plan file, with the live badges as last pulled that they rest on. Nothing is
 * sent, and no secret is in it.
 *
 * @throws Failure `conflict` where a live badge was pulled anew since, or one name is to be created twice
 */
export function planTextOf(
  context: SyncContext,
  connection: StoredConnection,
  appVersion: string,
  requests: readonly FrozenRequest[],
): string {
  const rests = new Map<string, RestsOn>();
  const planned = requests.map((frozen): PlanRequest => {
    const { remoteId } = frozen;
    if (remoteId === null) {
      const name = JSON.parse(fromMeaningText(frozen.draftMeaning).name) as string;
      if (rests.has(`name ${name}`)) throw new Failure('conflict', message('plans.createdTwice', { name }));
      rests.set(`name ${name}`, { state: 'absent', name });
      return { badge: name, ...wordsOf(frozen, null, connection), ...bytesOf(frozen) };
    }
    const snapshot = context.workspace.snapshots.find(connection.key, remoteId);
    if (!snapshot?.meaning || (frozen.liveMeaning !== null && frozen.liveMeaning !== snapshot.meaning)) {
      throw new Failure('conflict', message('plans.pulledSince', { name: frozen.badgeName }));
    }
    rests.set(`id ${remoteId}`, there(snapshot, snapshot.meaning));
    return { badge: frozen.badgeName, ...wordsOf(frozen, snapshot, connection), ...bytesOf(frozen) };
  });
  return writePlan({
    schema: PLAN_SCHEMA,
    madeOn: toIso(context.now(), 'UTC'),
    madeBy: `Laurel ${appVersion}`,
    org: {
      name: connection.name,
      address: connection.baseUrl,
      kind: connection.kind,
      timeZone: connection.timeZone,
    },
    restsOn: [...rests.values()],
    requests: planned,
  });
}

function there({ name, remoteId, claims }: Snapshot, meaning: string): RestsOn {
  const fields = fieldsOf(fromMeaningText(meaning));
  const held = claims.map(({ ownerType, referenceId }) => ({ ownerType, referenceId }));
  return { state: 'there', name, id: remoteId, digest: liveDigest(fields, held), fields, claims: held };
}

function wordsOf(
  { remoteId, purpose, draftMeaning }: FrozenRequest,
  snapshot: Snapshot | null,
  { timeZone, fieldDefaults }: StoredConnection,
): Pick<PlanRequest, 'id' | 'purpose' | 'changes'> {
  const isChange = purpose === 'update' || purpose === 'activate' || purpose === 'deactivate';
  const live = snapshot?.meaning ?? null;
  if (!isChange || snapshot === null || live === null) return { id: remoteId, purpose, changes: [] };
  const defaults = { till: snapshot.defaultTill, customFields: fieldDefaults };
  const changes = compareTexts(null, draftMeaning, live, defaults).differences.map(
    ({ field, draft, live: before }) => ({
      field,
      label: inEnglish(fieldMessage(field)),
      from: inEnglish(valueInWords(field, before, timeZone)),
      to: inEnglish(valueInWords(field, draft, timeZone)),
    }),
  );
  return { id: remoteId, purpose, changes };
}

function bytesOf({ request }: FrozenRequest): Pick<PlanRequest, 'method' | 'path' | 'headers' | 'body' | 'bodyDigest'> {
  const { method, url, headers, body } = request;
  return {
    method: method === 'POST' ? 'POST' : 'PUT',
    path: new URL(url).pathname,
    headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
    body: body === null ? null : parseJson(body),
    bodyDigest: body === null ? null : digestOf(body),
  };
}
