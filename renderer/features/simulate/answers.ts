import { readInstant } from '../../../shared/domain/instant';
import type { BadgeAnswers, SimulationView } from '../../../shared/ipc/simulation-contract';
import { codeKey, reasonInWords } from '../../../shared/report/reason-words';
import { exhaustionOf } from '../../../shared/simulation/exhaustion';
import type { BadgeBands, BadgeResult } from '../../../shared/simulation/result';
import type { BarRow, ChartTable, TimeRange, TimeSeries } from '../../../shared/charts/chart-data';
import { formatShare, numberFormat } from '../../lib/format';
import { say, sayMessage, words } from '../../lib/say.svelte';
import type { MessageKey } from '../../../shared/words/message';
import { longDayText, monthText } from './day-text';
import { keptSentence } from './kept-sentence';

/** One badge of an open result: the first replication, its spread, and what is kept beside. */
export interface BadgeView {
  index: number;
  answers: BadgeAnswers;
  result: BadgeResult;
  bands: BadgeBands | null;
}

/** The answers to one badge. @throws Error when the result has no such badge */
export function badgeView(view: Pick<SimulationView, 'badges' | 'result'>, index: number): BadgeView {
  const answers = view.badges[index];
  const result = answers === undefined ? undefined : view.result.badges[answers.key];
  if (answers === undefined || result === undefined) throw new Error(`The result has no badge ${index}`);
  return { index, answers, result, bands: view.result.bands?.[answers.key] ?? null };
}

/** A number of a result; means over replications have a decimal. */
export function plain(value: number): string {
  return numberFormat({ maximumFractionDigits: 1 }).format(value);
}

/** `12.5k`, `3M`: short enough for an axis. */
export function compact(value: number): string {
  return Math.abs(value) < 10_000
    ? plain(value)
    : numberFormat({ notation: 'compact', maximumFractionDigits: 1 }).format(value);
}

/** A mean as people read it: from a hundred on without decimals. */
export function rounded(value: number): string {
  return compact(Math.abs(value) < 100 ? value : Math.round(value));
}

/** Money in the scenario's own currency, which may be none or no real one. */
export function money(value: number, currency: string): string {
  const amount = numberFormat({ maximumFractionDigits: value < 100 ? 2 : 0 }).format(value);
  return currency === '' ? amount : `${amount} ${currency}`;
}

/** Why nobody at all can get the badge; null: somebody can, or the result is older than this answer. */
export function whyNobody({ answers }: BadgeView): string | null {
  return answers.nobody === undefined || answers.nobody === null ? null : keptSentence(answers.nobody);
}

export interface KeyFigure {
  label: string;
  value: string;
  /** Spread or share, in small type. */
  detail: string;
}

/** The numbers people look for first. Where there are replications they are means, with the spread beside. */
export function keyFigures({ answers, result, bands }: BadgeView): KeyFigure[] {
  const spread = (band: { p10: number; p90: number } | undefined): string =>
    band === undefined || band.p10 === band.p90
      ? ''
      : say('simulate.fromTo', { low: rounded(band.p10), high: rounded(band.p90) });
  const number = (name: 'awarded' | 'attempts' | 'customersAwarded' | 'customersTurnedAway' | 'enrolled'): number =>
    bands?.[name].mean ?? result[name];
  const tried = number('customersAwarded') + number('customersTurnedAway');
  const share = (part: number): string => (tried === 0 ? '' : formatShare(part / tried));
  const join = (...parts: string[]): string => parts.filter((part) => part !== '').join(' · ');
  return [
    {
      label: say('simulate.customersServed'),
      value: rounded(number('customersAwarded')),
      detail: join(share(number('customersAwarded')), spread(bands?.customersAwarded)),
    },
    {
      label: say('simulate.turnedAway'),
      value: rounded(number('customersTurnedAway')),
      detail: join(share(number('customersTurnedAway')), spread(bands?.customersTurnedAway)),
    },
    { label: say('simulate.awards'), value: rounded(number('awarded')), detail: spread(bands?.awarded) },
    { label: say('simulate.attempts'), value: rounded(number('attempts')), detail: spread(bands?.attempts) },
    ...(result.enrolled > 0
      ? [{ label: say('simulate.enrolled'), value: rounded(number('enrolled')), detail: '' }]
      : []),
    ...(answers.cost === null
      ? []
      : [
          {
            label: say('simulate.expectedCost'),
            value: money(answers.cost.expected, answers.cost.currency),
            detail: `P90 ${money(answers.cost.p90, answers.cost.currency)}`,
          },
        ]),
  ];
}

