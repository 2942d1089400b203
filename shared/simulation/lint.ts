import { dateAt } from '../domain/calendar';
import { toIsoExact } from '../domain/instant';
import { lintBadge } from '../domain/lint-badge';
import { dayFactors, overlapped } from './day-factors';
import { finding, type Finding } from './json-path';
import { lintCaps } from './lint-caps';
import type { PreparedScenario } from './prepared-scenario';
import type { Scenario } from './scenario';
import { enrolmentAt, type SimulatedBadge } from './simulated-badge';
import { message } from '../words/message';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const TRIGGER = ['every', 'count', 'amount', 'withinDays', 'weeksInRow', 'minAmount', 'probability'];
/** Fields that mean something to the engine or to Laurel around it, by place; `*` stands for any position of a list. */
const KNOWN: readonly (readonly [string, readonly string[]])[] = [
  [
    '',
    ['schema', 'name', 'seed', 'timeZone', 'from', 'to', 'replications', 'badges', 'customers', 'events', 'calendar'],
  ],
  ['calendar.*', ['from', 'to', 'factor', 'name']],
  ['badges.*', ['key', 'badge', 'owner', 'trigger', 'enrol', 'cost', 'library']],
  ['badges.*.library', ['badge', 'revision']],
  ['badges.*.owner', ['ownerType', 'referenceId']],
  ['badges.*.trigger', TRIGGER],
  ['badges.*.enrol.*', ['at', 'segments', 'share']],
  ['badges.*.cost', ['perAward', 'redemptionRate', 'currency']],
  ['customers', ['segments', 'learned']],
  ['customers.segments.*', ['name', 'size', 'joins', 'activity']],
  ['customers.segments.*.joins', ['perWeek']],
  [
    'customers.segments.*.activity',
    ['perWeek', 'dispersion', 'weekdays', 'growthPerMonth', 'hours', 'season', 'dropOut', 'uncertainty', 'amount'],
  ],
  ['customers.segments.*.activity.uncertainty', ['perWeek', 'growthPerMonth', 'joins', 'sameCustomers', 'together']],
  [
    'customers.segments.*.activity.uncertainty.together.*',
    [
      ...['draw', 'perWeek', 'growthPerMonth', 'joins', 'amount', 'amountSpread', 'dispersion', 'leaving'],
      ...['leavingDispersion', 'weekdays', 'season'],
    ],
  ],
  ['customers.segments.*.activity.dropOut', ['probability', 'dispersion']],
  ['customers.segments.*.activity.amount', ['mean', 'spread']],
  [
    'events',
    ['csv', 'sheet', 'customer', 'at', 'time', 'amount', 'segment', 'dateFormat', 'zone', 'decimal', 'shiftDays'],
  ],
];

function placesOf(body: unknown, parts: readonly string[], path: string): { path: string; value: unknown }[] {
  const [part, ...rest] = parts;
  if (part === undefined || part === '') return [{ path, value: body }];
  if (part === '*')
    return Array.isArray(body)
      ? body.flatMap((value: unknown, index) => placesOf(value, rest, `${path}[${index}]`))
      : [];
  return isObject(body) && part in body ? placesOf(body[part], rest, path === '' ? part : `${path}.${part}`) : [];
}

/** Fields that mean nothing to the engine: most often a slip of the pen. */
function unknownFields(body: unknown): Finding[] {
  return KNOWN.flatMap(([pattern, known]) =>
    placesOf(body, pattern.split('.'), '').flatMap(({ path, value }) =>
      isObject(value)
        ? Object.keys(value)
            .filter((key) => !known.includes(key))
            .map((key) => finding(path === '' ? key : `${path}.${key}`, message('scenarios.unknownField')))
        : [],
    ),
  );
}

/** What the body of a badge says that no rule reads. Limits of zero are among its caps ({@link lintCaps}). */
function lintBody(body: unknown, index: number): Finding[] {
  const entry: unknown = isObject(body) && Array.isArray(body['badges']) ? body['badges'][index] : null;
  return lintBadge(isObject(entry) ? entry['badge'] : null)
    .filter(({ code }) => code !== 990104)
    .map((warning) => finding(`badges[${index}].badge.${warning.path}`, warning.message));
}

/** How many customers an enrolment takes; null under replay, where the file tells. */
function takenBy(scenario: Scenario, enrol: Scenario['badges'][number]['enrol'][number]): number | null {
  if (scenario.customers === null) return null;
  const sizes = scenario.customers.segments
    .filter(({ name }) => enrol.segments === null || enrol.segments.includes(name))
    .map(({ size }) => size);
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) * enrol.share);
}

