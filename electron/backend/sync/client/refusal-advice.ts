import { message, type Message, type PlainKey } from '../../../../shared/words/message';

/** What each code of the gateway asks of a person who wrote to a live org (error-codes). */
const ADVICE: Readonly<Record<number, PlainKey>> = {
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
  737: 'refusals.org737',
  750: 'refusals.org750',
  801: 'refusals.org801',
  803: 'refusals.org803',
  809: 'refusals.org809',
  810: 'refusals.org810',
  811: 'refusals.org811',
  812: 'refusals.org812',
  815: 'refusals.org815',
  816: 'refusals.org816',
  826: 'refusals.org826',
  1039: 'refusals.org1039',
  1040: 'refusals.org1040',
  999999: 'refusals.org999999',
};

/**
 * What a person can do about a refusal.
 *
 * @returns null for a code that no document explains: its message is all there is (error-codes: codes without a source)
 */
export function adviceOf(code: number): Message | null {
  const key = ADVICE[code];
  return key === undefined ? null : message(key);
}
