import type {
  ConnectionView,
  DifferenceView,
  LiveCustomerRow,
  LiveJobView,
  PlannedRequest,
  PushedRequest,
  SyncRow,
} from '../../../shared/ipc/sync-contract';
import type { Look } from '../../lib/look';
import { ownerWord } from '../../lib/words';

export const KIND_LOOKS: Readonly<Record<ConnectionView['kind'], Look>> = {
  practice: { text: 'Practice', tone: 'accent', shape: 'ring' },
  test: { text: 'Test', tone: 'upcoming', shape: 'square' },
  production: { text: 'Production', tone: 'error', shape: 'triangle' },
};

export const CONNECTION_STATES: Readonly<Record<ConnectionView['state'], Look>> = {
  unknown: { text: 'Not asked yet', tone: 'expired', shape: 'ring' },
  online: { text: 'Online', tone: 'live', shape: 'disc' },
  offline: { text: 'Offline', tone: 'changed', shape: 'pause' },
  unauthorized: { text: 'Sign-in refused', tone: 'error', shape: 'triangle' },
};

/** Where the secret of a connection is, in a sentence. */
export const SECRET_SENTENCES: Readonly<Record<ConnectionView['secret'], string>> = {
  keychain: 'The secret is in the keychain of this system.',
  'accepted-risk': 'The secret is on disk without a real keychain, as you accepted.',
  session: 'The secret is kept until Laurel quits; then it must be entered again.',
  missing: 'The secret must be entered again before anything can be asked of this org.',
};

export const SYNC_STATES: Readonly<Record<SyncRow['state'], Look & { sentence: string }>> = {
  'in-sync': { text: 'Same', tone: 'live', shape: 'disc', sentence: 'The draft and the org mean the same.' },
  'draft-changed': {
    text: 'Changed here',
    tone: 'upcoming',
    shape: 'diamond',
    sentence: 'Only the draft changed since both were the same. A push brings it to the org.',
  },
  'live-changed': {
    text: 'Changed there',
    tone: 'changed',
    shape: 'diamond',
    sentence: 'Only the org changed since both were the same. Take what is there, or push the draft over it.',
  },
  'both-changed': {
    text: 'Changed on both',
    tone: 'changed',
    shape: 'diamond',
    sentence: 'Both sides changed, in different fields. Take what is there field by field before you push.',
  },
  conflict: {
    text: 'Conflict',
    tone: 'error',
    shape: 'triangle',
    sentence: 'Both sides changed the same field, or nothing is known of their past. Choose field by field.',
  },
  'only-here': { text: 'Only here', tone: 'upcoming', shape: 'ring', sentence: 'The org has no such badge yet.' },
  'only-live': { text: 'Only there', tone: 'accent', shape: 'ring', sentence: 'There is no draft of this live badge.' },
  unreadable: {
    text: 'Unreadable',
    tone: 'error',
    shape: 'square',
    sentence: 'One side cannot be read as a badge, so they cannot be compared.',
  },
  unknown: { text: 'Not pulled yet', tone: 'expired', shape: 'ring', sentence: 'Pull to see what the org has.' },
};

/** What is so of a badge here and there, and what can be done about it. */
export function syncSentence({ state, refusals }: Pick<SyncRow, 'state' | 'refusals'>): string {
  // A push that would be refused brings nothing to the org.
  if (state === 'draft-changed' && refusals > 0) return 'Only the draft changed since both were the same.';
  return SYNC_STATES[state].sentence;
}

export const CHANGES: Readonly<Record<DifferenceView['change'], Look>> = {
  draft: { text: 'Changed here', tone: 'upcoming', shape: 'diamond' },
  live: { text: 'Changed there', tone: 'changed', shape: 'diamond' },
  conflict: { text: 'Conflict', tone: 'error', shape: 'triangle' },
  'same-on-both': { text: 'Same on both', tone: 'live', shape: 'disc' },
};

const PURPOSES: Readonly<Record<PlannedRequest['purpose'], string>> = {
  create: 'Create',
  update: 'Update',
  activate: 'Activate',
  deactivate: 'Deactivate',
  claim: 'Claim',
  unclaim: 'Unclaim',
};

/** What a request of a push does: `Update “Iced Summer”`, `Claim “Iced Summer” for Loyalty 626`. */
export function requestTitle({
  purpose,
  badgeName,
  claim,
}: Pick<PlannedRequest, 'purpose' | 'badgeName' | 'claim'>): string {
  const title = `${PURPOSES[purpose]} “${badgeName}”`;
  return claim === null ? title : `${title} for ${ownerWord(claim.ownerType)} ${claim.referenceId}`;
}

export const OUTCOMES: Readonly<Record<PushedRequest['outcome'], Look>> = {
  done: { text: 'Done', tone: 'live', shape: 'disc' },
  refused: { text: 'Refused', tone: 'error', shape: 'triangle' },
  unknown: { text: 'Unknown', tone: 'changed', shape: 'diamond' },
  skipped: { text: 'Not sent', tone: 'expired', shape: 'ring' },
};

export const JOB_STATES: Readonly<Record<LiveJobView['state'], Look>> = {
  running: { text: 'Running', tone: 'upcoming', shape: 'disc' },
  paused: { text: 'Paused', tone: 'changed', shape: 'pause' },
  'waiting-for-org': { text: 'Waiting for the org', tone: 'changed', shape: 'ring' },
  done: { text: 'Finished', tone: 'live', shape: 'disc' },
  cancelled: { text: 'Cancelled', tone: 'expired', shape: 'square' },
};

export const CUSTOMER_STATES: Readonly<Record<LiveCustomerRow['state'], Look>> = {
  waiting: { text: 'Waiting', tone: 'expired', shape: 'ring' },
  sent: { text: 'Sent', tone: 'upcoming', shape: 'ring' },
  done: { text: 'Done', tone: 'live', shape: 'disc' },
  refused: { text: 'Refused', tone: 'error', shape: 'triangle' },
  unknown: { text: 'Unknown', tone: 'changed', shape: 'diamond' },
};

export const ACTION_WORDS: Readonly<Record<LiveJobView['action'], { verb: string; noun: string }>> = {
  enrol: { verb: 'Enrol', noun: 'Enrolment' },
  award: { verb: 'Award', noun: 'Award' },
};

/** Scheme left out, as there is only one for anything but this machine. */
export function hostOf(baseUrl: string): string {
  return baseUrl.replace(/^https?:\/\//, '').replace(/\/$/, '');
}

/** Which org a button reaches, in one sentence. */
export function reachSentence({ name, kind, baseUrl, writable }: ConnectionView): string {
  const where = `${name} (${KIND_LOOKS[kind].text.toLowerCase()}, ${hostOf(baseUrl)})`;
  if (kind === 'production' && !writable) return `${where} is read-only until you unlock it.`;
  return `On Sync, Push and live jobs go to ${where}.`;
}
