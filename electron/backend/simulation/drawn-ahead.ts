import { MessageChannel, receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import type { Instant } from '../../../shared/domain/instant';
import type { SyntheticSource } from '../../../shared/simulation/arrivals';
import type { EventRange, EventSlice, EventSource, SliceArrays } from '../../../shared/simulation/event-slice';

/** One end of what joins the thread that draws a replication's events to the one that judges them. */
export interface DrawnAheadEnd {
  port: MessagePort;
  /** What both ends wait for; see the places below. */
  state: Int32Array<SharedArrayBuffer>;
}

/** Both ends, and what is done where one of them failed. */
export interface DrawnAheadLink {
  drawing: DrawnAheadEnd;
  judging: DrawnAheadEnd;
  /** Lets neither end wait for the other any longer: it throws there. */
  giveUp(): void;
}

/** Places of the state: messages sent to the judging end, sets of arrays sent back, and whether an end gave up. */
const SENT = 0;
const RETURNED = 1;
const GIVEN_UP = 2;

/** Slices that may be drawn before the first of them is judged: while one is judged the next is drawn. */
const AHEAD = 2;

/** What the kernels need to know of the customers, before any event. */
type Customers = Pick<EventSource, 'customers' | 'segmentNames' | 'segmentOf' | 'blocks' | 'joinsAt'>;

type Sent =
  | { kind: 'customers'; customers: Customers }
  | { kind: 'slice'; from: Instant; length: number; arrays: SliceArrays; ranges: EventRange[]; progress: number }
  /** There are no more events before `until`. */
  | { kind: 'until'; until: Instant };

export function drawnAheadLink(): DrawnAheadLink {
  const { port1, port2 } = new MessageChannel();
  const state = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
  return {
    drawing: { port: port1, state },
    judging: { port: port2, state },
    giveUp() {
      Atomics.store(state, GIVEN_UP, 1);
      for (const place of [SENT, RETURNED]) {
        Atomics.add(state, place, 1);
        Atomics.notify(state, place);
      }
    },
  };
}

function buffersOf({ at, customer, amount }: SliceArrays): ArrayBuffer[] {
  return [at, customer, ...(amount === null ? [] : [amount])].map(({ buffer }) => buffer as ArrayBuffer);
}

/** Sends to the other end, and wakes it. */
function send({ port, state }: DrawnAheadEnd, place: number, message: unknown, transfer: ArrayBuffer[]): void {
  port.postMessage(message, transfer);
  Atomics.add(state, place, 1);
  Atomics.notify(state, place);
}

/** The next message of the other end, for which this thread stands still. @throws Error when an end gave up */
function receive({ port, state }: DrawnAheadEnd, place: number): unknown {
  for (;;) {
    const known = Atomics.load(state, place);
    if (Atomics.load(state, GIVEN_UP) !== 0) throw new Error('The thread that draws or the one that judges gave up');
    const received = receiveMessageOnPort(port) as { message: unknown } | undefined;
    if (received !== undefined) return received.message;
    Atomics.wait(state, place, known);
  }
}

/**
 * Draws a replication's events for another thread, slice by slice, and is never more than two of them ahead. The arrays
 * go there and come back, so that nothing is copied.
 *
 * @param untils instants at which slices end, ascending: the other thread asks for what is before each of them
 * @throws Error when the other end gave up
 */
export function drawAhead(source: SyntheticSource, untils: readonly Instant[], end: DrawnAheadEnd): void {
  try {
    const { customers, segmentNames, segmentOf, blocks, joinsAt } = source;
    const facts: Customers = { customers, segmentNames, segmentOf, blocks, joinsAt };
    send(end, SENT, { kind: 'customers', customers: facts } satisfies Sent, []);
    let lent = 0;
    for (const until of [...untils, Infinity]) {
      for (let slice = source.next(until); slice !== null; slice = source.next(until)) {
        const { from, length, ranges } = slice;
        lent += 1;
        const arrays = source.exchangeArrays(lent < AHEAD ? null : (receive(end, RETURNED) as SliceArrays));
        const sent: Sent = { kind: 'slice', from, length, arrays, ranges: [...ranges], progress: source.progress };
        send(end, SENT, sent, buffersOf(arrays));
      }
      send(end, SENT, { kind: 'until', until } satisfies Sent, []);
    }
  } finally {
    end.port.close();
  }
}

/** The events of synthetic customers that another thread draws meanwhile. */
export class DrawnAheadSource implements EventSource {
  readonly customers: number;
  readonly segmentNames: readonly string[];
  readonly segmentOf: Uint16Array | null;
  readonly blocks: readonly string[];
  readonly joinsAt: Float64Array | null;
  progress = 0;
  private judged: SliceArrays | null = null;

  /** Waits for the other thread to say who the customers are. @throws Error when it gave up */
  constructor(private readonly end: DrawnAheadEnd) {
    const sent = receive(end, SENT) as Sent;
    if (sent.kind !== 'customers') throw new Error(`Customers were due, and ${sent.kind} came`);
    const { customers, segmentNames, segmentOf, blocks, joinsAt } = sent.customers;
    this.customers = customers;
    this.segmentNames = segmentNames;
    this.segmentOf = segmentOf;
    this.blocks = blocks;
    this.joinsAt = joinsAt ?? null;
  }

  /** Customers are numbered on from 1 in file order. */
  idOf(customer: number): number {
    return customer + 1;
  }

  /** @throws Error when the other thread gave up, or draws for other instants */
  next(until: Instant): EventSlice | null {
    if (this.judged !== null) send(this.end, RETURNED, this.judged, buffersOf(this.judged));
    this.judged = null;
    const sent = receive(this.end, SENT) as Sent;
    if (sent.kind === 'slice') {
      this.judged = sent.arrays;
      this.progress = sent.progress;
      return { from: sent.from, length: sent.length, ...sent.arrays, ranges: sent.ranges };
    }
    if (sent.kind !== 'until' || sent.until !== until) throw new Error(`Events before ${until} were not drawn`);
    if (until === Infinity) this.end.port.close();
    return null;
  }
}