function lintEnrolments(scenario: Scenario, badge: SimulatedBadge, place: string): Finding[] {
  const { definition, entry } = badge;
  const findings: Finding[] = [];
  if (definition.earnType === 'ISSUE_EARN' && entry.enrol.length === 0) {
    findings.push(finding(`${place}.enrol`, message('scenarios.nobodyEnrolled')));
  }
  let enrolled: number | null = 0;
  entry.enrol.forEach((wave, index) => {
    const path = `${place}.enrol[${index}]`;
    const readiness = enrolmentAt(badge, wave.at);
    if (wave.at >= scenario.to) findings.push(finding(`${path}.at`, message('scenarios.enrolmentTooLate')));
    else if ('refused' in readiness) {
      const code = String(readiness.refused);
      const words =
        readiness.refused === 801
          ? message('scenarios.enrolmentRefusedDirect', { code })
          : message('scenarios.enrolmentRefusedThen', {
              code,
              from: toIsoExact(definition.startOn),
              to: toIsoExact(definition.expiresOn),
            });
      findings.push(finding(path, words));
    } else {
      const firstAward = Math.max(wave.at, scenario.from, definition.startOn);
      if (readiness.expiresOn <= firstAward) {
        findings.push(finding(path, message('scenarios.enrolmentEnds', { at: toIsoExact(readiness.expiresOn) })));
      }
      const taken = takenBy(scenario, wave);
      enrolled = taken === null || enrolled === null ? null : enrolled + taken;
    }
  });
  definition.badgeConstraints.forEach((constraint, index) => {
    if (
      constraint.kind === 'FIXED_VALUE' &&
      enrolled !== null &&
      constraint.maxEarnLimit < enrolled &&
      definition.earnType === 'ISSUE_EARN'
    ) {
      findings.push(
        finding(
          `${place}.badge.badgeConstraints[${index}].maxEarnLimit`,
          message('scenarios.capBelowEnrolled', { cap: constraint.maxEarnLimit, enrolled }),
        ),
      );
    }
  });
  return findings;
}

function lintLife(scenario: Scenario, badge: SimulatedBadge, place: string): Finding[] {
  const { definition, entry, claimRefusal } = badge;
  const findings: Finding[] = [];
  if (claimRefusal !== null) {
    findings.push(finding(`${place}.owner`, message('scenarios.notClaimed', { reason: claimRefusal })));
  }
  if (!definition.active) findings.push(finding(`${place}.badge.active`, message('scenarios.notActive')));
  if (definition.startOn >= scenario.to) {
    findings.push(
      finding(`${place}.badge.startOn`, message('scenarios.startsOn', { at: toIsoExact(definition.startOn) })),
    );
  }
  if (definition.earnType === 'EARN' && definition.expiresOn <= scenario.from) {
    findings.push(
      finding(`${place}.badge.expiresOn`, message('scenarios.endedOn', { at: toIsoExact(definition.expiresOn) })),
    );
  }
  if (entry.trigger.probability === 0)
    findings.push(finding(`${place}.trigger.probability`, message('scenarios.nothingQualifies')));
  return findings;
}

function lintCustomers(scenario: Scenario): Finding[] {
  return (scenario.customers?.segments ?? []).flatMap((segment, index) => {
    const path = `customers.segments[${index}]`;
    if (segment.size === 0 && (segment.joins?.perWeek ?? 0) === 0)
      return [finding(`${path}.size`, message('scenarios.noCustomers'))];
    return segment.activity.perWeek === 0
      ? [finding(`${path}.activity.perWeek`, message('scenarios.idleCustomers'))]
      : [];
  });
}

function lintCalendar({ calendar, events, from, to, timeZone }: Scenario): Finding[] {
  if (calendar.length > 0 && events !== null) return [finding('calendar', message('scenarios.calendarOfReplay'))];
  const [first, last] = [dateAt(from, timeZone), dateAt(to - 1, timeZone)];
  const closes =
    calendar.length > 0 && dayFactors(calendar, first, last - first + 1).every((factor) => factor === 0)
      ? [finding('calendar', message('scenarios.calendarClosesAll'))]
      : [];
  const ofEntries = calendar.flatMap((entry, index) => {
    const path = `calendar[${index}]`;
    if (entry.to < first || entry.from > last) return [finding(path, message('scenarios.calendarOutside'))];
    const other = overlapped(calendar, index);
    return other === null
      ? []
      : [finding(path, message('scenarios.calendarOverlaps', { place: `calendar[${other}]` }))];
  });
  return [...closes, ...ofEntries];
}

/**
 * Contradictions that a person would want to know before running: none of them stops the run.
 *
 * @param body the scenario as it was written, to find fields that mean nothing
 */
export function lintScenario({ scenario, badges }: PreparedScenario, body: unknown): Finding[] {
  return [
    ...unknownFields(body),
    ...lintCustomers(scenario),
    ...lintCalendar(scenario),
    ...badges.flatMap((badge, index) => {
      const place = `badges[${index}]`;
      const twin = badges.findIndex(({ definition }) => definition.name === badge.definition.name);
      return [
        ...(twin < index
          ? [finding(`${place}.badge.name`, message('scenarios.sameName', { place: `badges[${twin}]` }))]
          : []),
        ...lintLife(scenario, badge, place),
        ...lintEnrolments(scenario, badge, place),
        ...lintBody(body, index),
        ...lintCaps(badge.definition, `${place}.badge`),
      ];
    }),
  ];
}
