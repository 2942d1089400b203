import type { BadgeOwner } from '../../domain/badge';
import { OWNER_WORDS } from '../../domain/owner-words';
import { measureOf } from '../measure';
import { judgedInWords } from '../../simulation/result-rules';
import { hasCalendar, type Scenario, type ScenarioBadge, type Segment } from '../../simulation/scenario';
import { hourText } from '../../simulation/timeline';
import { mainVersion, type Section } from '../context';
import { figure, markup, named, table, terms, type Html, type Part } from '../html';
import type { ReportBadge, ReportVersion } from '../report-model';

const DAY = 86_400_000_000;

/** What was put in. */
export function assumptionsSection(section: Section): Html {
  const { words } = section;
  const version = mainVersion(section);
  const head = markup`<h2 id="assumptions">${words.say('report.assumptions')}</h2> `;
  const { scenario } = version;
  if (scenario === null)
    return markup`<section aria-labelledby="assumptions">
      ${head}
      <p>${words.say('report.noAssumptions')}</p>${version.result.rules === undefined ? '' : terms(rulesEntry(section, version, 'UTC'))}
    </section> `;
  const entries: [string, Part][] = [
    [words.say('report.period'), periodInWords(section, scenario)],
    [words.say('report.customers'), customersInWords(section, version, scenario)],
    [words.say('report.calendar'), calendarInWords(section, scenario)],
    ...rulesEntry(section, version, scenario.timeZone),
    ...version.badges.flatMap((badge, index) => {
      const entry = scenario.badges[index];
      return entry === undefined ? [] : badgeEntries(section, version, badge, entry);
    }),
  ];
  return markup`<section aria-labelledby="assumptions">
    ${head}${terms(entries)}${scenario.customers === null ? '' : segmentTable(section, scenario.customers.segments)}
  </section> `;
}

/** Said where the rules are not as Laurel reads the documents. */
function rulesEntry({ words }: Section, { result }: ReportVersion, zone: string): [string, Part][] {
  const { rules } = result;
  if (rules === undefined) return [];
  const judged = judgedInWords(rules, (learnedOn) => words.dayOf(learnedOn, zone));
  return [[words.say('orgRules.judgedTitle'), words.speaker.sayMessage(judged)]];
}

function periodInWords({ words }: Section, { from, to, timeZone }: Scenario): string {
  return words.say('report.periodFromTo', {
    from: words.dayOf(from, timeZone),
    to: words.dayOf(to - 1, timeZone),
    days: Math.round((to - from) / DAY),
    zone: timeZone,
  });
}

/** Entries in their order, then the seasons of the segments that have one, and the hours of those that have such. */
function calendarInWords({ words }: Section, scenario: Scenario): string {
  const { say } = words;
  const { events, calendar, customers } = scenario;
  if (events !== null) return say('report.calendarReal');
  const hours = (customers?.segments ?? []).flatMap(({ name, activity }) =>
    activity.hours ? [hoursInWords({ words }, name, activity.hours)] : [],
  );
  const differ = (customers?.segments ?? []).some(({ activity: { weekdays } }) =>
    weekdays?.some((weight) => weight !== weekdays[0]),
  );
  const week = differ ? say('calendar.reportWeekdays') : say('calendar.reportWeekdaysAlike');
  if (!hasCalendar(scenario)) return [week, say('report.calendarNoOther'), ...hours].join(' ');
  const entries = calendar.map(({ from, to, factor, name }) => {
    const [first, last] = [words.dayOf(from * DAY, 'UTC'), words.dayOf(to * DAY, 'UTC')];
    const days = from === to ? first : say('calendar.reportDays', { first, last });
    const effect = factor === 0 ? say('calendar.reportClosed') : say('calendar.reportTimes', { factor });
    return name === ''
      ? say('calendar.reportEntry', { days, effect })
      : say('calendar.reportNamed', { days, name, effect });
  });
  const seasons = (customers?.segments ?? []).flatMap(({ name, activity: { season } }) => {
    if (!season) return [];
    const months = season.map((factor, month) =>
      say('calendar.reportMonth', { month: words.month(month + 1), factor }),
    );
    return [say('calendar.reportSeason', { segment: name, months: months.join(', ') })];
  });
  const all = [week, ...(entries.length === 0 ? [] : [`${entries.join('; ')}.`]), ...seasons];
  return [...all, ...hours].join(' ');
}

/** Weights as times of the mean, hours that are alike after one another as one. */
function hoursInWords({ words }: Pick<Section, 'words'>, segment: string, weights: readonly number[]): string {
  const { say } = words;
  const sum = weights.reduce((left, right) => left + right, 0);
  const stretches: { from: number; to: number; factor: number }[] = [];
  weights.forEach((weight, hour) => {
    const factor = Number(((weight * 24) / sum).toFixed(2));
    const last = stretches.at(-1);
    if (last?.factor === factor) last.to = hour + 1;
    else stretches.push({ from: hour, to: hour + 1, factor });
  });
  const hours = stretches.map(({ from, to, factor }) =>
    say('calendar.reportHour', { from: hourText(from), to: hourText(to), factor }),
  );
  return say('calendar.reportHours', { segment, hours: hours.join(', ') });
}

