import { Failure } from '../../../shared/ipc/errors';
import type { PrintAnswer } from '../../../shared/ipc/print-messages';
import { message } from '../../../shared/words/message';

/** Prints a page that brings everything along as PDF. */
export type PrintPage = (page: string) => Promise<Uint8Array>;

/** Asks main to print, which has Chromium. An unanswered question waits: main always answers. */
export class MainPrinter {
  readonly #send: (id: number, page: string) => void;
  readonly #waiting = new Map<number, (answer: PrintAnswer) => void>();
  #lastId = 0;

  constructor(send: (id: number, page: string) => void) {
    this.#send = send;
  }

  /** Takes an answer of main. */
  receive(id: number, answer: PrintAnswer): void {
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }

  /** @throws Failure `internal` with the reason */
  readonly print: PrintPage = async (page) => {
    const id = ++this.#lastId;
    const answer = await new Promise<PrintAnswer>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#send(id, page);
    });
    if (answer.kind === 'printed') return answer.pdf;
    const reason = answer.kind === 'late' ? message('report.printLate') : answer.reason;
    throw new Failure('internal', message('report.printFailed', { reason }));
  };
}

/** Where there is no window there is nothing that prints. */
export const nobodyPrints: PrintPage = () =>
  Promise.reject(new Failure('invalid-input', message('report.printRuntime', { name: 'report.html' })));
