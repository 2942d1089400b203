import type { OrgSettings } from '../../../../shared/domain/settings';
import type { CallVerdict, Explanation, SwitchReport } from '../../../../shared/fidelity/fidelity-report';
import { GATEWAY_SWITCHES } from '../../../../shared/gateway/switches';
import { play, type Playable, type Played } from './play';
import {
  currentText,
  otherPositions,
  switchValue,
  textOfValue,
  turnsFor,
  withTurns,
  type Turn,
} from './switch-candidates';

/** Calls played in all while switches are tried. */
const MOST_CALLS = 1_000_000;
/** Pairs tried where no single switch carries on. */
const MOST_PAIRS = 400;
/** Sets that explain alike, of which the report tells. */
const MOST_SETS = 12;

interface Node {
  turns: readonly Turn[];
  firstDifferent: number;
  verdict: CallVerdict;
}

export interface SearchOptions {
  signal?: AbortSignal;
  /** @param tried positions of switches so far */
  progress?: (tried: number) => void;
}

const nameOf = (turns: readonly Turn[]): string =>
  turns
    .map(({ option, value }) => `${option}=${textOfValue(value)}`)
    .sort()
    .join(' ');

/**
 * Tries switches until a recording replays without a difference. Each step mends the first call that differs: a switch
 * counts that carries the replay past it. All sets of the fewest switches are found, so that nothing is guessed where
 * several explain alike.
 */
class Search {
  #budget = MOST_CALLS;
  #tried = 0;
  readonly #playable: Playable;
  readonly #settings: Partial<OrgSettings>;
  readonly #options: SearchOptions;

  constructor(playable: Playable, settings: Partial<OrgSettings>, options: SearchOptions) {
    this.#playable = playable;
    this.#settings = settings;
    this.#options = options;
  }

  get isSpent(): boolean {
    return this.#budget <= 0;
  }

  async #play(turns: readonly Turn[]): Promise<Played | null> {
    if (this.isSpent) return null;
    const { signal } = this.#options;
    const settings = withTurns(this.#settings, turns);
    const played = await play(this.#playable, { settings, untilDifferent: true, ...(signal && { signal }) });
    this.#budget -= played.played;
    this.#tried += 1;
    this.#options.progress?.(this.#tried);
    return played;
  }

  /** Nodes that carry on past the first difference of this one. */
  async #steps(node: Node): Promise<Node[]> {
    const call = this.#playable.calls[node.firstDifferent]!;
    const settings = withTurns(this.#settings, node.turns);
    const free = turnsFor(settings, node.verdict, call, this.#playable.calls).filter(
      // What was turned to come here stays.
      ({ key }) => !node.turns.some((turned) => turned.key === key),
    );
    const single = await this.#carryingOn(
      node,
      free.map((turn) => [turn]),
    );
    if (single.length > 0) return single;
    const pairs = free.flatMap((one, index) =>
      free.slice(index + 1).flatMap((other) => (one.key === other.key ? [] : [[one, other]])),
    );
    return this.#carryingOn(node, pairs.slice(0, MOST_PAIRS));
  }

