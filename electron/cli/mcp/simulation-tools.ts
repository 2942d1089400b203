import { z } from 'zod';
import type { SimulationResult } from '../../../shared/simulation/result';
import { whyNobody } from '../../../shared/simulation/why-nobody';
import { explainSimulation, runSimulation } from '../../backend/simulation/run';
import { withWorkers } from '../../backend/simulation/worker-pool';
import { compareScenarios } from '../compared';
import { goalDocument, seekSetting } from '../sought';
import { UsageError } from '../command';
import { plainFailure } from '../plain-failure';
import { MOST_CUSTOMER_RUNS, requireBounded, sizeOf } from './bounds';
import { loadInside, replications, SCENARIO_INPUT, settingsOf, warningsOf } from './scenarios';
import { tool, type Tool, type ToolContext } from './tool';

const BOUND = `Customers × replications of a call may come to ${MOST_CUSTOMER_RUNS.toLocaleString('en')}; what is larger is refused before it is run.`;
const byDay = z.boolean().default(false).describe('Give the numbers of every day too; they are many.');
const badgeOf = z.string().min(1).max(200).optional().describe('Key of a badge of the scenario; default: the first.');

/** A result without its days, unless they were asked for. */
function shownResult(result: SimulationResult, hasDays: boolean): object {
  if (hasDays) return result;
  const without = <T extends { byDay: unknown }>(badges: Record<string, T>): Record<string, Omit<T, 'byDay'>> =>
    Object.fromEntries(Object.entries(badges).map(([key, { byDay: _, ...rest }]) => [key, rest]));
  return { ...result, badges: without(result.badges), bands: result.bands === null ? null : without(result.bands) };
}

