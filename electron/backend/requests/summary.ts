import { OK, outcomeLabel, outcomeName, outcomeReason } from '../../../db/org/outcomes';
import type { RequestFacts } from '../../../db/org/request-history';
import { adviceFor } from './advice';
import { message, type Message } from '../../../shared/words/message';
import type { OutcomeCount, RequestSummary } from '../../../shared/ipc/issuance-contract';

const ACTIONS = { issueBulk: 'enrol', earnBulk: 'award', earn: 'awardOne', import: 'import' } as const;

/** The word family in which a request's outcomes are told. */
export function familyOf(facts: Pick<RequestFacts, 'kind'>): 'enrol' | 'award' {
  return facts.kind === 'issueBulk' ? 'enrol' : 'award';
}

/** A request as the page shows it. */
export function summaryOf(facts: RequestFacts): RequestSummary {
  const outcomes = outcomesOf(facts);
  return {
    id: facts.key,
    requestId: facts.requestId,
    action: ACTIONS[facts.kind],
    badgeId: facts.badgeId,
    badgeName: facts.badgeName,
    ownerType: facts.ownerType,
    referenceId: facts.referenceId,
    state: facts.state,
    errors: facts.errors.map((error) => ({
      ...error,
      advice: adviceFor(error.code, ACTIONS[facts.kind], facts.eventDateSent ? facts.eventDate : null),
    })),
    processedOn: facts.processedOn,
    madeOn: facts.madeOn,
    eventDate: facts.eventDateSent ? facts.eventDate : null,
    expiresOn: facts.state === 'answered' ? facts.expiresOn : null,
    source: facts.source,
    total: facts.total,
    succeeded: facts.succeeded,
    refused: facts.total - facts.succeeded,
    outcomes,
    sentence: sentenceOf(facts, outcomes),
    durationMilliseconds: facts.durationMilliseconds,
  };
}

function outcomesOf(facts: RequestFacts): OutcomeCount[] {
  const family = familyOf(facts);
  const refused = [...facts.refusals]
    .map(([number, count]) => ({ outcome: outcomeName(number), count }))
    .sort((one, other) => other.count - one.count);
  const counts = facts.succeeded > 0 ? [{ outcome: OK, count: facts.succeeded }, ...refused] : refused;
  return counts.map(({ outcome, count }) => ({ outcome, count, label: outcomeLabel(outcome, family) }));
}

function sentenceOf(facts: RequestFacts, outcomes: readonly OutcomeCount[]): Message {
  const isEnrolment = facts.kind === 'issueBulk';
  if (facts.state === 'refused') {
    const why = facts.errors
      .map(({ code, message: text }) => `${code === 0 ? '' : `${code} · `}${text.replace(/\.$/, '')}`)
      .join('; ');
    const isRepeated = facts.errors.some(({ code }) => code === 809);
    if (isEnrolment) return message(isRepeated ? 'refusals.wholeEnrolRepeated' : 'refusals.wholeEnrol', { why });
    return message(isRepeated ? 'refusals.wholeAwardRepeated' : 'refusals.wholeAward', { why });
  }
  const { total, succeeded } = facts;
  const refused = total - succeeded;
  if (total === 0) return message('refusals.nobodyNamed');
  if (refused === 0) return message(isEnrolment ? 'refusals.allEnrolled' : 'refusals.allAwarded', { total });
  const main = outcomes.find(({ outcome }) => outcome !== OK);
  return message(isEnrolment ? 'refusals.someEnrolled' : 'refusals.someAwarded', {
    succeeded,
    total,
    refused,
    because: becauseOf(main?.count ?? refused, refused),
    reason: main === undefined ? '' : outcomeReason(main.outcome, familyOf(facts)),
  });
}

/** How many of the refused the main reason tells of. */
function becauseOf(told: number, refused: number): Message {
  if (told === refused) return message('refusals.because');
  return 2 * told > refused ? message('refusals.mostBecause') : message('refusals.someBecause', { count: told });
}
