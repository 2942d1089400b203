import { fieldInWords, MEANING_FIELDS } from '../../../shared/gateway/meaning';

/** The field that an error of the gateway is about, in words; a path that names no field stands as it is. */
export function fieldOfErrorPath(path: string): string {
  const head = path.replace(/^ownership\./, '').split(/[.[]/)[0] ?? '';
  const name = head === 'isActive' ? 'active' : head === 'ownership' || head === 'claims' ? 'restrictedToOwners' : head;
  const field = MEANING_FIELDS.find((known) => known === name);
  return field === undefined ? path : fieldInWords(field);
}
