import type { BadgeDetail } from '../../../shared/ipc/badges-contract';
import type { Output } from '../../../shared/ipc/contract';
import type { LibraryCopy } from '../../../shared/ipc/library-copies-contract';
import type { Door } from '../../lib/backend';
import type { TravellingScenario } from './scenario-draft';

/** Which badges of the library the badges of the scenario are copies of, and what they say otherwise. */
export class LibraryCopies {
  /** By the place of the badge in the scenario. */
  all = $state.raw<readonly (LibraryCopy | null)[]>([]);
  readonly #door: Door;
  #asked = 0;

  constructor(door: Door) {
    this.#door = door;
  }

  /** The answer to an older scenario never overwrites a newer one. */
  async look(scenario: TravellingScenario): Promise<void> {
    const asked = (this.#asked += 1);
    try {
      const answer = await this.#door('simulation.libraryCopies', scenario);
      if (asked === this.#asked) this.all = answer.copies;
    } catch {
      // A note beside the badge; what keeps the backend from answering is told by what a person asks for.
      if (asked === this.#asked) this.all = [];
    }
  }

  /** A badge of the library as it stands now. */
  read(id: string): Promise<BadgeDetail> {
    return this.#door('badges.get', { id });
  }

  /** Brings what the scenario's badge says otherwise into the library's draft. @param place of the badge in the scenario */
  use(scenario: TravellingScenario, place: number, copy: LibraryCopy): Promise<Output<'simulation.useInBadge'>> {
    const { id, revision: baseRevision } = copy;
    return this.#door('simulation.useInBadge', { scenario, badge: place, id, baseRevision });
  }

  /** Takes the last step of the library's draft back. */
  undo(id: string): Promise<BadgeDetail> {
    return this.#door('badges.undo', { id });
  }

  clear(): void {
    this.#asked += 1;
    this.all = [];
  }
}
