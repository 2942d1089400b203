import { OK, outcomeLabel, outcomeName } from '../../../db/org/outcomes';
import type { RequestFacts } from '../../../db/org/request-history';
import { adviceFor } from './advice';
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

const count = (number: number): string => number.toLocaleString('en');

function sentenceOf(facts: RequestFacts, outcomes: readonly OutcomeCount[]): string {
  const done = facts.kind === 'issueBulk' ? 'enrolled' : 'got the badge';
  if (facts.state === 'refused') {
    const why = facts.errors
      .map(({ code, message }) => `${code === 0 ? '' : `${code} · `}${message.replace(/\.$/, '')}`)
      .join('; ');
    const id = facts.errors.some(({ code }) => code === 809)
      ? 'the request that had this id before stays as it was'
      : 'the request id is still free';
    return `The request was refused as a whole: ${why}. Nothing was ${facts.kind === 'issueBulk' ? 'enrolled' : 'awarded'}, and ${id}.`;
  }
  const { total, succeeded } = facts;
  const refused = total - succeeded;
  if (total === 0) return 'The request named no customers.';
  const who = total === 1 ? 'The one customer' : refused === 0 ? `All ${count(total)} customers` : null;
  if (refused === 0)
    return `${who ?? ''} ${facts.kind === 'issueBulk' ? `${total === 1 ? 'is' : 'are'} enrolled` : done}.`;
  const main = outcomes.find((outcome) => outcome.outcome !== OK);
  const reason = main === undefined ? '' : main.label.charAt(0).toLowerCase() + main.label.slice(1);
  const share =
    main === undefined || main.count === refused
      ? 'because'
      : `${2 * main.count > refused ? 'most' : count(main.count)} of them because`;
  const got =
    facts.kind === 'issueBulk'
      ? `${count(succeeded)} of ${count(total)} customers ${succeeded === 1 ? 'is' : 'are'} enrolled`
      : `${count(succeeded)} of ${count(total)} customers got the badge`;
  return `${got}; ${count(refused)} ${refused === 1 ? 'was' : 'were'} refused, ${share} of this: ${reason}.`;
}
