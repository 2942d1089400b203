import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { fidelityPage } from '../../../shared/fidelity/fidelity-page';
import type { FidelityReport } from '../../../shared/fidelity/fidelity-report';
import type { Recording } from '../../../shared/fidelity/recording';
import { Failure } from '../../../shared/ipc/errors';
import type {
  fidelityMethods,
  FidelityView,
  RecordingView,
  ReplayProgress,
} from '../../../shared/ipc/fidelity-contract';
import type { CancelSignal } from '../../../shared/ipc/method';
import type { HandlersOf } from '../../../shared/ipc/serve';
import { message } from '../../../shared/words/message';
import { speakerOf } from '../../../shared/words/spoken';
import { writeWhole } from '../../disk/whole-file';
import type { BackendContext } from '../context';
import { EXPORT_AGAIN } from '../files/granted-files';
import { workerUrl } from '../process/worker-url';
import type { FidelityNews, FidelityTask } from './fidelity.worker';

/** Calls that the window is told of; the page of the report and `laurel replay --json` have more. */
const MOST_CALLS = 200;

interface Watch {
  signal: CancelSignal;
  progress?: (report: ReplayProgress) => void;
}

/** Reads and replays recordings in threads of their own; the last one that was read is kept. */
export class RecordingDesk {
  readonly #workers = new Set<Worker>();
  #last: { view: RecordingView; recording: Recording; report: FidelityReport | null } | null = null;
  #count = 0;

  async read(task: FidelityTask, name: string, watch: Watch): Promise<RecordingView> {
    const news = await this.#run(task, watch);
    if (!('recording' in news)) throw new Error('A recording was asked for');
    const { recording } = news;
    const { calls, source, replaced, leftOut } = recording;
    const [first] = calls;
    const last = calls.at(-1);
    this.#count += 1;
    const view: RecordingView = {
      ...{ id: this.#count, name, source, replaced, leftOut, calls: calls.length },
      span: first === undefined || last === undefined ? null : { from: first.at, to: last.at },
    };
    this.#last = { view, recording, report: null };
    return view;
  }

  async replay(id: number, watch: Watch): Promise<FidelityView> {
    const kept = this.#kept(id);
    const news = await this.#run({ kind: 'replay', recording: kept.recording }, watch);
    if (!('report' in news)) throw new Error('A report was asked for');
    kept.report = news.report;
    const told = news.report.calls.filter(({ verdict }) => verdict !== 'same');
    return { ...news.report, calls: told.slice(0, MOST_CALLS), leftOutCalls: Math.max(0, told.length - MOST_CALLS) };
  }

  /** @throws Failure `not-found` where another one was read meanwhile */
  #kept(id: number) {
    if (this.#last?.view.id !== id) throw new Failure('not-found', message('fidelity.gone'));
    return this.#last;
  }

  /** The recording as its file has it. */
  recordingText(id: number): string {
    return `${JSON.stringify(this.#kept(id).recording, null, 1)}\n`;
  }

  /** What the page of its report is made of. */
  reported(id: number): { report: FidelityReport; recording: Recording } {
    const { report, recording } = this.#kept(id);
    if (report === null) throw new Failure('not-found', message('fidelity.gone'));
    return { report, recording };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }

  #run(task: FidelityTask, { signal, progress }: Watch): Promise<FidelityNews> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(workerUrl('fidelity'), { workerData: task });
      this.#workers.add(worker);
      const stop = (): void => {
        worker.postMessage('stop');
        // What reads a file hears nothing until it has.
        if (task.kind !== 'replay') void worker.terminate();
        reject(new Failure('cancelled', message('fidelity.stopped')));
      };
      signal.addEventListener('abort', stop);
      if (signal.aborted) stop();
      worker.on('message', (news: FidelityNews) => {
        if ('progress' in news) progress?.(news.progress);
        else if ('failure' in news) reject(Failure.fromWire(news.failure));
        else resolve(news);
      });
      worker.once('error', reject);
      worker.once('exit', (code) => {
        this.#workers.delete(worker);
        signal.removeEventListener('abort', stop);
        reject(new Error(`The replay ended with ${String(code)}.`));
      });
    });
  }
}

/** What recordings work with. */
export interface FidelityParts extends Pick<BackendContext, 'files' | 'workspace'> {
  desk: RecordingDesk;
  workspaceFile: string;
  appVersion: string;
}

/** Handlers of `fidelity.*`. */
export function fidelityHandlers(parts: FidelityParts): HandlersOf<typeof fidelityMethods> {
  const { desk, files, workspace, workspaceFile, appVersion } = parts;
  return {
    'fidelity.read': (input, { signal }) => {
      if ('token' in input) {
        const { path, name } = files.find(input.token, 'read');
        return desk.read({ kind: 'file', path, name }, name, { signal });
      }
      const connection = workspace.connections.list().find(({ key }) => key === input.connectionId);
      if (connection === undefined) throw new Failure('not-found', message('fidelity.noConnection'));
      return desk.read({ kind: 'ledger', workspaceFile, connectionKey: connection.key }, connection.name, { signal });
    },
    'fidelity.replay': ({ id }, { signal, progress }) => desk.replay(id, { signal, progress }),
    'fidelity.save': async ({ id, target, what, language }) => {
      const file = files.output(target);
      const digest = (text: string): string => createHash('sha256').update(text).digest('base64');
      const content =
        what === 'recording'
          ? desk.recordingText(id)
          : fidelityPage({ ...desk.reported(id), appVersion }, await speakerOf(language), digest);
      await writeWhole(file.path, content, { name: file.name, again: EXPORT_AGAIN });
      return { name: file.name };
    },
  };
}
