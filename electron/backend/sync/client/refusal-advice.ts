/** What each code of the gateway asks of a person who wrote to a live org (error-codes). */
const ADVICE: Readonly<Record<number, string>> = {
  401: 'Enter the credentials of the connection again.',
  404: 'Pull to see what the org has now.',
  714: 'Allow the owner on the badge, or give its claim up before the owner goes.',
  716: 'Choose an owner.',
  717: 'Name the reference id of the owner.',
  720: 'Choose an end after the start.',
  722: 'Choose a start that is still ahead, or mark the badge as one of the past before it is created.',
  723: 'Go back to the start date that the org has: once a badge is live it stays.',
  724: 'Choose an end that is still ahead, or go back to the one that the org has.',
  725: 'Choose another name, or pull and compare with the badge that has this one.',
  728: 'Choose at least one owner.',
  737: 'Nothing is left to give up; pull to see the claims as they are.',
  750: 'Choose a date of the event at most 24 hours ahead.',
  801: 'This badge is awarded directly and takes no enrolment: award it instead.',
  803: 'Choose the owner in whose name it is done.',
  809: 'A request of this id was carried out before: look at what became of its customers before sending anything again.',
  810: 'Claim the badge for this owner, or choose an owner that has a claim.',
  811: 'Enrol these customers first, then try those that were refused again.',
  812: 'Name at least one customer.',
  815: 'Wait until the badge is live, or switch it on; for a direct badge that is over, give a date of the event within its life.',
  816: 'Choose a date of the event from the start of the badge up to its end.',
  826: 'Keep the kind of limit that the org has, and change its numbers only; or make a new badge with the other kind.',
  1039: 'Wait until the badge is live, or switch it on; for a badge that is over, give a date of the event within its life.',
  1040: 'The customer is enrolled for that time already; nothing is to be done.',
  999999: 'Look whether both dates are set and every limit has its kind; the gateway does not say which it missed.',
};

/**
 * What a person can do about a refusal.
 *
 * @returns null for a code that no document explains: its message is all there is (error-codes: codes without a source)
 */
export function adviceOf(code: number): string | null {
  return ADVICE[code] ?? null;
}
