import { readInstant } from '../../../../shared/domain/instant';
import { Failure } from '../../../../shared/ipc/errors';
import type { ScoredFile, ScoredView, scorecardMethods } from '../../../../shared/ipc/scorecard-contract';
import type { HandlersOf } from '../../../../shared/ipc/serve';
import type { TableChoices, TableQuestion } from '../../../../shared/ipc/tables-contract';
import { prepareScenario } from '../../../../shared/simulation/prepared-scenario';
import { Timeline } from '../../../../shared/simulation/timeline';
import { message } from '../../../../shared/words/message';
import { readingChoices } from '../../tables/handlers';
import { observeInWorker } from '../learn/learn-in-worker';
import type { SimulationContext, Simulations } from '../simulations';
import { compareGroups } from './compare-groups';
import type { ObservedFile } from './observe-file';
import type { OrgCounts } from '../../../../shared/simulation/org-score';
import type { CancelSignal } from '../../../../shared/ipc/method';
import type { Instant } from '../../../../shared/domain/instant';
import { scorecardRuns, sizeIsMissing, type PurchasesFile } from './score';
import { scoreBadges, type BadgeToScore } from './score-badges';

/** Share of the work that reading is; the rest is the runs. */
const READING = 0.4;

/** Something has to be said of a file before it can be read. */
class Questions extends Error {
  constructor(
    readonly of: ScoredFile,
    readonly questions: readonly TableQuestion[],
  ) {
    super('questions');
  }
}

/** What an org counts now of its badge of a name; `counts` is null where it has none. */
export type ReadOrgCounts = (
  connectionId: number,
  asked: { name: string; from: Instant; to: Instant },
  signal: CancelSignal,
) => Promise<{ org: string; counts: OrgCounts | null }>;

/** Handlers of scorecards. */
export function scorecardHandlers(
  context: Pick<SimulationContext, 'workspace' | 'files'>,
  simulations: Simulations,
  readOrgCounts: ReadOrgCounts,
): HandlersOf<typeof scorecardMethods> {
  return {
    'simulation.scorecard': async (asked, { signal, progress }) => {
      const job = simulations.jobOfKept(context.workspace.simulations.get(asked.id));
      const preparation = prepareScenario(job.body, job.settings);
      if (!preparation.ok) throw new Failure('invalid-input', message('scenarios.keptHasMistakes'));
      const { scenario } = preparation.prepared;
      const named = scenario.badges.map(({ key }, place) => ({
        ...{ key, name: preparation.prepared.badges[place]!.definition.name, value: asked.badgeValues[key] },
      }));
      const ofSeveral = asked.badgeColumn !== null && asked.awards !== null;
      const chosen = ofSeveral ? named : named.slice(asked.badge, asked.badge + 1);
      if (chosen.length === 0) throw new Failure('not-found', message('scenarios.noSuchBadge'));
      const { awards: awardsFile, sales: salesFile, control, controlSize, connectionId } = asked;
      if (awardsFile === null && connectionId === null)
        throw new Failure('invalid-input', message('scorecard.noAwards'));
      if (control !== null && (salesFile === null || controlSize === null))
        throw new Failure('invalid-input', message('scorecard.noGroups'));
      if (control !== null && asked.size === null)
        throw new Failure('invalid-input', sizeIsMissing(scenario, controlSize ?? 0));
      const apart = control !== null && 'token' in control ? control : null;
      const files = [awardsFile, salesFile, apart].filter((file) => file !== null).length;
      let readFiles = 0;
      const observed = async (
        of: ScoredFile,
        { token, name, choices }: { token: string; name: string; choices: TableChoices },
        bySegment: boolean,
        byColumn: string | null = null,
        within: { from: Instant; to: Instant } | null = null,
      ): Promise<ObservedFile> => {
        const { path: file } = context.files.find(token, 'read');
        const zone = choices.zone ?? scenario.timeZone;
        const order = {
          ...{ file, name, zone: scenario.timeZone, from: scenario.from, to: scenario.to, bySegment, byColumn },
          choices: { ...readingChoices(choices), zone },
          dateFormat: choices.dateFormat ?? null,
          ...within,
        };
        const found = await simulations.track(signal, (stop) =>
          observeInWorker(order, stop, (share) => {
            if (within === null) progress({ share: ((readFiles + share) / files) * READING });
          }),
        );
        if ('questions' in found) throw new Questions(of, found.questions);
        if (within === null) readFiles += 1;
        return found;
      };
      try {
        const { from, to } = scenario;
        // First, since it is quick and may fail.
        const badges: BadgeToScore[] = [];
        for (const badge of chosen)
          badges.push({
            ...badge,
            org:
              connectionId === null ? null : await readOrgCounts(connectionId, { name: badge.name, from, to }, signal),
          });
        const awards = awardsFile === null ? null : await observed('awards', awardsFile, false, asked.badgeColumn);
        const bySegment = control !== null && 'segment' in control;
        const sales = salesFile === null ? null : await observed('sales', salesFile, bySegment);
        const kept = apart === null ? null : await observed('control', apart, false);
        const timeline = new Timeline(scenario.from, scenario.to, scenario.timeZone);
        const known = daysUntil(asked.until, timeline);
        const keptOut = kept !== null ? { file: kept } : bySegment ? control : null;
        const compared =
          sales === null || keptOut === null
            ? null
            : await compareGroups({
                ...{ sales, control: keptOut, timeline, known },
                again: (of, days) =>
                  of === 'sales'
                    ? observed('sales', salesFile!, bySegment, null, days)
                    : observed('control', apart!, false, null, days),
              });
        const purchases: PurchasesFile | null =
          sales === null
            ? null
            : {
                ...{ sales, size: asked.size, controlSize: controlSize ?? 0 },
                control: keptOut && compared && { ...keptOut, compared },
              };
        const body = { ...(job.body as object), replications: scorecardRuns(scenario) };
        const { replications } = await simulations.outcome({ ...job, body }, signal, ({ share }) =>
          progress({ share: READING + share * (1 - READING) }),
        );
        const leftOut = (which: ScoredFile, file: ObservedFile | null): ScoredView['files'] =>
          file === null ? [] : [{ of: which, rows: file.rows, skipped: file.skipped, badRows: file.badRows }];
        return {
          ...scoreBadges({ scenario, replications, known, purchases, badges, awards, ofSeveral }),
          files: [...leftOut('awards', awards), ...leftOut('sales', sales), ...leftOut('control', kept)],
        };
      } catch (error) {
        if (error instanceof Questions) return { of: error.of, questions: error.questions };
        throw error;
      }
    },
  };
}

/** Days of a period up to a day, that one included. @throws Failure `invalid-input` where it is before the first */
function daysUntil(day: string | null, { firstDate, days }: Timeline): number | null {
  if (day === null) return null;
  const reading = readInstant(`${day}T00:00:00Z`);
  const known = reading.ok ? reading.instant / 86_400_000_000 - firstDate + 1 : 0;
  if (known < 1) throw new Failure('invalid-input', message('scorecard.beforeStart'));
  return Math.min(days, known);
}
