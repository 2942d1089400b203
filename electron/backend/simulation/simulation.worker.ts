import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { OrgSettings } from '../../../shared/domain/settings';
import type { PreparedScenario } from '../../../shared/simulation/prepared-scenario';
import type { CustomerPart } from '../../../shared/simulation/parts';
import { explainCustomer, type WhyNot } from '../../../shared/simulation/why-not';
import { SyntheticSource } from '../../../shared/simulation/arrivals';
import { waveInstants } from '../../../shared/simulation/enrolment-waves';
import { drawAhead, DrawnAheadSource, type DrawnAheadEnd } from './drawn-ahead';
import type { ReplayRows } from './replay/spilled-source';
import type { READING_STEPS } from './replay/replay-file';
import { answerReplication, mustPrepare, sourceOf, type ReplicationAnswer } from './replication-work';
import type { MessagePart } from '../../../shared/words/message';
import { causeOf } from '../../disk/system-reasons';

/** A scenario that a worker prepares for the requests about it. */
export interface SimulationTask {
  /** The scenario as JSON, its badges as create bodies. */
  body: unknown;
  settings: Partial<OrgSettings>;
}

/** What a worker is asked to do, one after the other. */
export type SimulationRequest =
  | { kind: 'step'; step: keyof typeof READING_STEPS; input: readonly unknown[] }
  | {
      kind: 'replicate';
      replication: number;
      columns: ReplayRows | null;
      detail: boolean;
      part?: CustomerPart;
      /** Another thread draws the events, which come from here. */
      drawn?: DrawnAheadEnd;
    }
  /** Draws the events of a replication for the thread at the other end. */
  | { kind: 'draw'; replication: number; drawn: DrawnAheadEnd }
  | { kind: 'explain'; badge: number; customerId: number; columns: ReplayRows | null };

/** A request; with another scenario than the one before, that too. */
export interface SimulationOrder {
  task: SimulationTask | null;
  request: SimulationRequest;
}

export type SimulationMessage =
  | { kind: 'progress'; events: number; share: number }
  | { kind: 'stepped'; answer: unknown }
  | { kind: 'answer'; answer: ReplicationAnswer }
  | { kind: 'drawn' }
  | { kind: 'explanation'; explanation: WhyNot | null }
  | { kind: 'unreadable'; detail: MessagePart }
  | { kind: 'too-large' }
  | { kind: 'crashed'; detail: string };

/** What the engine says where an array is larger than the memory, or than an array may be. */
const LACKS_MEMORY = /allocation failed|invalid (typed )?array (buffer )?length|out of memory/i;

const MILLISECONDS_BETWEEN_REPORTS = 100;

const { yields } = workerData as { yields: boolean };
// Linux counts niceness by thread: only this one steps back. Elsewhere it would be the whole backend, calls and all.
if (yields && process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
let open: PreparedScenario | null = null;
const tell = (message: SimulationMessage, transfer: ArrayBuffer[] = []): void =>
  parentPort?.postMessage(message, transfer);

function reporter(): (events: number, share: number) => void {
  let last = performance.now();
  return (events, share) => {
    const now = performance.now();
    if (now - last < MILLISECONDS_BETWEEN_REPORTS) return;
    last = now;
    tell({ kind: 'progress', events, share });
  };
}

/** Does a step of reading a transactions file; those that take long say how far they are. */
async function takeStep(
  { step, input }: SimulationRequest & { kind: 'step' },
  report: (events: number, share: number) => void,
): Promise<void> {
  // What reads tables takes a third of all that is loaded here, and most runs read none.
  const { READING_STEPS: steps } = await import('./replay/replay-file');
  const run = steps[step] as (...values: unknown[]) => unknown;
  const watched = step === 'read' ? [...input, (share: number, rows: number) => report(rows, share)] : input;
  try {
    tell({ kind: 'stepped', answer: run(...watched) });
  } catch (error) {
    const isForPeople = error instanceof Error && 'code' in error;
    if (!isForPeople) throw error;
    tell({ kind: 'unreadable', detail: causeOf(error) });
  }
}

async function carryOut(prepared: PreparedScenario, request: SimulationRequest): Promise<void> {
  const report = reporter();
  if (request.kind === 'step') {
    await takeStep(request, report);
    return;
  }
  if (request.kind === 'explain') {
    const source = sourceOf(prepared, request.columns, 0);
    tell({
      kind: 'explanation',
      explanation: explainCustomer(prepared, source, 0, request.badge, request.customerId, { checkpoint: report }),
    });
    return;
  }
  const { replication } = request;
  if (request.kind === 'draw') {
    const { scenario, timeline } = prepared;
    drawAhead(new SyntheticSource(scenario, timeline, replication), waveInstants(scenario), request.drawn);
    tell({ kind: 'drawn' });
    return;
  }
  const { columns, detail, part, drawn } = request;
  const source = drawn === undefined ? sourceOf(prepared, columns, replication, part) : new DrawnAheadSource(drawn);
  const answer = answerReplication(prepared, source, replication, detail, { checkpoint: report });
  const buffers = Object.values(answer.detail?.awards ?? {}).map((awards) => awards.buffer as ArrayBuffer);
  tell({ kind: 'answer', answer }, buffers);
}

async function answer({ task, request }: SimulationOrder): Promise<void> {
  try {
    if (task !== null) open = mustPrepare(task.body, task.settings);
    if (open === null) throw new Error('A worker was asked before it had a scenario');
    await carryOut(open, request);
  } catch (error) {
    if (error instanceof RangeError && LACKS_MEMORY.test(error.message)) {
      tell({ kind: 'too-large' });
      return;
    }
    tell({ kind: 'crashed', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

parentPort?.on('message', (order: SimulationOrder) => void answer(order));
