import { isZone, startOfDate } from '../../../../shared/domain/calendar';
import { DAY, instantOf, toIso } from '../../../../shared/domain/instant';
import { Failure } from '../../../../shared/ipc/errors';
import type { learningMethods } from '../../../../shared/ipc/learning-contract';
import type { HandlersOf } from '../../../../shared/ipc/serve';
import { message } from '../../../../shared/words/message';
import { readingChoices } from '../../tables/handlers';
import type { Simulations } from '../simulations';
import { learnInWorker } from './learn-in-worker';
import { continuedPeriod, learnedCustomers } from './learned-scenario';

const dateOf = (day: string): number => instantOf(`${day}T00:00:00Z`) / DAY;

/** Handlers of learning from a file. */
export function learningHandlers(simulations: Simulations): HandlersOf<typeof learningMethods> {
  return {
    'simulation.learn': async ({ events, name, choices, zone, from, to, ...how }, { signal, progress }) => {
      const file = simulations.csvOf(events);
      if (file === null || !isZone(zone)) throw new Failure('invalid-input', message('scenarios.noTimeZone'));
      const order = {
        ...{ ...how, file, name, zone },
        from: from === null ? null : startOfDate(dateOf(from), zone),
        // The last day is in the period whole.
        to: to === null ? null : startOfDate(dateOf(to) + 1, zone),
        choices: { zone, ...readingChoices(choices) },
        dateFormat: choices.dateFormat ?? null,
      };
      const learned = await simulations.track(signal, (stop) =>
        learnInWorker(order, stop, (share) => progress({ share })),
      );
      if ('questions' in learned) return { questions: learned.questions };
      const { holdOut, curves, verdict, segments, leftOut, returns, skipped, badRows, times } = learned;
      const { days: _, ...held } = holdOut ?? { days: [] };
      const at = (instant: number): string => toIso(instant, zone);
      return {
        learned: {
          ...{ file: name, zone, from: at(learned.from), cut: at(learned.cut), to: at(learned.to) },
          ...{ days: learned.days, heldDays: holdOut?.days.length ?? 0 },
          ...{
            events: learned.events,
            customers: learned.customers,
            returns,
            skipped,
            badRows,
            segments,
            leftOut,
            times,
          },
          ...{ holdOut: holdOut === null ? null : (held as Omit<typeof holdOut, 'days'>), curves, verdict },
          body: learnedCustomers(learned, { file: name, zone }),
          continued: continuedPeriod(learned, zone),
        },
      };
    },
  };
}
