import { isKnownCode, type KnownCode } from '../../../../shared/domain/codes';
import { message, type Message, type PlainKey } from '../../../../shared/words/message';

/** The code of a crash within the gateway (semantics L5). */
const VALIDATOR_CRASHED = 999_999;

/**
 * What each code of the gateway asks of a person who wrote to a live org (error-codes); null: no document explains it, or
 * it is Laurel's own, which no org answers. A new code has no advice here until somebody has decided which.
 */
const ADVICE: Readonly<Record<KnownCode | 999999, PlainKey | null>> = {
  401: 'refusals.org401',
  404: 'refusals.org404',
  714: 'refusals.org714',
  716: 'refusals.org716',
  717: 'refusals.org717',
  720: 'refusals.org720',
  722: 'refusals.org722',
  723: 'refusals.org723',
  724: 'refusals.org724',
  725: 'refusals.org725',
  728: 'refusals.org728',
  732: null,
  733: null,
  737: 'refusals.org737',
  750: 'refusals.org750',
  801: 'refusals.org801',
  803: 'refusals.org803',
  804: null,
  809: 'refusals.org809',
  810: 'refusals.org810',
  811: 'refusals.org811',
  812: 'refusals.org812',
  814: null,
  815: 'refusals.org815',
  816: 'refusals.org816',
  826: 'refusals.org826',
  900: null,
  1026: null,
  1028: null,
  1039: 'refusals.org1039',
  1040: 'refusals.org1040',
  1051: null,
  1054: null,
  990001: null,
  990002: null,
  990003: null,
  990004: null,
  990005: null,
  990006: null,
  990007: null,
  990008: null,
  990009: null,
  990010: null,
  990011: null,
  990012: null,
  990101: null,
  990102: null,
  990103: null,
  990104: null,
  990105: null,
  990106: null,
  990107: null,
  999999: 'refusals.org999999',
};

/**
 * What a person can do about a refusal.
 *
 * @returns null for a code that no document explains: its message is all there is (error-codes: codes without a source)
 */
export function adviceOf(code: number): Message | null {
  const key = isKnownCode(code) || code === VALIDATOR_CRASHED ? ADVICE[code] : null;
  return key === null ? null : message(key);
}
