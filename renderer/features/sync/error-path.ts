import { fieldMessage, MEANING_FIELDS, type MeaningField } from '../../../shared/gateway/meaning';
import { isDefinitionPurpose, type PushedRequest } from '../../../shared/ipc/sync-contract';
import { sayMessage } from '../../lib/say.svelte';

/** The field that an error of the gateway is about, in words; a path that names no field stands as it is. */
export function fieldOfErrorPath(path: string): string {
  const head = path.replace(/^ownership\./, '').split(/[.[]/)[0] ?? '';
  const name = head === 'isActive' ? 'active' : head === 'ownership' || head === 'claims' ? 'restrictedToOwners' : head;
  const field = MEANING_FIELDS.find((known) => known === name);
  return field === undefined ? path : sayMessage(fieldMessage(field));
}

/** Where a field of a comparison is edited in the draft, as the editor names its places. */
export function placeOfField(field: MeaningField): string {
  return field === 'restrictedToOwners' ? 'ownership.restrictedToOwners' : field;
}

/** Where the refusal of a request is mended in the draft; null where no field was named. */
export function placeToMend({ purpose, errors }: Pick<PushedRequest, 'purpose' | 'errors'>): string | null {
  // Owner type and reference of a claim are no fields of the badge: claims have a place of their own.
  if (purpose === 'claim' || purpose === 'unclaim') return 'claims';
  if (isDefinitionPurpose(purpose)) return null;
  if (purpose === 'activate' || purpose === 'deactivate') return 'active';
  return errors.find(({ path }) => path !== null)?.path ?? null;
}
