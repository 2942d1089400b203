import type { PlainKey } from '../../../shared/words/message';
import { say } from '../../lib/say.svelte';

const PURPOSES: Readonly<Record<string, PlainKey>> = {
  token: 'activity.token',
  test: 'activity.test',
  list: 'activity.list',
  read: 'activity.read',
  fields: 'activity.fields',
  groups: 'definitions.purposeGroups',
  'create-group': 'definitions.purposeCreateGroup',
  'update-group': 'definitions.purposeUpdateGroup',
  'create-field': 'definitions.purposeCreateField',
  'update-field': 'definitions.purposeUpdateField',
  settle: 'activity.settle',
  'read before writing': 'activity.readBefore',
  create: 'activity.create',
  update: 'activity.update',
  activate: 'activity.activate',
  deactivate: 'activity.deactivate',
  claim: 'activity.claim',
  unclaim: 'activity.unclaim',
  enrol: 'activity.enrol',
  award: 'activity.award',
  'revoke-enrolment': 'activity.revokeEnrolment',
  'revoke-award': 'activity.revokeAward',
  import: 'activity.importAwards',
  probe: 'fidelity.purpose',
};

/** What a request was for, in a word or two. */
export function purposeWord(purpose: string): string {
  const word = PURPOSES[purpose];
  return word === undefined ? purpose : say(word);
}

/** The part of an address that tells requests to the same org apart. */
export function pathOf(url: string): string {
  return url.replace(/^https?:\/\/[^/]+/, '').replace(/^\/api_gateway\/v1\/badges/, '');
}
