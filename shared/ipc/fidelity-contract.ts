import { z } from 'zod';
import type { CallVerdict, FidelityReport } from '../fidelity/fidelity-report';
import type { Recording } from '../fidelity/recording';
import { LANGUAGES } from '../words/message';
import { call, job } from './method';

/** A recording that was read and is kept until the next one is. */
export interface RecordingView extends Pick<Recording, 'source' | 'replaced' | 'leftOut'> {
  id: number;
  /** Of the file, or of the connection. */
  name: string;
  calls: number;
  /** ISO-8601; null where it has no calls. */
  span: { from: string; to: string } | null;
}

/** How far a replay is: calls of the first play, then positions of switches, of which nobody knows how many. */
export interface ReplayProgress {
  doing: 'playing' | 'trying';
  done: number;
  total: number | null;
}

/** A report, of whose calls only those that are not the same are told, and of many only the first. */
export type FidelityView = FidelityReport & { leftOutCalls: number; calls: readonly CallVerdict[] };

const token = z.string().min(1).max(100);

export const fidelityMethods = {
  /** Reads a file that was chosen or dropped, or what was sent over a connection, secrets and customers replaced. */
  'fidelity.read': job<{ done: number; total: number | null }, RecordingView>()(() =>
    z.union([z.object({ token }), z.object({ connectionId: z.int() })]),
  ),
  /** Plays the recording that was read last; `not-found` where it is another by now. */
  'fidelity.replay': job<ReplayProgress, FidelityView>()(() => z.object({ id: z.int() })),
  /** Writes the recording, or the report on it as one page, to the file that the native dialog named. */
  'fidelity.save': call<{ name: string }>()(() =>
    z.object({ id: z.int(), target: token, what: z.enum(['recording', 'report']), language: z.enum(LANGUAGES) }),
  ),
};
