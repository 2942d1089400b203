import { DAY } from '../domain/instant';
import { aliasTable } from './alias-table';
import { DRAWN_CODE } from './drawn-code';
import { EXPONENTIAL_LAYERS, type RandomStream } from './random';

/** The parts of WebAssembly that are used; the host has it, but ECMAScript's own types do not. */
interface HostMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
interface Host {
  readonly Memory: new (size: { initial: number }) => HostMemory;
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object, imports: { env: { memory: HostMemory } }) => { exports: object };
}
const host = (globalThis as unknown as { WebAssembly: Host }).WebAssembly;

interface Draws {
  drawRates(generator: number, spare: number, shape: number, count: number, out: number): void;
  drawEvents(
    block: number,
    starts: number,
    days: number,
    until: number,
    at: number,
    customer: number,
    amount: number,
    room: number,
  ): number;
}

const PAGE = 65_536;
/** Where the compiled code looks for the ziggurat's tables, and what is free after them. */
const TABLES = 1024;
const FREE = 8192;
/** Bytes of a block's state, and the places in it (`assembly/draw-block.ts`). */
const BLOCK_BYTES = 128;
const PLACES = {
  ...{ times: 0, picks: 16, amounts: 32, at: 48, position: 56, rate: 64, spareNormal: 72, logMean: 80 },
  ...{ logDeviation: 88, amountMean: 96, day: 104, first: 108, size: 112, keep: 116, alias: 120, activity: 124 },
} as const;
/** Events that are drawn at once: few enough that they are still in a cache when they are looked at. */
const CHUNK = 4096;
/** Memory that is kept for the next source, so that a run of many replications does not ask the system for each. */
const MOST_KEPT_BYTES = 256 * 2 ** 20;

let compiled: object | null = null;

class Arena {
  readonly memory: HostMemory;
  readonly draws: Draws;

  constructor(bytes: number) {
    compiled ??= new host.Module(Uint8Array.from(DRAWN_CODE));
    this.memory = new host.Memory({ initial: Math.ceil(bytes / PAGE) });
    this.draws = new host.Instance(compiled, { env: { memory: this.memory } }).exports as Draws;
    const { x, y } = EXPONENTIAL_LAYERS;
    new Float64Array(this.memory.buffer, TABLES, x.length).set(x);
    new Float64Array(this.memory.buffer, TABLES + 8 * x.length, y.length).set(y);
  }
}

let kept: Arena | null = null;

function arenaOf(bytes: number): Arena {
  const arena = kept;
  kept = null;
  if (arena === null) return new Arena(bytes);
  const missing = Math.ceil((bytes - arena.memory.buffer.byteLength) / PAGE);
  if (missing > 0) arena.memory.grow(missing);
  return arena;
}

/** How a block of customers acts; the streams are at their beginnings and are used up. */
export interface DrawnBlock {
  /** Index of its first customer, and how many there are: at most 65,536. */
  first: number;
  size: number;
  /** Events of an average customer a week, at the start. */
  perWeek: number;
  /** Null where all customers have one rate; else `rates` draws Gamma rates of mean 1 with this shape. */
  shape: number | null;
  rates: () => RandomStream;
  /** Whether the rates drawn are brought to a mean of 1, so that all together come as often as it is said. */
  isMeanKept?: boolean;
  times: RandomStream;
  picks: RandomStream;
  amounts: RandomStream;
  /** Null where events have no amount. */
  amount: { mean: number; logMean: number; logDeviation: number } | null;
  /** Where the stretches of even activity begin, one more than there are, in microseconds; blocks may share them. */
  starts: Float64Array;
  /** Relative activity of each stretch; blocks may share one. */
  activity: Float64Array;
}

/** Bytes that blocks of so many customers need in all. */
export interface DrawnSizes {
  blocks: number;
  /** Numbers of all different starts and activities. */
  numbers: number;
  /** Those who have rates of their own. */
  customers: number;
}

/**
 * The events of blocks of customers, each in order of time, drawn by WebAssembly. Poisson processes of many customers
 * together are one Poisson process whose events belong to each customer in proportion to its rate, so nothing has to be
 * sorted: instants by spending exponential draws stretch after stretch, customers by Walker's alias method.
 */
export class DrawnBlocks {
  #arena: Arena | null;
  #free = FREE;
  readonly #blocks: { place: number; starts: number; stretches: number }[] = [];
  readonly #shared = new Map<Float64Array, number>();
  readonly #scratch: number;
  /** The events of the latest portion: instants, customers, and amounts where they were asked for. */
  readonly at: Float64Array;
  readonly customer: Uint32Array;
  readonly amount: Float64Array;
  readonly #view: DataView;

