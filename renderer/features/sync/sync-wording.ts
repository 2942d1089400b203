import { CUSTOM_FIELD_TYPES, type CustomFieldType } from '../../../shared/domain/org';
import type { FieldDefinition } from '../../../shared/gateway/definitions';
import type { Input } from '../../../shared/ipc/contract';
import { isDefinitionPurpose, type BadgePurpose, type DefinitionPurpose } from '../../../shared/ipc/sync-contract';
import type {
  ConnectionView,
  DifferenceView,
  LiveCustomerRow,
  LiveJobView,
  PlannedRequest,
  PushedRequest,
  SyncRow,
} from '../../../shared/ipc/sync-contract';
import type { MessageKey, PlainKey } from '../../../shared/words/message';
import { look, type Look } from '../../lib/look';
import { say } from '../../lib/say.svelte';
import { ownerWord } from '../../lib/words';

const SECRETS = {
  keychain: 'sync.secretKeychain',
  'accepted-risk': 'sync.secretAcceptedRisk',
  session: 'sync.secretSession',
  missing: 'sync.secretMissing',
} as const satisfies Record<ConnectionView['secret'], PlainKey>;

/** Where the secret of a connection is, in a sentence. */
export function secretSentence(secret: ConnectionView['secret']): string {
  return say(SECRETS[secret]);
}

export const SYNC_STATES: Readonly<Record<SyncRow['state'], Look>> = {
  'in-sync': look('sync.stateInSync', 'live', 'disc'),
  'draft-changed': look('sync.stateDraftChanged', 'upcoming', 'diamond'),
  'live-changed': look('sync.stateLiveChanged', 'changed', 'diamond'),
  'both-changed': look('sync.stateBothChanged', 'changed', 'diamond'),
  conflict: look('sync.stateConflict', 'error', 'triangle'),
  'only-here': look('sync.stateOnlyHere', 'upcoming', 'ring'),
  'only-live': look('sync.stateOnlyLive', 'accent', 'ring'),
  unreadable: look('sync.stateUnreadable', 'error', 'square'),
  unknown: look('sync.stateUnknown', 'expired', 'ring'),
};

const STATE_SENTENCES = {
  'in-sync': 'sync.stateInSyncSentence',
  'draft-changed': 'sync.stateDraftChangedSentence',
  'live-changed': 'sync.stateLiveChangedSentence',
  'both-changed': 'sync.stateBothChangedSentence',
  conflict: 'sync.stateConflictSentence',
  'only-here': 'sync.stateOnlyHereSentence',
  'only-live': 'sync.stateOnlyLiveSentence',
  unreadable: 'sync.stateUnreadableSentence',
  unknown: 'sync.stateUnknownSentence',
} as const satisfies Record<SyncRow['state'], PlainKey>;

/** What is so of a badge here and there, and what can be done about it. */
export function syncSentence({ state, refusals }: Pick<SyncRow, 'state' | 'refusals'>): string {
  // A push that would be refused brings nothing to the org.
  if (state === 'draft-changed' && refusals > 0) return say('sync.stateDraftRefusedSentence');
  return say(STATE_SENTENCES[state]);
}

export const CHANGES: Readonly<Record<DifferenceView['change'], Look>> = {
  draft: look('sync.stateDraftChanged', 'upcoming', 'diamond'),
  live: look('sync.stateLiveChanged', 'changed', 'diamond'),
  conflict: look('sync.stateConflict', 'error', 'triangle'),
  'same-on-both': look('sync.sameOnBoth', 'live', 'disc'),
};

type ClaimPurpose = 'claim' | 'unclaim';
const BADGE_TITLES = {
  create: 'sync.createTitle',
  update: 'sync.updateTitle',
  activate: 'sync.activateTitle',
  deactivate: 'sync.deactivateTitle',
  claim: 'sync.claimBadgeTitle',
  unclaim: 'sync.unclaimBadgeTitle',
} as const satisfies Record<BadgePurpose, MessageKey>;
const DEFINITION_TITLES = {
  'create-group': 'definitions.createGroup',
  'update-group': 'definitions.updateGroup',
  'create-field': 'definitions.createField',
  'update-field': 'definitions.updateField',
} as const satisfies Record<DefinitionPurpose, MessageKey>;
const CLAIM_TITLES = {
  claim: 'sync.claimTitle',
  unclaim: 'sync.unclaimTitle',
} as const satisfies Record<ClaimPurpose, MessageKey>;