/** Awards and refusals by day; with replications, the mean with its band in place of the first one's bars. */
export function byDaySeries({ result, bands }: BadgeView): TimeSeries[] {
  if (bands === null) {
    return [
      {
        id: 'awarded',
        label: say('simulate.awarded'),
        colour: 1,
        kind: 'bar',
        values: result.byDay.map(({ awarded }) => awarded),
      },
      {
        id: 'rejected',
        label: say('simulate.refused'),
        colour: 4,
        kind: 'bar',
        values: result.byDay.map(({ rejected }) => rejected),
      },
    ];
  }
  const line = (id: 'awarded' | 'rejected', label: string, colour: 1 | 4): TimeSeries => ({
    id,
    label,
    colour,
    kind: 'line',
    dashed: id === 'rejected',
    values: bands.byDay.map((day) => day[id].p50),
    band: {
      label: say('simulate.p10ToP90'),
      low: bands.byDay.map((day) => day[id].p10),
      high: bands.byDay.map((day) => day[id].p90),
    },
  });
  return [line('awarded', say('simulate.awarded'), 1), line('rejected', say('simulate.refused'), 4)];
}

/** How the awards add up. */
export function cumulativeSeries({ result, bands }: BadgeView): TimeSeries[] {
  let sum = 0;
  const values =
    bands === null
      ? result.byDay.map((day) => (sum += day.awarded))
      : bands.byDay.map((day) => (sum += day.awarded.mean));
  return [
    {
      id: 'total',
      label: say(bands === null ? 'simulate.awardsSoFar' : 'simulate.awardsSoFarMean'),
      colour: 1,
      kind: 'line',
      values,
    },
  ];
}

/** Where on the axis of days an instant lies. */
function place(days: readonly { day: string }[], instant: string | null): number | null {
  if (instant === null) return null;
  const reading = readInstant(instant);
  const first = readInstant(`${days[0]?.day ?? ''}T00:00:00Z`);
  if (!reading.ok || !first.ok) return null;
  return (reading.instant - first.instant) / 86_400_000_000;
}

/** When the cap runs out, as a stretch on the axis of days. */
export function exhaustionRange(view: SimulationView, { answers, result }: BadgeView): TimeRange | undefined {
  const exhaustion = exhaustionOf(view.result, answers.key);
  if (exhaustion === null) return undefined;
  const [from, at, to] = [exhaustion.p10, exhaustion.p50, exhaustion.p90].map((instant) =>
    place(result.byDay, instant),
  );
  if (typeof from !== 'number' || typeof at !== 'number' || typeof to !== 'number') return undefined;
  const label =
    view.result.replications === 1
      ? say('simulate.usedUp')
      : exhaustion.never > 0
        ? say('simulate.usedUpNeverIn', { share: formatShare(exhaustion.never) })
        : say('simulate.usedUpSpread');
  return { from, to, at, label };
}

/** The spread of the day on which the cap runs out, in a sentence; null without a cap. */
export function exhaustionSentence(view: SimulationView, { answers }: BadgeView): string | null {
  const exhaustion = exhaustionOf(view.result, answers.key);
  if (answers.cap === null || exhaustion === null) return null;
  if (exhaustion.p50 === null) return say('simulate.capNeverUsedUp', { cap: answers.cap });
  const day = (instant: string | null): string => (instant === null ? '' : longDayText(instant.slice(0, 10)));
  if (view.result.replications === 1)
    return say('simulate.capFilledOn', { cap: answers.cap, day: day(exhaustion.p50) });
  const never =
    exhaustion.never === 0
      ? say('simulate.runsOutAlways')
      : say('simulate.runsOutNotIn', { share: formatShare(exhaustion.never) });
  return `P10 ${day(exhaustion.p10)} · P50 ${day(exhaustion.p50)} · P90 ${day(exhaustion.p90)}. ${never}`;
}

/** A constraint type or a code in words, with the gateway's own name. */
export const reasonText = (reason: string): string => reasonInWords(words.speaker, reason);

const LIMIT_CODE_KEYS: Readonly<Record<string, MessageKey>> = {
  '990001': 'refusals.outcome990001',
  '990002': 'refusals.outcome990002',
};

/** Why one attempt was refused, with its code; in the gateway's own words where there are no others. */
export function attemptText(code: number, gatewayMessage: string): string {
  const key = codeKey(String(code)) ?? LIMIT_CODE_KEYS[String(code)];
  return `${key === undefined ? gatewayMessage : sayMessage({ key, values: {} })} · ${code}`;
}

