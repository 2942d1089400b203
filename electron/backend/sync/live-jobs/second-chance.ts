import { takesBack, type LiveAction } from '../../../../shared/ipc/take-back-contract';

/**
 * Whether a customer whom the org refused may be served by the very same request later, by the code of the refusal: of all
 * codes that enrolling and awarding many answer (error-codes). `never` is what only another job can mend, since badge,
 * action, owner and date of the event are the job's own, and what is as it should be already.
 */
export const SECOND_CHANCES = {
  /** The request holds what the org cannot read; the next one would hold the same. */
  400: 'never',
  401: 'maybe',
  /** The badge is not in the org, and ids never come back. */
  404: 'never',
  716: 'never',
  /** The date of the event comes nearer. */
  750: 'maybe',
  801: 'never',
  803: 'never',
  804: 'never',
  /** The next request has an id of its own. */
  809: 'maybe',
  810: 'maybe',
  811: 'maybe',
  812: 'never',
  815: 'maybe',
  /** The date of the event lies outside the badge's life; another one is another job. */
  816: 'never',
  1026: 'maybe',
  1028: 'never',
  1039: 'maybe',
  /** Enrolled, or holding the badge, already. */
  1040: 'never',
  /** The badge is not in the org: of an import, row by row. */
  1054: 'never',
  /** Limits: a window moves on, an award is revoked, the limit is raised. */
  990001: 'maybe',
  990002: 'maybe',
  /** Nobody is named twice in one job, so the next request answers no other way. */
  990003: 'never',
  999999: 'maybe',
} as const satisfies Readonly<Record<number, 'maybe' | 'never'>>;

/** Whether trying again can serve a customer who was refused with this code. Of an unknown code nobody can say that it cannot. */
export function canBeServedLater(code: number): boolean {
  return !Object.hasOwn(SECOND_CHANCES, code) || SECOND_CHANCES[code as keyof typeof SECOND_CHANCES] === 'maybe';
}

/** Revoked or expired already, and neither is undone (semantics R2). */
const NOT_HELD = 814;

/** Of rows that were never sent, with their reason in words. */
const LEFT_HERE = 0;

/** {@link canBeServedLater} for a job that does this. */
export function chancesIn(action: LiveAction): (code: number) => boolean {
  // What Laurel itself left out stands at the org already.
  if (action === 'import') return (code) => code !== LEFT_HERE && canBeServedLater(code);
  return takesBack(action) ? (code) => code !== NOT_HELD && canBeServedLater(code) : canBeServedLater;
}
