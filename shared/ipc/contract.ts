import { artMethods } from './art-contract';
import { sheetMethods } from './sheet-contract';
import { transferMethods } from './transfer-contract';
import { backupsMethods } from './backups-contract';
import { badgeMethods } from './badges-contract';
import { bulkMethods } from './bulk-contract';
import { fidelityMethods } from './fidelity-contract';
import { folderMethods } from './folder-contract';
import { forgetMethods } from './forget-contract';
import { issuanceMethods } from './issuance-contract';
import { networkMethods } from './network-contract';
import { learningMethods } from './learning-contract';
import { scorecardMethods } from './scorecard-contract';
import { libraryCopiesMethods } from './library-copies-contract';
import type { CallMethod, CancelSignal, InputOf, JobMethod, OutputOf, ParsedInputOf, ProgressOf } from './method';
import { plansMethods } from './plans-contract';
import { keptScenariosMethods } from './kept-scenarios-contract';
import { policiesMethods } from './policies-contract';
import { portableMethods } from './portable-contract';
import { practiceMethods } from './practice-contract';
import { reportMethods } from './report-contract';
import { simulationMethods } from './simulation-contract';
import { syncMethods } from './sync-contract';
import { tablesMethods } from './tables-contract';
import { templatesMethods } from './templates-contract';
import { viewsMethods } from './views-contract';
import { workspaceMethods } from './workspace-contract';

/** Every call the page can make of the backend. Handler types derive from it: what is missing here does not compile. */
export const contract = {
  ...workspaceMethods,
  ...backupsMethods,
  ...portableMethods,
  ...forgetMethods,
  ...folderMethods,
  ...networkMethods,
  ...badgeMethods,
  ...bulkMethods,
  ...viewsMethods,
  ...templatesMethods,
  ...transferMethods,
  ...sheetMethods,
  ...artMethods,
  ...issuanceMethods,
  ...tablesMethods,
  ...practiceMethods,
  ...syncMethods,
  ...plansMethods,
  ...simulationMethods,
  ...libraryCopiesMethods,
  ...learningMethods,
  ...scorecardMethods,
  ...policiesMethods,
  ...keptScenariosMethods,
  ...reportMethods,
  ...fidelityMethods,
};

export type Contract = typeof contract;
export type MethodName = keyof Contract;
export type CallName = { [N in MethodName]: Contract[N] extends CallMethod ? N : never }[MethodName];
export type JobName = { [N in MethodName]: Contract[N] extends JobMethod ? N : never }[MethodName];
export type Input<N extends MethodName> = InputOf<Contract[N]>;
export type ParsedInput<N extends MethodName> = ParsedInputOf<Contract[N]>;
export type Output<N extends MethodName> = OutputOf<Contract[N]>;
export type Progress<N extends JobName> = ProgressOf<Contract[N]>;

/** What a job handler gets besides its input. */
export interface JobContext<N extends JobName> {
  signal: CancelSignal;
  progress(report: Progress<N>): void;
}

/** One handler for each method; calls and jobs may answer at once or later. */
export type Handlers = {
  [N in MethodName]: N extends JobName
    ? (input: ParsedInput<N>, context: JobContext<N>) => Promise<Output<N>> | Output<N>
    : (input: ParsedInput<N>) => Promise<Output<N>> | Output<N>;
};
