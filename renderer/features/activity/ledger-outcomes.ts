import type { LedgerEntry } from '../../../shared/ipc/sync-contract';
import type { Look } from '../../lib/look';

export const LEDGER_OUTCOMES: Readonly<Record<LedgerEntry['outcome'], Look>> = {
  sending: { text: 'Sending', tone: 'upcoming', shape: 'ring' },
  answered: { text: 'Answered', tone: 'live', shape: 'disc' },
  refused: { text: 'Refused', tone: 'error', shape: 'triangle' },
  unknown: { text: 'Unknown', tone: 'changed', shape: 'diamond' },
  failed: { text: 'Not sent', tone: 'expired', shape: 'square' },
};
