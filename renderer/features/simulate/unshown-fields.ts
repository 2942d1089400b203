import type { ScenarioBody } from '../../../shared/ipc/simulation-contract';

/** The fields that the scenario's form shows or stands for, level by level; a list's one entry goes for all of its entries. */
interface Shown {
  readonly [field: string]: true | Shown | readonly [Shown];
}

const SHOWN: Shown = {
  schema: true,
  name: true,
  seed: true,
  timeZone: true,
  from: true,
  to: true,
  replications: true,
  badges: [
    {
      key: true,
      badge: true,
      library: { badge: true, revision: true },
      owner: { ownerType: true, referenceId: true },
      trigger: {
        every: true,
        count: true,
        amount: true,
        withinDays: true,
        weeksInRow: true,
        minAmount: true,
        probability: true,
      },
      enrol: [{ at: true, segments: true, share: true }],
      cost: { perAward: true, redemptionRate: true, currency: true },
    },
  ],
  customers: {
    learned: true,
    segments: [
      {
        name: true,
        size: true,
        joins: { perWeek: true },
        activity: {
          perWeek: true,
          dispersion: true,
          weekdays: true,
          growthPerMonth: true,
          hours: true,
          season: true,
          dropOut: { probability: true, dispersion: true },
          uncertainty: { perWeek: true, growthPerMonth: true, joins: true, sameCustomers: true, together: true },
          amount: { mean: true, spread: true },
        },
      },
    ],
  },
  calendar: [{ from: true, to: true, factor: true, name: true }],
  events: {
    csv: true,
    sheet: true,
    customer: true,
    at: true,
    time: true,
    amount: true,
    segment: true,
    dateFormat: true,
    zone: true,
    decimal: true,
    shiftDays: true,
  },
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function walk(value: unknown, shown: true | Shown | readonly [Shown] | undefined, path: string, into: string[]): void {
  if (shown === undefined) into.push(path);
  else if (Array.isArray(shown) && Array.isArray(value)) {
    const [entry] = shown as readonly [Shown];
    value.forEach((element: unknown, index) => walk(element, entry, `${path}[${index}]`, into));
  } else if (shown !== true && !Array.isArray(shown) && isObject(value)) {
    const level = shown as Shown;
    for (const [field, inside] of Object.entries(value))
      walk(
        inside,
        Object.hasOwn(level, field) ? level[field] : undefined,
        path === '' ? field : `${path}.${field}`,
        into,
      );
  }
}

/**
 * What a scenario has beyond its form, as JSON paths: fields the engine does not know either, and the segments of
 * enrolments under a replay, which the form names only for described customers. All of it stays in the scenario.
 */
export function unshownFields(body: ScenarioBody): string[] {
  const paths: string[] = [];
  walk(body, SHOWN, '', paths);
  if (!isObject(body['events']) || !Array.isArray(body['badges'])) return paths;
  body['badges'].forEach((badge: unknown, index) => {
    const waves: unknown = isObject(badge) ? badge['enrol'] : undefined;
    if (!Array.isArray(waves)) return;
    waves.forEach((wave: unknown, position) => {
      if (isObject(wave) && Array.isArray(wave['segments'])) paths.push(`badges[${index}].enrol[${position}].segments`);
    });
  });
  return paths;
}
