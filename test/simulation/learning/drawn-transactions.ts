import { instantOf, toIso } from '../../../shared/domain/instant';
import { SyntheticSource } from '../../../shared/simulation/arrivals';
import { readScenario } from '../../../shared/simulation/scenario';
import { Timeline } from '../../../shared/simulation/timeline';

export interface DrawnSegment {
  name: string;
  size: number;
  joins?: { perWeek: number };
  activity: Record<string, unknown>;
}

/** Transactions as the simulation itself draws them: whoever learns from them has to find what they were drawn with. */
export function drawnTransactions(
  seed: number,
  from: string,
  to: string,
  segments: readonly DrawnSegment[],
): { customer: number; at: string; amount: number; segment: string }[] {
  const body = { name: 'Drawn', startOnISO: from, expiresOnISO: to };
  const read = readScenario({
    ...{ schema: 'laurel/scenario@1', name: 'Drawn', seed, from, to },
    badges: [{ key: 'any', badge: body }],
    customers: { segments },
  });
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  const timeline = new Timeline(instantOf(from), instantOf(to), 'UTC');
  const source = new SyntheticSource(read.scenario, timeline, 0);
  const rows = [];
  for (let slice = source.next(timeline.to); slice !== null; slice = source.next(timeline.to)) {
    for (let index = 0; index < slice.length; index += 1) {
      const customer = slice.customer[index]!;
      rows.push({
        ...{ customer: source.idOf(customer), at: toIso(slice.at[index]!, 'UTC') },
        amount: Math.round((slice.amount?.[index] ?? 0) * 100) / 100,
        segment: source.segmentNames[source.segmentOf?.[customer] ?? 0] ?? '',
      });
    }
  }
  return rows;
}

/** The same as a table that a shop might export. */
export function asTable(rows: ReturnType<typeof drawnTransactions>): string {
  const lines = rows.map(
    ({ customer, at, amount, segment }) => `${String(customer)},${at},${String(amount)},${segment}`,
  );
  return ['customerId,date,amount,segment', ...lines, ''].join('\n');
}
