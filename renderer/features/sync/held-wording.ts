import type { HeldRecord, HeldVerdict, NamedCustomer } from '../../../shared/ipc/held-contract';
import type { PlainKey } from '../../../shared/words/message';
import { look, type Look } from '../../lib/look';

/** How a customer may be named, in the order of the choice. */
export const NAMED_BY = {
  id: 'held.byId',
  email: 'held.byEmail',
  mobile: 'held.byMobile',
  externalId: 'held.byExternalId',
  cardNumber: 'held.byCardNumber',
} as const satisfies Record<NamedCustomer['by'], PlainKey>;

export const OUTCOME_LOOKS: Readonly<Record<HeldVerdict['outcome'], Look>> = {
  yes: look('held.yes', 'live', 'disc'),
  no: look('held.no', 'error', 'triangle'),
  unknown: look('held.unknown', 'changed', 'diamond'),
};

export const VERDICT_NAMES = {
  award: 'held.verdictAward',
  enrol: 'held.verdictEnrol',
} as const satisfies Record<HeldVerdict['action'], PlainKey>;

const RECORD_LOOKS: Readonly<Record<NonNullable<HeldRecord['status']>, Look>> = {
  LIVE: look('held.stateLive', 'live', 'disc'),
  ACTIVE: look('held.stateActive', 'live', 'disc'),
  UPCOMING: look('held.stateUpcoming', 'upcoming', 'ring'),
  EXPIRED: look('held.stateExpired', 'expired', 'ring'),
  REVOKED: look('held.stateRevoked', 'expired', 'square'),
};
const NOT_TOLD = look('held.stateUnknown', 'changed', 'diamond');

/** The look of a record's state as the org tells it. */
export const recordLook = (status: HeldRecord['status']): Look => (status === null ? NOT_TOLD : RECORD_LOOKS[status]);
