import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { exp, ln } from './portable-math';

const TWO_TO_MINUS_53 = 2 ** -53;
const TWO_TO_21 = 2 ** 21;

/** Murmur3's finaliser: every bit of the input changes about half of the output's. */
function scramble(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Four words of generator state from a text: streams of different names have nothing in common. */
function stateOf(name: string): [number, number, number, number] {
  const state: [number, number, number, number] = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344];
  for (let index = 0; index < name.length; index += 1) {
    const unit = name.charCodeAt(index);
    for (let word = 0; word < 4; word += 1) {
      state[word] =
        scramble((state[word] ?? 0) ^ Math.imul(unit + 1, 0x9e3779b1 + 2 * word)) +
        Math.imul(index + 1, 0x7f4a7c15) +
        word;
    }
  }
  return [scramble(state[0]), scramble(state[1]), scramble(state[2]), scramble(state[3]) | 1];
}

/** Edges of the layers and their heights, one more than there are layers. */
export interface Ziggurat {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Layers of the exponential's ziggurat (Marsaglia and Tsang, 2000), with the published edge and area for 256 layers. */
const LAYERS = 256;
const EDGE = 7.69711747013105;
const AREA = 0.003949659822581557;
const layerX = new Float64Array(LAYERS + 1);
const layerY = new Float64Array(LAYERS + 1);
layerX[0] = AREA / exp(-EDGE);
layerX[1] = EDGE;
layerY[1] = exp(-EDGE);
for (let layer = 2; layer < LAYERS; layer += 1) {
  layerY[layer] = layerY[layer - 1]! + AREA / layerX[layer - 1]!;
  layerX[layer] = -ln(layerY[layer]!);
}
layerY[LAYERS] = 1;

/** The tables that {@link RandomStream.exponential} looks into. */
export const EXPONENTIAL_LAYERS: Ziggurat = { x: layerX, y: layerY };

/**
 * One independent stream of draws. Which numbers come depends on its name alone, so that adding a badge, a segment or
 * a worker never shifts the draws of anything else.
 */
export class RandomStream {
  private readonly generator: RandomGenerator;
  private spareNormal = NaN;

  /** @param name the seed and what the draws are for, for example `['arrivals', 7, 0, 'regulars']` */
  constructor(name: readonly (string | number)[]) {
    this.generator = xoroshiro128plusFromState(stateOf(JSON.stringify(name)));
    for (let draw = 0; draw < 8; draw += 1) this.generator.next();
  }

  /** The generator's state, as two numbers of 64 bits in words of 32 with the low ones first. */
  state(): [number, number, number, number] {
    const [high0 = 0, low0 = 0, high1 = 0, low1 = 0] = this.generator.getState();
    return [low0, high0, low1, high1];
  }

  /** Uniform on [0, 1), with 53 random bits. */
  uniform(): number {
    const high = this.generator.next() >>> 0;
    return (high * TWO_TO_21 + (this.generator.next() >>> 11)) * TWO_TO_MINUS_53;
  }

  /** Exponential with mean 1. */
  exponential(): number {
    for (;;) {
      const bits = this.generator.next();
      const layer = bits >>> 24;
      const u = ((bits & 0xffffff) * 2 ** 29 + (this.generator.next() >>> 3)) * TWO_TO_MINUS_53;
      const x = u * layerX[layer]!;
      if (x < layerX[layer + 1]!) return x;
      if (layer === 0) return EDGE + this.exponential();
      if (layerY[layer]! + this.uniform() * (layerY[layer + 1]! - layerY[layer]!) < exp(-x)) return x;
    }
  }

  /** Standard normal, by Marsaglia's polar method. */
  normal(): number {
    if (!Number.isNaN(this.spareNormal)) {
      const spare = this.spareNormal;
      this.spareNormal = NaN;
      return spare;
    }
    for (;;) {
      const a = 2 * this.uniform() - 1;
      const b = 2 * this.uniform() - 1;
      const s = a * a + b * b;
      if (s >= 1 || s === 0) continue;
      const factor = Math.sqrt((-2 * ln(s)) / s);
      this.spareNormal = b * factor;
      return a * factor;
    }
  }

  /** Gamma with the given shape and scale 1, by Marsaglia and Tsang's method. */
  gamma(shape: number): number {
    if (shape < 1) {
      // A Gamma(shape + 1) times U^(1/shape); U = 0 would have no logarithm.
      const u = this.uniform() || TWO_TO_MINUS_53;
      return this.gamma(shape + 1) * exp(ln(u) / shape);
    }
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const root = 1 + c * x;
      if (root <= 0) continue;
      const v = root * root * root;
      const u = this.uniform() || TWO_TO_MINUS_53;
      if (ln(u) < 0.5 * x * x + d - d * v + d * ln(v)) return d * v;
    }
  }
}