function customersInWords({ words }: Section, { result }: ReportVersion, { customers, events }: Scenario): Part {
  if (customers !== null) {
    const count = customers.segments.reduce((sum, { size }) => sum + size, 0);
    const moves = customers.segments.flatMap(({ name, joins, activity: { dropOut, uncertainty } }) => [
      ...(joins && joins.perWeek > 0
        ? [words.say('report.joins', { segment: name, perWeek: words.rate(joins.perWeek) })]
        : []),
      ...(dropOut && dropOut.probability > 0
        ? [words.say('report.dropOut', { segment: name, share: words.share(dropOut.probability) })]
        : []),
      ...(uncertainty ? [words.say('report.uncertain', { segment: name })] : []),
    ]);
    return [words.say('report.customersCount', { count, segments: customers.segments.length }), ...moves].join(' ');
  }
  const { total, skipped, badRows } = result.events;
  const { csv: file = '', shiftDays = 0 } = events ?? {};
  const days = Math.abs(shiftDays);
  const played =
    shiftDays === 0
      ? words.say('report.replayed', { file })
      : words.say(shiftDays > 0 ? 'report.replayedLater' : 'report.replayedEarlier', { file, days });
  return markup`${played} –
  ${words.say('report.replayedCounts', {
    ...{ total, skipped, bad: badRows },
  })}`;
}

function badgeEntries(
  { words }: Section,
  { result, scenario }: ReportVersion,
  { key, name }: ReportBadge,
  { trigger, enrol, owner, cost }: ScenarioBadge,
): [string, Part][] {
  const { say } = words;
  const first = enrol.toSorted((left, right) => left.at - right.at)[0];
  const enrolled = measureOf(result, key, ['enrolled']);
  const known = owner !== null && Object.hasOwn(OWNER_WORDS, owner.ownerType);
  return [
    [say('report.earns', { name }), triggerInWords({ words }, trigger)],
    ...(first === undefined
      ? []
      : [
          [
            say('report.enrolment', { name }),
            figure(
              enrolled,
              say('report.enrolmentWaves', {
                waves: enrol.length,
                day: words.dayOf(first.at, scenario?.timeZone ?? 'UTC'),
                count: Math.round(enrolled.value),
              }),
            ),
          ] as [string, Part],
        ]),
    ...(owner === null
      ? []
      : [
          [
            say('report.owner'),
            `${known ? say(OWNER_WORDS[owner.ownerType as BadgeOwner]) : owner.ownerType} ${owner.referenceId}`,
          ] as [string, Part],
        ]),
    [
      say('report.costOf', { name }),
      cost === null
        ? say('report.noCost')
        : say('report.costWords', {
            cost: words.money(cost.perAward, cost.currency),
            share: words.share(cost.redemptionRate),
          }),
    ],
  ];
}

/** What makes a customer try for a badge. */
function triggerInWords({ words }: Pick<Section, 'words'>, trigger: ScenarioBadge['trigger']): string {
  const { say } = words;
  const { minAmount, probability } = trigger;
  const share = words.share(probability);
  const allCount = minAmount === 0 && probability === 1;
  return [
    ...(minAmount > 0 ? [say('report.earnsFrom', { amount: minAmount })] : []),
    ...(probability < 1 ? [say(minAmount > 0 ? 'report.earnsChance' : 'report.earnsChanceOfAll', { share })] : []),
    trigger.kind === 'count'
      ? say('report.earnsCount', { count: trigger.count, days: trigger.withinDays })
      : trigger.kind === 'amount'
        ? say('report.earnsAmount', { amount: trigger.amount, days: trigger.withinDays })
        : trigger.kind === 'weeks'
          ? say('report.earnsWeeks', { weeks: trigger.weeksInRow })
          : say(allCount ? 'report.earnsEvery' : 'report.earnsEveryCounted', { every: trigger.every }),
  ].join(' ');
}

function segmentTable({ words }: Section, segments: readonly Segment[]): Html {
  const { say } = words;
  const differ = (dispersion: number): string =>
    dispersion === 0
      ? say('report.alike')
      : dispersion < 0.3
        ? say('report.littleDiffer', { dispersion })
        : dispersion < 1.2
          ? say('report.differClearly', { dispersion })
          : say('report.differWidely', { dispersion });
  return table(
    say('report.customers'),
    [
      ...[say('report.segment'), say('report.size'), say('report.perWeek')],
      ...[say('report.differ'), say('report.growth'), say('report.amount')],
    ],
    segments.map(({ name, size, activity }) => [
      named(name),
      words.count(size),
      words.rate(activity.perWeek),
      differ(activity.dispersion),
      activity.growthPerMonth === 0 ? say('report.noGrowth') : words.share(activity.growthPerMonth),
      activity.amount === null ? say('report.noAmount') : words.rate(activity.amount.mean),
    ]),
  );
}
