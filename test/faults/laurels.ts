import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { FAULT_LIBRARY, HUNG, LONGEST_MS, takeCalls, type Fault, type FaultedEnd } from './fault-library';
import type { Asked, Order, Said } from './children/faulted-laurel';

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** After so many orders a process makes way for a new one, whatever failures have left open in it. */
const MOST_ORDERS = 100;

/** What the library counts where a death was played. */
const DIED = -1;

/** A program that does one order after the other. */
class Laurel {
  readonly #child: Child;
  #orders = 0;
  #error = '';
  #heard: (said: Said) => void = () => undefined;
  readonly #ended: Promise<[number | null, NodeJS.Signals | null]>;

  constructor(program: string) {
    const env = { ...process.env, LD_PRELOAD: FAULT_LIBRARY };
    this.#child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'pipe'], env });
    this.#ended = once(this.#child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#error += text));
    createInterface(this.#child.stdout).on('line', (line) => this.#heard(JSON.parse(line) as Said));
    // A program that died does not read; how it ended says so.
    this.#child.stdin.on('error', () => undefined);
  }

  /** Whether it can be given another order. */
  get isWell(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null && this.#orders < MOST_ORDERS;
  }

  /**
   * @param played whether a death is only played
   * @param killAfter milliseconds; null: it is killed where it hangs
   */
  async carryOut(
    order: Order,
    fault: Fault | null,
    played: boolean,
    killAfter: number | null = null,
  ): Promise<FaultedEnd> {
    this.#orders += 1;
    this.#error = '';
    takeCalls(order.folder);
    let out = '';
    let said = '';
    const answered = new Promise<number>((resolve) => {
      this.#heard = (line) => {
        if ('ended' in line) resolve(line.ended);
        else if ('out' in line) out += `${line.out}\n`;
        else said += `${line.error}\n`;
      };
    });
    const asked: Asked = { order, fault, played };
    this.#child.stdin.write(`${JSON.stringify(asked)}\n`);
    let hung = '';
    const timer = setTimeout(() => {
      if (killAfter === null) hung = HUNG;
      this.#child.kill('SIGKILL');
    }, killAfter ?? LONGEST_MS);
    const [code, signal] = await Promise.race([
      answered.then((ended): [number, null] => [ended, null]),
      // What it said before it died may still be in the pipe: it is closed by then.
      this.#ended,
    ]);
    clearTimeout(timer);
    const calls = takeCalls(order.folder);
    const error = said + this.#error + hung;
    return calls === DIED
      ? { out, error, code: null, signal: 'SIGKILL', calls: null }
      : { out, error, code, signal, calls };
  }

  /** @returns whether it ended by itself, as a Laurel with nothing left to do has to */
  async end(): Promise<boolean> {
    this.#child.stdin.end();
    let hung = false;
    const timer = setTimeout(() => {
      hung = true;
      this.#child.kill('SIGKILL');
    }, LONGEST_MS);
    await this.#ended;
    clearTimeout(timer);
    return !hung;
  }
}

/** Runs orders of `children/faulted-laurel.ts`. */
export interface Laurels {
  /**
   * Does one thing under a fault.
   *
   * @param killAfter milliseconds after which it is killed; null: only where it hangs
   */
  faulted(order: Order, fault: Fault | null, killAfter?: number | null): Promise<FaultedEnd>;
  /** Starts anew where a fault has been, without one. */
  again(order: Order): Promise<FaultedEnd>;
  /** @returns how many processes did not end by themselves when all their orders were done */
  end(): Promise<number>;
}

/**
 * Every order in a process of its own.
 *
 * @param program `children/faulted-laurel.ts`, bundled
 */
export function freshLaurels(program: string): Laurels {
  const run = async (order: Order, fault: Fault | null, killAfter: number | null = null): Promise<FaultedEnd> => {
    const laurel = new Laurel(program);
    const end = await laurel.carryOut(order, fault, false, killAfter);
    return (await laurel.end()) ? end : { ...end, error: `${end.error}${HUNG}` };
  };
  return { faulted: run, again: (order) => run(order, null), end: () => Promise.resolve(0) };
}

/**
 * Many orders in few processes: one for the faults, whose deaths are played, and one for the starts after them. Ten times
 * as quick as {@link freshLaurels}; what goes wrong here is to be seen there, too, before it counts, since a failure may
 * leave a lock or a file open that the end of a process would have closed.
 */
export function keptLaurels(program: string): Laurels {
  let [subject, witness] = [new Laurel(program), new Laurel(program)];
  let hung = 0;
  const ended = async (laurel: Laurel): Promise<void> => {
    if (!(await laurel.end())) hung += 1;
  };
  const renewed = async (laurel: Laurel): Promise<Laurel> => {
    if (laurel.isWell) return laurel;
    await ended(laurel);
    return new Laurel(program);
  };
  return {
    faulted: async (order, fault, killAfter) => {
      subject = await renewed(subject);
      return subject.carryOut(order, fault, true, killAfter);
    },
    again: async (order) => {
      witness = await renewed(witness);
      return witness.carryOut(order, null, true);
    },
    end: async () => {
      await Promise.all([subject, witness].map(ended));
      return hung;
    },
  };
}
