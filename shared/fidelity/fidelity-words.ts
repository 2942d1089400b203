import { message, type Message } from '../words/message';
import type { FidelityReport, SwitchReport, SwitchValue, UndecidableReason } from './fidelity-report';
import type { LeftOutReason, Recording, ReplacedKind } from './recording';

const REASONS: Readonly<Record<UndecidableReason, Message>> = {
  'no-answer': message('fidelity.reasonNoAnswer'),
  outage: message('fidelity.reasonOutage'),
  'too-many': message('fidelity.reasonTooMany'),
  'not-admitted': message('fidelity.reasonNotAdmitted'),
  'on-the-way': message('fidelity.reasonOnTheWay'),
  'no-endpoint': message('fidelity.reasonNoEndpoint'),
  'body-missing': message('fidelity.reasonBodyMissing'),
  'answer-missing': message('fidelity.reasonAnswerMissing'),
  'no-json': message('fidelity.reasonNoJson'),
  'badge-unknown': message('fidelity.reasonBadgeUnknown'),
  'badge-partly': message('fidelity.reasonBadgePartly'),
  history: message('fidelity.reasonHistory'),
  'lost-before': message('fidelity.reasonLostBefore'),
  people: message('fidelity.reasonPeople'),
  'request-id': message('fidelity.reasonRequestId'),
  'other-badges': message('fidelity.reasonOtherBadges'),
  catalogue: message('fidelity.reasonCatalogue'),
  'at-once': message('fidelity.reasonAtOnce'),
};

/** Why it cannot be said, in words that complete “It cannot be said: ”. */
export const reasonInWords = (reason: UndecidableReason): Message => REASONS[reason];

/** Several things as one phrase. */
function joined(parts: readonly Message[], key: 'fidelity.andBetween' | 'fidelity.orBetween'): Message {
  const [first, ...rest] = parts;
  if (first === undefined) return message('fidelity.other', { text: '' });
  return rest.length === 0 ? first : message(key, { one: first, other: joined(rest, key) });
}

/** `weekly-cycles=from-start and status-801=400` */
export function switchesInWords(switches: readonly SwitchValue[]): Message {
  const parts = switches.map(({ option, value }) => message('fidelity.setting', { option, value }));
  return joined(parts, 'fidelity.andBetween');
}

/** What came of a replay, sentence by sentence. */
export function answerInWords({ counts, explanation }: Pick<FidelityReport, 'counts' | 'explanation'>): Message[] {
  const { calls, same, different, undecidable } = counts;
  if (calls === 0) return [message('fidelity.noCalls')];
  const answer =
    different > 0
      ? message('fidelity.differ', { different, same, undecidable })
      : undecidable > 0
        ? message('fidelity.someSame', { same, undecidable })
        : message('fidelity.allSame', { calls });
  const { found, sets, closest, isBounded } = explanation;
  const said: Message[] = [answer];
  const [only] = sets;
  if (found === 'some' && only !== undefined) {
    said.push(
      sets.length === 1
        ? message('fidelity.explained', { switches: switchesInWords(only) })
        : message('fidelity.explainedEither', { sets: joined(sets.map(switchesInWords), 'fidelity.orBetween') }),
    );
  }
  if (found === 'no') said.push(message('fidelity.notExplained'));
  if (closest !== null)
    said.push(
      message('fidelity.closest', { switches: switchesInWords(closest.switches), different: closest.different }),
    );
  if (isBounded) said.push(message('fidelity.bounded'));
  return said;
}

/** What a recording says of a switch. */
export function stateInWords({ state, used, values, call }: SwitchReport): Message {
  switch (state) {
    case 'holds':
      return message('fidelity.stateHolds', { call: call ?? 0 });
    case 'turned':
      return call === null
        ? message('fidelity.stateTurnedAlone', { used })
        : message('fidelity.stateTurned', { used, call });
    case 'either':
      return message('fidelity.stateEither', { values: values.join(', ') });
    case 'open':
      return message('fidelity.stateOpen');
  }
}

const REPLACED: Readonly<Record<ReplacedKind, (count: number) => Message>> = {
  headers: (count) => message('fidelity.replacedHeaders', { count }),
  secrets: (count) => message('fidelity.replacedSecrets', { count }),
  customers: (count) => message('fidelity.replacedCustomers', { count }),
  emails: (count) => message('fidelity.replacedEmails', { count }),
  identifiers: (count) => message('fidelity.replacedIdentifiers', { count }),
  people: (count) => message('fidelity.replacedPeople', { count }),
};

const LEFT_OUT: Readonly<Record<LeftOutReason, (count: number) => Message>> = {
  elsewhere: (count) => message('fidelity.leftOutElsewhere', { count }),
  token: (count) => message('fidelity.leftOutToken', { count }),
  practice: (count) => message('fidelity.leftOutPractice', { count }),
  'no-request': (count) => message('fidelity.leftOutNoRequest', { count }),
};

/** What was replaced on import, and what was left out. */
export function importInWords({ replaced, leftOut }: Pick<Recording, 'replaced' | 'leftOut'>): Message[] {
  return [
    ...replaced.map(({ kind, count }) => REPLACED[kind](count)),
    ...leftOut.map(({ kind, count }) => LEFT_OUT[kind](count)),
  ];
}

/** In which zone a recording was played, and why in this one. */
export function zoneInWords({ zone, zoneFrom }: Pick<FidelityReport, 'zone' | 'zoneFrom'>): Message {
  return zoneFrom === 'answers' ? message('fidelity.zoneTold', { zone }) : message('fidelity.zoneGiven', { zone });
}
