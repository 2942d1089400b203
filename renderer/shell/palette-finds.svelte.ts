import { badges } from '../features/badges/badges.svelte';
import { pictureAddress } from '../../shared/art/picture-address';
import type { BadgeSummary } from '../../shared/ipc/badges-contract';
import type { BadgeView } from '../../shared/ipc/views-contract';
import type { KeptScenario } from '../../shared/ipc/kept-scenarios-contract';
import type { SimulationSummary } from '../../shared/ipc/simulation-contract';
import type { Door } from '../lib/backend';
import { badgeTitle } from '../lib/badge-title';
import { formatInstant } from '../lib/format';
import { workspace } from '../lib/workspace.svelte';
import { navigation } from './navigation.svelte';
import { scenarioToOpen } from './scenario-to-open.svelte';
import { toasts } from './toasts.svelte';

/** Something that a person made, found by its name. */
export interface Find {
  /** Unique among commands and finds. */
  id: string;
  kind: 'view' | 'badge' | 'scenario' | 'result';
  title: string;
  /** What tells it from another of this name. */
  note: string;
  /** Address of its picture; null where it has none. */
  picture: string | null;
  run: () => void;
}

/** Of each kind: more are looked for on their own screens. */
const MOST = 6;
/** Milliseconds without a key before the backend is asked. */
const PAUSE = 120;

/** The views, badges, scenarios and kept results whose names are searched for in the palette. */
export class PaletteFinds {
  /** What fits the search that was asked last; what fitted the one before stands until then. */
  found = $state.raw<readonly Find[]>([]);
  readonly #door: Door;
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(door: Door) {
    this.#door = door;
  }

  /** Looks for a search, once nothing more is typed; an empty one finds nothing. */
  look(search: string): void {
    clearTimeout(this.#timer);
    const turn = (this.#turn += 1);
    if (search.trim() === '') {
      this.found = [];
      return;
    }
    this.#timer = setTimeout(() => {
      // The palette also works where the backend does not answer.
      void this.#ask(search.trim().slice(0, 200))
        .catch(() => [])
        .then((found) => {
          if (turn === this.#turn) this.found = found;
        });
    }, PAUSE);
  }

  async #ask(search: string): Promise<readonly Find[]> {
    const [{ views }, badges, scenarios, results] = await Promise.all([
      this.#door('badgeViews.list', {}),
      this.#door('badges.list', { filter: { search }, limit: MOST }),
      this.#door('scenarios.find', { search, limit: MOST }),
      this.#door('simulation.list', { search, limit: MOST }),
    ]);
    const digests = badges.rows.flatMap(({ art }) => (art === null ? [] : [art]));
    const { pictures } = digests.length === 0 ? { pictures: {} } : await this.#door('art.thumbnails', { digests });
    return [
      ...viewsNamed(views, search).map(viewFind),
      ...badges.rows.map((row) => badgeFind(row, pictures)),
      ...scenarios.map(scenarioFind),
      ...results.rows.map(resultFind),
    ];
  }
}

/** Views whose names have every word of a search. */
function viewsNamed(views: readonly BadgeView[], search: string): readonly BadgeView[] {
  const words = search.toLowerCase().split(/\s+/);
  return views.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word))).slice(0, MOST);
}

function viewFind({ name }: BadgeView): Find {
  return {
    ...{ id: `view-${name}`, kind: 'view', title: name, note: '', picture: null },
    run: () => {
      navigation.go('badges');
      badges.views.choose(name).catch((error: unknown) => toasts.failure(error));
    },
  };
}

function badgeFind(row: BadgeSummary, pictures: Readonly<Record<string, string>>): Find {
  const svg = row.art === null ? undefined : pictures[row.art];
  return {
    ...{ id: `badge-${row.id}`, kind: 'badge', title: badgeTitle(row), note: row.description ?? '' },
    picture: svg === undefined ? null : pictureAddress(svg),
    run: () => navigation.go('badges', { badgeId: row.id }),
  };
}

function scenarioFind({ file, name }: Pick<KeptScenario, 'file' | 'name'>): Find {
  return {
    ...{ id: `scenario-${file}`, kind: 'scenario', title: name, note: file, picture: null },
    run: () => {
      scenarioToOpen.ask({ kept: file });
      navigation.go('simulate');
    },
  };
}

function resultFind({ id, name, ranOn }: SimulationSummary): Find {
  return {
    ...{ id: `result-${String(id)}`, kind: 'result', title: name, note: formatInstant(ranOn, workspace.zone) },
    picture: null,
    run: () => {
      navigation.go('simulate');
      // Its code comes with the screen.
      import('../features/simulate/screen.svelte')
        .then(({ simulateScreen }) => simulateScreen.open(id))
        .catch((error: unknown) => toasts.failure(error));
    },
  };
}