/** What a request of a push does: `Update “Iced Summer”`, `Claim “Iced Summer” for Loyalty 626`. */
export function requestTitle({
  purpose,
  badgeName,
  claim,
}: Pick<PlannedRequest, 'purpose' | 'badgeName' | 'claim'>): string {
  if (claim !== null && (purpose === 'claim' || purpose === 'unclaim'))
    return say(CLAIM_TITLES[purpose], {
      badge: badgeName,
      owner: `${ownerWord(claim.ownerType)} ${claim.referenceId}`,
    });
  if (isDefinitionPurpose(purpose)) return say(DEFINITION_TITLES[purpose], { name: badgeName });
  return say(BADGE_TITLES[purpose], { badge: badgeName });
}

const FIELD_TYPES = {
  STRING: 'definitions.typeText',
  INTEGER: 'definitions.typeInteger',
  BOOLEAN: 'definitions.typeBoolean',
  DATE: 'definitions.typeDate',
} as const satisfies Record<CustomFieldType, PlainKey>;

/** What a type of a custom field is called. */
export function fieldTypeWord(type: CustomFieldType): string {
  return say(FIELD_TYPES[type]);
}

/** A custom field as whoever edits it gets it. */
export function fieldInput({ name, dataType, isMandatory, defaultValue }: FieldDefinition): Input<'sync.keepField'> {
  return {
    ...{ before: name, name, isMandatory, defaultValue: defaultValue ?? '' },
    dataType: CUSTOM_FIELD_TYPES.find((type) => type === dataType) ?? 'STRING',
  };
}

export const OUTCOMES: Readonly<Record<PushedRequest['outcome'], Look>> = {
  done: look('sync.outcomeDone', 'live', 'disc'),
  refused: look('sync.outcomeRefused', 'error', 'triangle'),
  unknown: look('sync.outcomeUnknown', 'changed', 'diamond'),
  skipped: look('sync.outcomeSkipped', 'expired', 'ring'),
};

export const JOB_STATES: Readonly<Record<LiveJobView['state'], Look>> = {
  queued: look('live.stateQueued', 'upcoming', 'ring'),
  running: look('live.stateRunning', 'upcoming', 'disc'),
  paused: look('live.statePaused', 'changed', 'pause'),
  'waiting-for-org': look('live.stateWaiting', 'changed', 'ring'),
  done: look('live.stateDone', 'live', 'disc'),
  cancelled: look('live.stateCancelled', 'expired', 'square'),
};

export const CUSTOMER_STATES: Readonly<Record<LiveCustomerRow['state'], Look>> = {
  waiting: look('live.customerWaiting', 'expired', 'ring'),
  sent: look('live.customerSent', 'upcoming', 'ring'),
  done: look('live.customerDone', 'live', 'disc'),
  refused: look('live.customerRefused', 'error', 'triangle'),
  unknown: look('live.customerUnknown', 'changed', 'diamond'),
};

/** What is said of a job, by what it does. */
export const ACTIONS = {
  enrol: {
    title: 'live.titleEnrol',
    name: 'live.nameEnrol',
    progress: 'live.progressEnrol',
    start: 'live.startEnrol',
    running: 'live.runningEnrol',
    soFar: 'live.soFarEnrolled',
    soFarCancelled: 'live.soFarEnrolledCancelled',
  },
  award: {
    title: 'live.titleAward',
    name: 'live.nameAward',
    progress: 'live.progressAward',
    start: 'live.startAward',
    running: 'live.runningAward',
    soFar: 'live.soFarAwarded',
    soFarCancelled: 'live.soFarAwardedCancelled',
  },
  'revoke-enrolment': {
    title: 'live.titleRevokeEnrolment',
    name: 'live.nameRevokeEnrolment',
    progress: 'live.progressRevokeEnrolment',
    running: 'live.runningRevoke',
    soFar: 'live.soFarRevoked',
    soFarCancelled: 'live.soFarRevokedCancelled',
  },
  'revoke-award': {
    title: 'live.titleRevokeAward',
    name: 'live.nameRevokeAward',
    progress: 'live.progressRevokeAward',
    running: 'live.runningRevoke',
    soFar: 'live.soFarRevoked',
    soFarCancelled: 'live.soFarRevokedCancelled',
  },
  import: {
    title: 'live.titleImport',
    name: 'live.nameImport',
    progress: 'live.progressImport',
    running: 'live.runningImport',
    soFar: 'live.soFarImported',
    soFarCancelled: 'live.soFarImportedCancelled',
  },
} as const satisfies Record<LiveJobView['action'], Record<string, MessageKey>>;
