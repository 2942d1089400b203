import { Failure } from '../../../../shared/ipc/errors';
import { expectedByDay, expectedCustomers, expectedShares } from '../../../../shared/simulation/arrivals';
import type { BadgeResult } from '../../../../shared/simulation/result';
import type { Scenario, Segment } from '../../../../shared/simulation/scenario';
import { scoreOrgCounts, type OrgCounts, type OrgScore } from '../../../../shared/simulation/org-score';
import { customersOf, scoreForecast, type Purchases, type Score } from '../../../../shared/simulation/scorecard';
import { Timeline } from '../../../../shared/simulation/timeline';
import {
  mayBeNone,
  upliftOf,
  upliftOfAmounts,
  type BuyingGroup,
  type SpendingGroup,
} from '../../../../shared/simulation/uplift';
import { message, type Message } from '../../../../shared/words/message';
import type { ComparedGroups, KeptOut } from './compare-groups';
import type { ObservedFile } from './observe-file';

/** Fewest runs whose spread is taken for a band, and how many are run where a scenario has fewer. */
const FEWEST_RUNS = 20;
const RUNS_INSTEAD = 40;

/** How many runs a scorecard is made of: those of the scenario, where they are enough to tell a spread. */
export function scorecardRuns({ replications }: Pick<Scenario, 'replications'>): number {
  return replications >= FEWEST_RUNS ? replications : RUNS_INSTEAD;
}

/** Purchases since the launch, and who of those that made them was kept out. */
export interface PurchasesFile {
  sales: ObservedFile;
  /** Who was kept out, and what both groups bought on the same days; null: nobody was. */
  control: (KeptOut & { compared: ComparedGroups }) | null;
  /**
   * Customers who were kept out, and all others, those who never came too; null: as many as the scenario has. Said where some were
   * kept out, since the scenario may have them or not.
   */
  controlSize: number;
  size: number | null;
}

export interface ScoreOrder {
  scenario: Scenario;
  badge: string;
  replications: readonly Readonly<Record<string, BadgeResult>>[];
  awards: ObservedFile;
  /** Days of the period of which all awards are in the file; null: up to the day of its last row. */
  known: number | null;
  purchases: PurchasesFile | null;
}

/**
 * Why an uplift needs the number of those who could get the badge: whether the scenario has those kept out, too, it does not say.
 *
 * @param controlSize customers kept out
 */
export function sizeIsMissing(scenario: Pick<Scenario, 'customers'>, controlSize: number): Message {
  const all = customersOf(scenario);
  return all === null || all - controlSize < 2
    ? message('scorecard.noSize')
    : message('scorecard.noSizeOf', { all, less: all - controlSize });
}

/** @throws Failure `invalid-input` where the groups cannot be told */
export function score({ scenario, badge, replications, awards, known, purchases }: ScoreOrder): Score {
  const timeline = new Timeline(scenario.from, scenario.to, scenario.timeZone);
  const runs = runsOf(badge, replications);
  const days = replications[0]![badge]!.byDay.map(({ day }) => day);
  const actual = sumByDay(awards, days.length);
  const knownDays = Math.min(days.length, known ?? awards.days);
  const groups = purchases === null ? null : groupsOf(purchases, scenario);
  const bought =
    purchases === null ? null : purchasesOf(purchases, scenario, timeline, Math.min(knownDays, purchases.sales.days));
  // Purchases that end before the awards say nothing of the days after.
  const isLongEnough = purchases !== null && purchases.sales.days >= Math.floor(knownDays / 7) * 7;
  return {
    ...scoreForecast(days, runs, actual, knownDays, isLongEnough ? bought : null),
    ...(groups === null ? {} : upliftsOf(groups, days, customersOf(scenario))),
    ...{ known: knownDays, runs: runs.length },
  };
}

/** @param awards a file of them; null: there is none. @param known as of {@link ScoreOrder} */
export function scoreOrg(
  { scenario, badge, replications }: Pick<ScoreOrder, 'scenario' | 'badge' | 'replications'>,
  counts: OrgCounts,
  awards: ObservedFile | null,
  known: number | null,
): OrgScore {
  const timeline = new Timeline(scenario.from, scenario.to, scenario.timeZone);
  const file =
    awards === null
      ? null
      : { actual: sumByDay(awards, timeline.days), known: Math.min(timeline.days, known ?? awards.days) };
  return scoreOrgCounts(
    ...([timeline, runsOf(badge, replications), counts, file] as const),
    expectedShares(scenario, timeline),
  );
}

const runsOf = (badge: string, replications: ScoreOrder['replications']): number[][] =>
  replications.map((badges) => badges[badge]!.byDay.map(({ awarded }) => awarded));

function sumByDay(
  { observed }: ObservedFile,
  days: number,
  only: (name: string) => boolean = () => true,
): Float64Array {
  const sums = new Float64Array(days);
  for (const { name, days: counted } of observed)
    if (only(name)) for (let day = 0; day < days; day += 1) sums[day]! += counted[day]?.events ?? 0;
  return sums;
}

/** Customers of a group by what they bought; `spent` is null where the file has no amounts. */
interface ComparedGroup extends BuyingGroup {
  spent: SpendingGroup | null;
}

interface ComparedGroupsOf extends Record<'reached' | 'control', ComparedGroup> {
  days: ComparedGroups['days'];
}

function spentOf(observed: ObservedFile['observed'], size: number): SpendingGroup | null {
  const all = { size, sum: 0, squares: 0 };
  for (const { spent } of observed) {
    if (spent === undefined) return null;
    all.sum += spent.sum;
    all.squares += spent.squares;
  }
  return all;
}

