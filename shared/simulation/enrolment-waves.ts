import type { Instant } from '../domain/instant';
import type { EventSource } from './event-slice';
import { RandomStream } from './random';
import type { Scenario } from './scenario';
import { enrolmentAt, type SimulatedBadge } from './simulated-badge';

interface Wave {
  at: Instant;
  expiresOn: Instant;
  /** The code with which the rules refuse the whole request, or 0. */
  refused: number;
  /** Names of the segments it takes from; null: every customer. */
  segments: readonly string[] | null;
  share: number;
  /** Position in the file, which names its draws. */
  position: number;
}

/** The instants, ascending, at which some badge of a scenario enrols customers within its period. */
export function waveInstants({ badges, to }: Pick<Scenario, 'badges' | 'to'>): Instant[] {
  const instants = new Set(badges.flatMap(({ enrol }) => enrol.map(({ at }) => at)).filter((at) => at < to));
  return [...instants].sort((left, right) => left - right);
}

/**
 * The enrolments of one badge. All customers of a wave have one period, so that a customer's enrolment is the number of
 * a wave. Periods of a customer never overlap (semantics I5), hence only the latest can cover what is still to come.
 */
export class EnrolmentWaves {
  enrolled = 0;
  readonly rejected = new Map<number, number>();
  /** Each customer's latest wave plus one; 0: never enrolled. */
  readonly waveOf: Uint16Array;
  /** End of each wave's period, at the wave plus one; -Infinity for "never enrolled". */
  readonly expiresOn: Float64Array;
  private readonly waves: readonly Wave[];
  /** Hears of every enrolment that is made; for explanations. */
  observer: ((customer: number, expiresOn: Instant) => void) | null = null;
  private upcoming = 0;

  constructor(
    badge: SimulatedBadge,
    private readonly source: EventSource,
    private readonly scenario: Pick<Scenario, 'seed' | 'to'>,
    private readonly replication: number,
    private readonly key = badge.entry.key,
  ) {
    this.waves = badge.entry.enrol
      .map((entry, position) => {
        const readiness = enrolmentAt(badge, entry.at);
        const refused = 'refused' in readiness ? readiness.refused : 0;
        return { ...entry, position, refused, expiresOn: 'refused' in readiness ? -Infinity : readiness.expiresOn };
      })
      // What would be enrolled at the end or later lies outside the simulated period.
      .filter((wave) => wave.at < scenario.to)
      .sort((left, right) => left.at - right.at || left.position - right.position);
    this.expiresOn = Float64Array.from([-Infinity, ...this.waves.map((wave) => wave.expiresOn)]);
    this.waveOf = new Uint16Array(this.waves.length === 0 ? 0 : source.customers);
  }

  get isEmpty(): boolean {
    return this.waves.length === 0;
  }

  /** Instant of the next wave; Infinity after the last. */
  get nextAt(): Instant {
    return this.waves[this.upcoming]?.at ?? Infinity;
  }

  /** Makes the next wave's issueBulk call: customers in the order of their ids (semantics B1). */
  runNext(): void {
    const wave = this.waves[this.upcoming]!;
    const number = ++this.upcoming;
    for (const customer of this.chosen(wave)) {
      if (wave.refused !== 0) {
        this.reject(wave.refused);
        continue;
      }
      const earlier = this.waveOf[customer]!;
      if (earlier !== 0 && wave.at < this.expiresOn[earlier]! && this.waves[earlier - 1]!.at < wave.expiresOn) {
        this.reject(1040);
        continue;
      }
      this.waveOf[customer] = number;
      this.enrolled += 1;
      this.observer?.(customer, wave.expiresOn);
    }
  }

  private reject(code: number): void {
    this.rejected.set(code, (this.rejected.get(code) ?? 0) + 1);
  }

  /** Exactly the wanted share, rounded to whole customers, each subset alike (Knuth's algorithm S: sequential sampling). */
  private *chosen(wave: Wave): Generator<number> {
    const { segmentOf, segmentNames, customers, joinsAt = null } = this.source;
    const wanted = wave.segments === null ? null : new Set(wave.segments.map((name) => segmentNames.indexOf(name)));
    const isEligible = (customer: number): boolean =>
      // Nobody is enrolled before they have joined.
      (joinsAt === null || joinsAt[customer]! <= wave.at) &&
      (wanted === null || (segmentOf !== null && wanted.has(segmentOf[customer]!)));
    let eligible = 0;
    for (let customer = 0; customer < customers; customer += 1) if (isEligible(customer)) eligible += 1;
    let toChoose = Math.round(eligible * wave.share);
    const draws =
      toChoose < eligible
        ? new RandomStream(['share', this.scenario.seed, this.replication, this.key, wave.position])
        : null;
    for (let customer = 0; customer < customers && toChoose > 0; customer += 1) {
      if (!isEligible(customer)) continue;
      if (draws === null || draws.uniform() * eligible < toChoose) {
        toChoose -= 1;
        yield customer;
      }
      eligible -= 1;
    }
  }
}
