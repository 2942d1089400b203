import { isObject } from '../../../../shared/domain/body-reader';
import { readInstant, SECOND, type Instant } from '../../../../shared/domain/instant';
import { readJson } from '../../../../shared/domain/json';
import { instantOfCall, type RecordedCall, type Recording } from '../../../../shared/fidelity/recording';
import { findRoute } from '../../../../shared/gateway/router';

/** Endpoints whose answer says when the org made it. */
const MADE: Readonly<Record<string, string>> = {
  createBadge: 'createdOn',
  updateBadge: 'lastUpdatedOn',
  createGroup: 'createdOn',
  updateGroup: 'lastUpdatedOn',
  createCustomField: 'createdOn',
  updateCustomField: 'lastUpdatedOn',
  updateOrgMeta: 'lastUpdatedOn',
};

/** Clocks that differ by less are taken as one. */
const NEGLIGIBLE = 2 * SECOND;

/** The org's own clock when it carried out a call, where its answer tells. */
function toldBy({ method, path, answer }: RecordedCall): Instant | null {
  const key = MADE[findRoute(method, path)?.endpoint.name ?? ''];
  if (key === undefined || answer === null || answer.status >= 300 || answer.body === null) return null;
  const reading = readJson(answer.body);
  const data = reading.ok && isObject(reading.value) ? reading.value['data'] : null;
  const made = isObject(data) ? readInstant(data[key]) : null;
  return made?.ok ? made.instant : null;
}

function dateOf({ answer }: RecordedCall): Instant | null {
  const milliseconds = Date.parse(answer?.headers['date'] ?? '');
  // Cut to whole seconds: half a second is the best guess of the rest.
  return Number.isNaN(milliseconds) ? null : milliseconds * 1000 + SECOND / 2;
}

const middleOf = (numbers: readonly number[]): number =>
  [...numbers].sort((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? 0;

/**
 * The clock of the org at each call: exactly where its answer tells, otherwise by the clock of who recorded, corrected by
 * how far that was off. The clock of a practice org can stand still: then it is what was told last.
 */
export function orgClock({ calls, clock }: Pick<Recording, 'calls' | 'clock'>): Instant[] {
  const sent = calls.map(instantOfCall);
  const told = calls.map(toldBy);
  const evidence = told.flatMap((now, index) => (now === null ? [] : [{ now, at: sent[index] ?? 0 }]));
  const [first] = evidence;
  const standsStill =
    clock === 'running' &&
    first !== undefined &&
    evidence.length > 1 &&
    evidence.every(({ now }) => now === first.now) &&
    evidence.some(({ at }) => at !== first.at);
  if (standsStill) return calls.map(() => first.now);
  if (clock === 'still') return sent.map((at, index) => told[index] ?? at);
  const dates = calls.flatMap((call, index) => {
    const date = dateOf(call);
    return date === null ? [] : [date - (sent[index] ?? 0) - Math.round((call.milliseconds ?? 0) * 1000)];
  });
  const offs = evidence.length > 0 ? evidence.map(({ now, at }) => now - at) : dates;
  const off = middleOf(offs);
  const correction = Math.abs(off) <= NEGLIGIBLE ? 0 : off;
  let last = -Infinity;
  return sent.map((at, index) => {
    // A clock that runs never goes back; calls that were on their way at once came in some order.
    last = Math.max(told[index] ?? at + correction, last);
    return last;
  });
}
