import type { ConnectionView } from '../../shared/ipc/sync-contract';
import type { PlainKey } from '../../shared/words/message';
import { look, type Look } from '../lib/look';
import { say } from '../lib/say.svelte';

export const KIND_LOOKS: Readonly<Record<ConnectionView['kind'], Look>> = {
  practice: look('sync.kindPractice', 'accent', 'ring'),
  test: look('sync.kindTest', 'upcoming', 'square'),
  production: look('sync.kindProduction', 'error', 'triangle'),
};

const KIND_WORDS = {
  practice: 'sync.kindWordPractice',
  test: 'sync.kindWordTest',
  production: 'sync.kindWordProduction',
} as const satisfies Record<ConnectionView['kind'], PlainKey>;

export const CONNECTION_STATES: Readonly<Record<ConnectionView['state'], Look>> = {
  unknown: look('sync.connectionUnknown', 'expired', 'ring'),
  online: look('sync.connectionOnline', 'live', 'disc'),
  offline: look('sync.connectionOffline', 'changed', 'pause'),
  unauthorized: look('sync.connectionUnauthorized', 'error', 'triangle'),
};

/** The kind of an org inside a sentence. */
export function kindWord(kind: ConnectionView['kind']): string {
  return say(KIND_WORDS[kind]);
}

/** Scheme left out, as there is only one for anything but this machine. */
export function hostOf(baseUrl: string): string {
  return baseUrl.replace(/^https?:\/\//, '').replace(/\/$/, '');
}

/** Which org a button reaches, in one sentence. */
export function reachSentence({ name, kind, baseUrl, writable }: ConnectionView): string {
  const where = { name, kind: kindWord(kind), host: hostOf(baseUrl) };
  return say(kind === 'production' && !writable ? 'sync.reachReadOnly' : 'sync.reach', where);
}