  async #carryingOn(node: Node, candidates: readonly (readonly Turn[])[]): Promise<Node[]> {
    const found: Node[] = [];
    for (const candidate of candidates) {
      const turns = [...node.turns, ...candidate];
      const played = await this.#play(turns);
      if (played === null) return found;
      if (played.firstDifferent <= node.firstDifferent) continue;
      found.push({ turns, firstDifferent: played.firstDifferent, verdict: played.verdicts.at(-1)! });
    }
    return found;
  }

  /** The smallest sets of turns under which nothing differs; empty where none was found. */
  async solve(first: Played): Promise<{ sets: Turn[][]; furthest: Node | null }> {
    const { length } = this.#playable.calls;
    const verdict = first.verdicts[first.firstDifferent]!;
    let level: Node[] = [{ turns: [], firstDifferent: first.firstDifferent, verdict }];
    let furthest: Node | null = null;
    const seen = new Set<string>();
    while (level.length > 0 && !this.isSpent) {
      const next: Node[] = [];
      for (const node of level) {
        for (const step of await this.#steps(node)) {
          const name = nameOf(step.turns);
          if (seen.has(name)) continue;
          seen.add(name);
          next.push(step);
          if (furthest === null || step.firstDifferent > furthest.firstDifferent) furthest = step;
        }
      }
      const solved = next.filter(({ firstDifferent }) => firstDifferent === length);
      if (solved.length > 0) {
        const fewest = Math.min(...solved.map(({ turns }) => turns.length));
        return {
          sets: solved.filter(({ turns }) => turns.length === fewest).map(({ turns }) => [...turns]),
          furthest,
        };
      }
      level = next;
    }
    return { sets: [], furthest };
  }

  /** What the recording says of each switch, given those that explain it. */
  async states(solution: readonly Turn[], sets: readonly (readonly Turn[])[]): Promise<SwitchReport[]> {
    const settings = withTurns(this.#settings, solution);
    const reports: SwitchReport[] = [];
    for (const { key, option } of GATEWAY_SWITCHES) {
      const turned = solution.find((turn) => turn.key === key);
      const used = currentText(this.#settings, key);
      const value = currentText(settings, key);
      const inSets = [...new Set(sets.map((set) => set.find((turn) => turn.key === key)).map((turn) => turn?.value))];
      const alike: string[] = [];
      let call: number | null = null;
      let isWhole = true;
      for (const turn of otherPositions(settings, key, this.#playable.calls)) {
        const played = await this.#play([...solution.filter((other) => other.key !== key), turn]);
        if (played === null) isWhole = false;
        else if (played.firstDifferent === this.#playable.calls.length) alike.push(textOfValue(turn.value));
        else call = Math.min(call ?? Infinity, played.firstDifferent + 1);
      }
      if (inSets.length > 1) {
        const values = inSets.map((one) => (one === undefined ? used : textOfValue(one)));
        reports.push({ option, value, used, state: 'either', values, call });
      } else if (turned !== undefined) {
        reports.push({ option, value, used, state: alike.length > 0 ? 'either' : 'turned', values: alike, call });
      } else {
        const state = alike.length > 0 || call === null || !isWhole ? 'open' : 'holds';
        reports.push({ option, value, used, state, values: alike, call });
      }
    }
    return reports;
  }
}

/** What the switches say about a recording that was played once to its end. */
export async function searchSwitches(
  playable: Playable,
  settings: Partial<OrgSettings>,
  first: Played,
  options: SearchOptions = {},
): Promise<{ switches: SwitchReport[]; explanation: Explanation }> {
  const search = new Search(playable, settings, options);
  const { length } = playable.calls;
  if (first.firstDifferent === length) {
    const switches = await search.states([], []);
    return { switches, explanation: { found: 'none', sets: [], closest: null, isBounded: search.isSpent } };
  }
  const { sets, furthest } = await search.solve(first);
  const [solution] = sets;
  if (solution !== undefined) {
    const switches = await search.states(solution, sets);
    return {
      switches,
      explanation: {
        found: 'some',
        sets: sets.slice(0, MOST_SETS).map((set) => set.map(switchValue)),
        closest: null,
        isBounded: search.isSpent,
      },
    };
  }
  const isBounded = search.isSpent;
  const signal = options.signal && { signal: options.signal };
  const best =
    furthest &&
    (await play(playable, { settings: withTurns(settings, furthest.turns), untilDifferent: false, ...signal }));
  return {
    switches: GATEWAY_SWITCHES.map(({ key, option }) => {
      const value = currentText(settings, key);
      return { option, value, used: value, state: 'open', values: [], call: null };
    }),
    explanation: {
      ...{ found: 'no', sets: [], isBounded },
      closest:
        furthest && best
          ? {
              switches: furthest.turns.map(switchValue),
              different: best.verdicts.filter(({ verdict }) => verdict === 'different').length,
            }
          : null,
    },
  };
}