/** Tools that run scenarios. */
export function simulationTools({ roots, alone }: ToolContext): Tool[] {
  return [
    tool(
      {
        name: 'explain_refusal',
        title: 'Explain a refusal',
        description:
          'Says what becomes of one customer of a scenario: each attempt at a badge, the code and message of each refusal, and for a cap its constraint, window, count against limit, the awards that used it up, and when a place frees. Simulated customers are numbered from 1 in the order of the segments; a replayed one has its own id or text. With replications the first one is explained.',
        input: z.strictObject({
          ...SCENARIO_INPUT,
          customer: z
            .union([z.int().min(0), z.string().min(1).max(1_000)])
            .describe('Number of the customer, or the text that the file of transactions knows them by.'),
          badge: badgeOf,
          awards: z.boolean().default(false).describe('List the attempts that were awarded, too.'),
          most: z.int().min(1).max(1_000).default(50).describe('Attempts to list at most, the earliest first.'),
        }),
      },
      ({ scenario, customer, badge, awards, most, ...changes }, call) => {
        const loaded = loadInside(roots, scenario, settingsOf({ ...changes, replications: 1 }));
        requireBounded([sizeOf(loaded.job, loaded.prepared, roots)]);
        const keys = loaded.prepared.scenario.badges.map(({ key }) => key);
        const place = badge === undefined ? 0 : keys.indexOf(badge);
        if (place < 0)
          throw new UsageError(`The scenario has no badge ${badge ?? ''}; its badges are ${keys.join(', ')}.`);
        return alone(call.signal, async () => {
          const explained = await explainSimulation(loaded.job, place, customer, {
            signal: call.signal,
            progress: ({ share }) => call.progress(share, 'Simulating'),
          });
          if (explained === null)
            throw plainFailure(
              'not-found',
              `${scenario}: the scenario has no customer ${customer}. Nothing was explained.`,
            );
          const { attempts, ...rest } = explained;
          const refused = attempts.filter(({ code }) => code !== null);
          return {
            ...rest,
            tried: attempts.length,
            awarded: attempts.length - refused.length,
            refused: refused.length,
            attempts: (awards ? attempts : refused).slice(0, most),
            warnings: warningsOf(loaded),
          };
        });
      },
    ),
    tool(
      {
        name: 'simulate',
        title: 'Simulate a scenario',
        description: `Simulates who gets the badges of a scenario, who is turned away and why, when caps run out, and what it costs (laurel/result@1). With replications, bands give the spread. ${BOUND}`,
        input: z.strictObject({ ...SCENARIO_INPUT, replications, byDay }),
      },
      ({ scenario, byDay: hasDays, ...changes }, call) => {
        const loaded = loadInside(roots, scenario, settingsOf(changes));
        requireBounded([sizeOf(loaded.job, loaded.prepared, roots)]);
        return alone(call.signal, async () => {
          const outcome = await runSimulation(loaded.job, {
            signal: call.signal,
            progress: ({ share }) => call.progress(share, 'Simulating'),
          });
          outcome.replay?.dispose();
          const nobody = loaded.prepared.badges.flatMap((each): { badge: string; why: string }[] => {
            const { key } = each.entry;
            const why = whyNobody(each, loaded.prepared.scenario, outcome.replications[0]![key]!);
            return why === null ? [] : [{ badge: key, why }];
          });
          return { result: shownResult(outcome.result, hasDays), warnings: warningsOf(loaded), nobodyGets: nobody };
        });
      },
    ),
    tool(
      {
        name: 'compare_scenarios',
        title: 'Compare scenarios',
        description: `Compares two to six scenarios on the same draws, so that a difference is of the rules and not of luck; all are compared with the first. Or one scenario with itself as set changes it. ${BOUND}`,
        input: z.strictObject({
          scenarios: z
            .array(z.string().min(1).max(4_000))
            .min(1)
            .max(6)
            .describe('Paths of *.scenario.json files; one alone is compared with itself as set changes it.'),
          set: SCENARIO_INPUT.set,
          seed: SCENARIO_INPUT.seed,
          replications,
        }),
      },
      ({ scenarios, ...changes }, call) => {
        const settings = settingsOf({ set: changes.set });
        const [only] = scenarios;
        if (scenarios.length === 1 && settings.length === 0)
          throw new UsageError('Name a second scenario, or a set to compare the first with.');
        const plans =
          scenarios.length > 1
            ? scenarios.map((file, index) => ({
                name: scenarios.indexOf(file) === index ? file : `${file} (${String(index + 1)})`,
                ...{ file, settings },
              }))
            : [
                { name: only!, file: only!, settings: [] },
                { name: `${only!} as set`, file: only!, settings },
              ];
        const draws = settingsOf({ set: [], seed: changes.seed, replications: changes.replications });
        const first = loadInside(roots, plans[0]!.file, [...plans[0]!.settings, ...draws]).prepared.scenario;
        // The same draws: one seed, and as many replications, for all.
        const same = settingsOf({ set: [], seed: first.seed, replications: first.replications });
        const loaded = plans.map(({ name, file, settings: own }) => ({
          name,
          scenario: loadInside(roots, file, [...own, ...same]),
        }));
        const warnings = loaded.map(({ name, scenario }) => ({ scenario: name, warnings: warningsOf(scenario) }));
        requireBounded(loaded.map(({ scenario }) => sizeOf(scenario.job, scenario.prepared, roots)));
        return alone(call.signal, async () => {
          const { document } = await compareScenarios(loaded, {
            signal: call.signal,
            progress: (name, { share }) => call.progress(share, name),
          });
          const { paired, ...rest } = document;
          // How many customers got how many awards is a row a number; whoever wants them has laurel compare --json.
          return {
            ...rest,
            paired: paired.filter(({ measure }) => !measure.startsWith('awardsPerCustomer.')),
            warnings: warnings.filter((of) => of.warnings.length > 0),
          };
        });
      },
    ),
    tool(
      {
        name: 'seek_goal',
        title: 'Seek a goal',
        description: `Seeks the setting of one value of a scenario with which a badge meets a goal: serve at least a share of those who attempt it, or keep the expected cost within a budget. Give either serve or budget. ${BOUND} A goal is sought by many runs: a twentieth of that is allowed.`,
        input: z.strictObject({
          ...SCENARIO_INPUT,
          replications,
          serve: z.number().gt(0).max(1).optional().describe('Share of the customers who attempt it, such as 0.95.'),
          budget: z.number().min(0).optional().describe('Most expected cost.'),
          knob: z
            .string()
            .min(1)
            .max(500)
            .describe(
              'Path of the value to turn: a whole number, or a date in steps of a day, such as badges.0.badge.badgeConstraints.0.maxEarnLimit. Seed, replications, names, ids, shares and weights are no knobs.',
            ),
          badge: z.string().min(1).max(200).optional().describe('Whose goal it is; default: the badge of the knob.'),
          low: z.int().optional().describe('Lowest position of the knob; of a date, days from where it stands.'),
          high: z.int().optional().describe('Highest position of the knob.'),
        }),
      },
      ({ scenario, serve, budget, knob, badge, low, high, ...changes }, call) => {
        if ((serve === undefined) === (budget === undefined)) throw new UsageError('Name one goal: serve or budget.');
        const goal = serve === undefined ? { budget: budget! } : { serve };
        const loaded = loadInside(roots, scenario, settingsOf(changes));
        requireBounded([sizeOf(loaded.job, loaded.prepared, roots)], true);
        return alone(call.signal, () =>
          withWorkers(false, async (pool) => {
            const found = await seekSetting(
              scenario,
              loaded,
              { ...{ goal, knob, badge, low, high } },
              { pool, signal: call.signal, trying: (trial) => call.progress(1 - 1 / (trial + 1), `Setting ${trial}`) },
            );
            if (!found.ok) throw plainFailure('invalid-input', `${scenario}: ${found.path}: ${found.message}.`);
            return { ...goalDocument(found, goal), warnings: warningsOf(loaded) };
          }),
        );
      },
    ),
  ];
}
