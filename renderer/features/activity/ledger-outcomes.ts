import type { LedgerEntry } from '../../../shared/ipc/sync-contract';
import { look, type Look } from '../../lib/look';

export const LEDGER_OUTCOMES: Readonly<Record<LedgerEntry['outcome'], Look>> = {
  sending: look('activity.sending', 'upcoming', 'ring'),
  answered: look('activity.answered', 'live', 'disc'),
  refused: look('activity.refused', 'error', 'triangle'),
  unknown: look('activity.unknown', 'changed', 'diamond'),
  failed: look('activity.failed', 'expired', 'square'),
};