  constructor({ blocks, numbers, customers }: DrawnSizes) {
    const chunk = CHUNK * (8 + 8 + 4);
    const shared = FREE + chunk + 32 + 8 * numbers;
    // An alias table needs ten bytes a customer, and a block may end on an odd number of them.
    this.#arena = arenaOf(shared + blocks * (BLOCK_BYTES + 8) + customers * 10);
    const { buffer } = this.#arena.memory;
    this.#view = new DataView(buffer);
    this.at = new Float64Array(buffer, this.#take(8 * CHUNK), CHUNK);
    this.amount = new Float64Array(buffer, this.#take(8 * CHUNK), CHUNK);
    this.customer = new Uint32Array(buffer, this.#take(4 * CHUNK), CHUNK);
    this.#scratch = this.#take(32);
  }

  /** Adds a block. @returns its number */
  add(block: DrawnBlock): number {
    const view = this.#view;
    const place = this.#take(BLOCK_BYTES);
    const stretches = block.activity.length;
    const number = this.#blocks.push({ place, starts: this.#placeOf(block.starts), stretches }) - 1;
    let total = block.size;
    let [keep, alias] = [0, 0];
    if (block.shape !== null) {
      keep = this.#take(8 * block.size);
      alias = this.#take(2 * block.size);
      total = this.#spread(block, block.shape, keep, alias);
    }
    this.#writeStream(place + PLACES.times, block.times);
    this.#writeStream(place + PLACES.picks, block.picks);
    this.#writeStream(place + PLACES.amounts, block.amounts);
    const all = block.isMeanKept === true && total > 0 ? block.size : total;
    const rate = (all * block.perWeek) / (7 * DAY);
    const write = (at: number, value: number): void => view.setFloat64(place + at, value, true);
    write(PLACES.at, rate > 0 ? -Infinity : Infinity);
    write(PLACES.position, 0);
    write(PLACES.rate, rate);
    write(PLACES.spareNormal, NaN);
    write(PLACES.logMean, block.amount?.logMean ?? NaN);
    write(PLACES.logDeviation, block.amount?.logDeviation ?? 0);
    write(PLACES.amountMean, block.amount?.mean ?? NaN);
    view.setUint32(place + PLACES.day, 0, true);
    view.setUint32(place + PLACES.first, block.first, true);
    view.setUint32(place + PLACES.size, block.size, true);
    view.setUint32(place + PLACES.keep, total > 0 ? keep : 0, true);
    view.setUint32(place + PLACES.alias, alias, true);
    view.setUint32(place + PLACES.activity, this.#placeOf(block.activity), true);
    return number;
  }

  /**
   * Draws the next events of a block before `until`, as many as there is room for, into `at`, `customer` and `amount`.
   *
   * @returns how many they are, and whether there may be more
   */
  portion(block: number, until: number, hasAmounts: boolean): { count: number; isLast: boolean } {
    const { place, starts, stretches } = this.#blocks[block]!;
    const count = this.#arena!.draws.drawEvents(
      place,
      starts,
      stretches,
      until,
      this.at.byteOffset,
      this.customer.byteOffset,
      hasAmounts ? this.amount.byteOffset : 0,
      CHUNK,
    );
    return { count, isLast: count < CHUNK };
  }

  /**
   * Draws all events of a block before `until`.
   *
   * @param taken hears of them in portions, in arrays that live until it returns
   */
  draw(
    block: number,
    until: number,
    hasAmounts: boolean,
    taken: (at: Float64Array, customer: Uint32Array, amount: Float64Array, count: number) => void,
  ): void {
    for (;;) {
      const { count, isLast } = this.portion(block, until, hasAmounts);
      if (count > 0) taken(this.at, this.customer, this.amount, count);
      if (isLast) return;
    }
  }

  /** Gives the memory on. Nothing can be drawn after it. */
  dispose(): void {
    const arena = this.#arena;
    this.#arena = null;
    if (arena !== null && arena.memory.buffer.byteLength <= MOST_KEPT_BYTES) kept = arena;
  }

  #take(bytes: number): number {
    const place = this.#free;
    this.#free += Math.ceil(bytes / 8) * 8;
    return place;
  }

  #writeStream(place: number, stream: RandomStream): void {
    stream.state().forEach((word, index) => this.#view.setInt32(place + 4 * index, word, true));
  }

  /** Where numbers lie that blocks share. */
  #placeOf(numbers: Float64Array): number {
    const known = this.#shared.get(numbers);
    if (known !== undefined) return known;
    const place = this.#take(8 * numbers.length);
    new Float64Array(this.#view.buffer, place, numbers.length).set(numbers);
    this.#shared.set(numbers, place);
    return place;
  }

  /** Draws a block's rates and makes them an alias table. @returns their sum */
  #spread({ size, rates }: DrawnBlock, shape: number, keep: number, alias: number): number {
    this.#writeStream(this.#scratch, rates());
    this.#view.setFloat64(this.#scratch + 16, NaN, true);
    this.#arena!.draws.drawRates(this.#scratch, this.#scratch + 16, shape, size, keep);
    const { buffer } = this.#view;
    return aliasTable(new Float64Array(buffer, keep, size), new Uint16Array(buffer, alias, size));
  }
}
