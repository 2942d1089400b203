import type { Instant } from '../../../../shared/domain/instant';
import type { MissingReason, Recording } from '../../../../shared/fidelity/recording';

export type NamedValue = readonly [name: string, value: string];

/** A body as a source has it. */
export interface SourceBody {
  /** Empty: there was none; null: it is not known. */
  text: string | null;
  missing: MissingReason | null;
}

export const NO_BODY: SourceBody = { text: '', missing: null };
export const NOT_RECORDED: SourceBody = { text: null, missing: 'not-recorded' };

/** One call as it stands in a source, secrets and customers included. */
export interface SourceCall {
  /** Null where the source does not say. */
  at: Instant | null;
  milliseconds: number | null;
  method: string;
  url: string;
  headers: readonly NamedValue[];
  body: SourceBody;
  answer: { status: number; headers: readonly NamedValue[]; body: SourceBody } | null;
}

/** What a source holds. */
export interface Source {
  kind: Recording['source']['kind'];
  program: string | null;
  calls: SourceCall[];
  /** Entries that are no request at all. */
  broken: number;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Bytes as the text they are. */
export function bodyOfBytes(bytes: Uint8Array): SourceBody {
  try {
    return { text: utf8.decode(bytes), missing: null };
  } catch {
    return { text: null, missing: 'not-text' };
  }
}