/** @param dates of the days of the period */
function upliftsOf(
  { reached, control, days }: ComparedGroupsOf,
  dates: readonly string[],
  scenario: number | null,
): Pick<Score, 'uplift' | 'upliftOfAmounts' | 'compared'> {
  const sizes = { reached: reached.size, control: control.size, scenario };
  if (days === null) return { uplift: null, compared: { days: null, ...sizes } };
  const unknown = days.unknown.map((one) => ({ ...one, day: dates[one.day]! }));
  const compared = { days: { from: dates[days.from]!, to: dates[days.to - 1]!, unknown }, ...sizes };
  return { uplift: upliftOf(reached, control), ...spendingOf(reached, control), compared };
}

function spendingOf(reached: ComparedGroup, control: ComparedGroup): Pick<Score, 'upliftOfAmounts'> {
  if (reached.spent === null || control.spent === null) return {};
  // A column in which every amount is nothing tells nothing of amounts.
  if (reached.spent.squares === 0 && control.spent.squares === 0) return {};
  return { upliftOfAmounts: upliftOfAmounts(reached.spent, control.spent) };
}

/** @throws Failure `invalid-input` where more customers bought something than there are said to be */
function requireAll(observed: ObservedFile['observed'], size: number): void {
  const seen = observed.flatMap(({ counts }) => counts).reduce((sum, [, many]) => sum + many, 0);
  if (seen > size) throw new Failure('invalid-input', message('scorecard.tooFew', { seen, size }));
}

/** @throws Failure `invalid-input` */
function groupsOf({ sales, control, controlSize, size }: PurchasesFile, scenario: Scenario): ComparedGroupsOf | null {
  if (control === null) return null;
  if (size === null) throw new Failure('invalid-input', sizeIsMissing(scenario, controlSize));
  const { compared } = control;
  const isKept = (name: string): boolean => 'segment' in control && name === control.segment;
  requireAll(
    sales.observed.filter(({ name }) => !isKept(name)),
    size,
  );
  requireAll(
    'file' in control ? control.file.observed : sales.observed.filter(({ name }) => isKept(name)),
    controlSize,
  );
  const of = (observed: ObservedFile['observed'], customers: number): ComparedGroup => ({
    ...{ size: customers, counts: observed.flatMap(({ counts }) => counts), spent: spentOf(observed, customers) },
  });
  return { reached: of(compared.reached, size), control: of(compared.control, controlSize), days: compared.days };
}

/**
 * What those who could get the badge bought, beside what the scenario expects of as many; null: it expects nothing of its own.
 *
 * @throws Failure `invalid-input` where more of them bought than there are said to be
 */
function purchasesOf(
  { sales, control, size }: PurchasesFile,
  scenario: Scenario,
  timeline: Timeline,
  days: number,
): Purchases | null {
  const expected = expectedByDay(scenario, timeline);
  if (expected === null) return null;
  const parts = (scenario.customers?.segments ?? []).map((segment) => ({
    ...segment.activity,
    events: eventsOf(segment, scenario, timeline, days),
    people: expectedCustomers(segment, scenario, timeline, days),
  }));
  const customers = parts.reduce((sum, { people }) => sum + people, 0);
  const all = parts.reduce((sum, { events }) => sum + events, 0);
  if (customers === 0 || all === 0) return null;
  const isReached = (name: string): boolean => control === null || 'file' in control || name !== control.segment;
  const share = (size ?? customers) / customers;
  const actual = sumByDay(sales, timeline.days, isReached);
  // Purchases that begin later than chance explains say nothing of the days before.
  const first = actual.findIndex((many) => many > 0);
  const before = expected.subarray(0, Math.max(0, first)).reduce((sum, value) => sum + value * share, 0);
  if (!mayBeNone(before, size ?? customers)) return null;
  if (size !== null)
    requireAll(
      sales.observed.filter(({ name }) => isReached(name)),
      size,
    );
  // A customer's own rate makes all of their days high or low: the variance of a sum is its mean and the mean's square times what
  // the customers' rates scatter by.
  const scatter = parts.reduce(
    (sum, { events, people, dispersion }) =>
      sum + (people === 0 ? 0 : (events / all) * (1 + (dispersion * events) / people)),
    0,
  );
  const sums = { many: 0, sum: 0, squares: 0 };
  for (const { name, amounts } of sales.observed) {
    if (amounts === null || !isReached(name)) continue;
    sums.many += amounts.many;
    sums.sum += amounts.sum;
    sums.squares += amounts.squares;
  }
  const forecast = parts.map(({ events, amount }) => ({ weight: events / all, mean: amount?.mean ?? null }));
  const isKnown = sums.many > 1 && forecast.every(({ mean }) => mean !== null);
  const mean = sums.sum / sums.many;
  return {
    actual,
    expected: expected.map((value) => value * share),
    scatter,
    amount: isKnown
      ? {
          actual: mean,
          expected: forecast.reduce((sum, { weight, mean: of }) => sum + weight * (of ?? 0), 0),
          error: Math.sqrt(Math.max(0, sums.squares / sums.many - mean * mean) / (sums.many - 1)),
        }
      : null,
  };
}

/** Events that are expected of one segment within the first days. */
function eventsOf(segment: Segment, scenario: Scenario, timeline: Timeline, days: number): number {
  const alone = { calendar: scenario.calendar, customers: { segments: [segment] } };
  return (expectedByDay(alone as Scenario, timeline) ?? new Float64Array())
    .subarray(0, days)
    .reduce((sum, value) => sum + value, 0);
}
