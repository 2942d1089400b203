import { Failure } from '../../../shared/ipc/errors';
import type { CancelSignal } from '../../../shared/ipc/method';
import type { Handlers } from '../../../shared/ipc/contract';
import { simulationHandlers } from './handlers';
import { keptScenariosHandlers } from './kept-scenarios';
import { learningHandlers } from './learn/handlers';
import { scorecardHandlers, type ReadOrgCounts } from './scorecard/handlers';
import { libraryCopiesHandlers, type UpdateRefusals } from './library-copies';
import type { ServedCustomers } from './served-customers';
import { Simulations, type RulesInUse, type SimulationContext } from './simulations';
import { inEnglish } from '../../../shared/words/english';
import { message } from '../../../shared/words/message';

/** The simulating side of the backend. */
export interface SimulationSide {
  handlers: Pick<Handlers, Extract<keyof Handlers, `simulation.${string}` | `scenarios.${string}`>>;
  /** Customers whom the first replication of a kept result gave a badge. @throws Failure `not-found` */
  served(resultId: number, badgeKey: string): Promise<ServedCustomers>;
  /** Ends runs under way; nothing of them is kept. */
  close(): Promise<void>;
}

/**
 * Opens the simulating side of a workspace.
 *
 * @param refusals what live orgs would refuse of a draft; nothing, unless given
 * @param orgCounts what an org counts of a badge; there is no org, unless given
 */
export function openSimulation(
  context: SimulationContext,
  refusals: UpdateRefusals = () => [],
  rulesInUse: () => RulesInUse = () => ({ from: null, switches: [] }),
  orgCounts: ReadOrgCounts = () => Promise.reject(new Failure('not-found', message('store.connectionGone'))),
): SimulationSide {
  const simulations = new Simulations(context, rulesInUse);
  const silent: CancelSignal = new AbortController().signal;
  return {
    handlers: {
      ...simulationHandlers(context, simulations),
      ...keptScenariosHandlers(context, simulations),
      ...libraryCopiesHandlers(context, refusals),
      ...learningHandlers(simulations),
      ...scorecardHandlers(context, simulations, orgCounts),
    },
    served: async (resultId, badgeKey) => {
      const kept = context.workspace.simulations.get(resultId);
      const job = { ...simulations.jobOfKept(kept), detail: true };
      const { detail, replay } = await simulations.outcome(job, silent, () => undefined);
      const awards = detail?.awards[badgeKey];
      if (awards === undefined) throw new Failure('not-found', message('scenarios.resultHasNoBadge'));
      const ids: number[] = [];
      awards.forEach((count, customer) => {
        if (count > 0) ids.push(replay === null ? customer + 1 : replay.columns.ids[customer]!);
      });
      return {
        description: inEnglish(message('sources.servedIn', { name: kept.name })),
        customers: Float64Array.from(ids),
        // Numbers that texts were given are nobody's ids.
        areMadeUp: replay === null || kept.pseudonyms || replay.customers.texts !== null,
      };
    },
    close: () => simulations.close(),
  };
}