/** Refused attempts by what refused them, most first. Codes of limits are told by their constraint. */
export function reasonRows({ result }: BadgeView): BarRow[] {
  const limits = Object.entries(result.rejectedByConstraint);
  const others = Object.entries(result.rejected).filter(([code]) => !code.startsWith('9900'));
  return [...limits, ...others]
    .sort(([, left], [, right]) => right - left)
    .map(([id, count]) => ({ id, label: reasonText(id), values: [count] }));
}

/** Customers of each segment: served, turned away, and those who never tried. */
export function segmentRows({ result }: BadgeView): BarRow[] {
  return Object.entries(result.bySegment).map(([id, segment]) => {
    const tried = segment.customersAwarded + segment.customersTurnedAway;
    return {
      id,
      label: id,
      values: [segment.customersAwarded, segment.customersTurnedAway, Math.max(0, segment.customers - tried)],
      note: say('simulate.segmentServed', { served: segment.customersAwarded, count: segment.customers }),
    };
  });
}

const MOST_HISTOGRAM_ROWS = 12;

/** Customers by how many awards they got. */
export function histogramRows({ result }: BadgeView): BarRow[] {
  const entries = Object.entries(result.awardsPerCustomer).map(
    ([awards, customers]) => [Number(awards), customers] as const,
  );
  const rest = entries.slice(MOST_HISTOGRAM_ROWS).reduce((sum, [, customers]) => sum + customers, 0);
  const rows = entries.slice(0, MOST_HISTOGRAM_ROWS).map(([awards, customers]): BarRow => ({
    id: String(awards),
    label: say('simulate.awardCount', { count: awards }),
    values: [customers],
  }));
  return rest === 0 ? rows : [...rows, { id: 'more', label: say('simulate.more'), values: [rest] }];
}

/** Served and turned away by segment and month of the first event. */
export function crowdingRows({ answers }: BadgeView): BarRow[] {
  const hasSegments = answers.crowding.some(({ segment }) => segment !== null);
  return answers.crowding.map(({ segment, joined, served, turnedAway }) => ({
    id: `${segment ?? ''} ${joined}`,
    label: hasSegments ? `${segment ?? say('simulate.noSegment')}, ${monthText(joined)}` : monthText(joined),
    values: [served, turnedAway],
    note:
      served + turnedAway === 0
        ? ''
        : say('simulate.shareAway', { share: formatShare(turnedAway / (served + turnedAway)) }),
  }));
}

/** Every number of a badge in one table; of one that nobody can get, why that is so, in their place. */
export function numbersTable(badge: BadgeView): ChartTable {
  const why = whyNobody(badge);
  if (why !== null) return { columns: [say('simulate.answer')], rows: [[why]] };
  const { result, bands } = badge;
  const labels = {
    enrolled: 'simulate.enrolled',
    qualifying: 'simulate.qualifying',
    attempts: 'simulate.attempts',
    awarded: 'simulate.awards',
    customersAwarded: 'simulate.customersServed',
    customersTurnedAway: 'simulate.customersTurnedAway',
  } as const;
  const names = Object.keys(labels) as (keyof typeof labels)[];
  const counts = (name: 'enrolRejected' | 'rejected' | 'rejectedByConstraint', title: string) =>
    Object.entries(result[name]).map(([reason, count]) => ({
      label: `${title}: ${reasonText(reason)}`,
      value: count,
      band: bands?.[name][reason],
    }));
  const rows = [
    ...names.map((name) => ({ label: say(labels[name]), value: result[name], band: bands?.[name] })),
    ...counts('enrolRejected', say('simulate.enrolmentsRefused')),
    ...counts('rejected', say('simulate.refused')),
    ...counts('rejectedByConstraint', say('simulate.refusedBy')),
    ...(result.cost === null
      ? []
      : [
          {
            label: `${say('simulate.expectedCost')} ${result.cost.currency}`.trim(),
            value: result.cost.expected,
            band: bands?.cost?.expected,
          },
        ]),
  ];
  return bands === null
    ? { columns: [say('simulate.number'), say('simulate.value')], rows: rows.map(({ label, value }) => [label, value]) }
    : {
        columns: [say('simulate.number'), say('simulate.firstRun'), 'P10', 'P50', 'P90', say('simulate.mean')],
        rows: rows.map(({ label, value, band }) => [
          label,
          value,
          band?.p10 ?? null,
          band?.p50 ?? null,
          band?.p90 ?? null,
          band?.mean ?? null,
        ]),
      };
}
