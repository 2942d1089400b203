import {
  FIRST_COLUMNS,
  type BadgeColumn,
  type BadgeLook,
  type BadgeView,
  type ShownAs,
  type ShownBadges,
} from '../../../shared/ipc/views-contract';
import type { Door } from '../../lib/backend';
import { say } from '../../lib/say.svelte';
import { toasts } from '../../shell/toasts.svelte';
import { lastLook } from './last-look';
import { isEverything, type BadgeListing } from './listing.svelte';

/** How the badges are shown, views of them that are kept, and the one that was chosen. */
export class BadgeViews {
  all = $state.raw<readonly BadgeView[]>([]);
  /** A name is asked for: of what is shown (`null`), or another one of this view; undefined: it is not. */
  naming = $state.raw<BadgeView | null | undefined>();
  look = $state<BadgeLook>(lastLook() ?? 'list');
  /** Of the table, beside the name. */
  columns = $state.raw<readonly BadgeColumn[]>(FIRST_COLUMNS);
  #chosenName = $state<string | null>(null);
  /** What was chosen before it was known how the badges were shown; null: that is known. */
  #early: Partial<ShownAs> | null = {};
  readonly #door: Door;
  readonly #listing: BadgeListing;

  /** The view that was chosen last; null where none is, or everything is shown again. */
  readonly chosen: BadgeView | null = $derived.by(() => {
    if (isEverything(this.#listing) && !this.#isShown(this.#named)) return null;
    return this.#named;
  });
  /** Whether search, filters or order moved away from the chosen view. */
  readonly changed: boolean = $derived(this.chosen !== null && !this.#isShown(this.chosen));

  constructor(door: Door, listing: BadgeListing) {
    this.#door = door;
    this.#listing = listing;
  }

  get #named(): BadgeView | null {
    return this.all.find(({ name }) => name === this.#chosenName) ?? null;
  }

  isTaken(name: string): boolean {
    return this.all.some((view) => view.name === name.trim());
  }

  async load(): Promise<void> {
    const { views } = await this.#door('badgeViews.list', {});
    this.all = views;
  }

  /** Reads what is kept, and shows the badges as they were shown last. */
  async start(): Promise<void> {
    let chosen: Partial<ShownAs> = {};
    const { views, shownAs } = await this.#door('badgeViews.list', {}).finally(() => {
      chosen = this.#early ?? {};
      this.#early = null;
    });
    this.all = views;
    if (Object.keys(chosen).length === 0) this.#become(shownAs);
    else this.showAs({ ...shownAs, ...chosen });
  }

  /** Shows the badges otherwise from now on. */
  showAs(shown: Partial<ShownAs>): void {
    const next = { look: this.look, columns: [...this.columns], ...shown };
    this.#become(next);
    if (this.#early !== null) {
      this.#early = { ...this.#early, ...shown };
      return;
    }
    this.#door('badgeViews.showAs', next).catch((error: unknown) => toasts.failure(error));
  }

  #become({ look, columns }: ShownAs): void {
    this.look = look;
    this.columns = columns;
    this.#listing.shownAs(look);
  }

  /** Shows a view by its name. What its filter asks for and is gone is looked up anew. */
  async choose(name: string): Promise<void> {
    await this.load();
    const view = this.all.find((known) => known.name === name);
    if (view === undefined) return;
    this.#chosenName = name;
    this.showAs({ look: view.look, columns: [...view.columns] });
    this.#listing.show(view);
  }

  /** Shows everything again, what was changed last at the top. */
  leave(): void {
    this.#chosenName = null;
    this.#listing.showEverything();
  }

  /** Keeps what is shown. @throws Failure where it cannot be kept */
  async keep(name: string, replace: boolean): Promise<void> {
    const kept = name.trim();
    const { views } = await this.#door('badgeViews.keep', { ...this.#shown(), name: kept, replace });
    this.all = views;
    this.#chosenName = kept;
    this.#listing.announcement = say('views.kept', { view: kept });
  }

  /** @throws Failure where it cannot be renamed */
  async rename(from: string, to: string): Promise<void> {
    this.all = (await this.#door('badgeViews.rename', { from, to: to.trim() })).views;
    if (this.#chosenName === from) this.#chosenName = to.trim();
  }

  /** Deletes a view; the message brings it back to its place. The list stays as it is. */
  async remove({ missing: _missing, ...view }: BadgeView): Promise<void> {
    const { name } = view;
    const place = this.all.findIndex((other) => other.name === name);
    const wasChosen = this.#chosenName === name;
    this.all = (await this.#door('badgeViews.remove', { name })).views;
    if (wasChosen) this.#chosenName = null;
    const bringBack = async (): Promise<void> => {
      this.all = (
        await this.#door('badgeViews.keep', { ...view, columns: [...view.columns], place: Math.max(0, place) })
      ).views;
      if (wasChosen) this.#chosenName = name;
    };
    toasts.info(say('views.removed', { view: name }), {
      label: say('phrases.undo'),
      run: () => void bringBack().catch((error: unknown) => toasts.failure(error)),
    });
  }

  /** Keeps the chosen view without what no badge has any more. */
  async takeOutMissing({ missing, filter, ...view }: BadgeView): Promise<void> {
    const { tag, owner } = filter;
    const left = {
      ...filter,
      tag: tag.filter((asked) => !missing.tags.includes(asked)),
      owner: owner.filter((asked) => !missing.owners.includes(asked)),
    };
    const order = { ...view, columns: [...view.columns], filter: left, replace: true };
    this.all = (await this.#door('badgeViews.keep', order)).views;
    await this.choose(view.name);
  }

  #shown(): ShownBadges {
    const { filter, sort } = this.#listing;
    const { look, columns } = this;
    return { look, columns: [...columns], filter: $state.snapshot(filter), sort: $state.snapshot(sort) };
  }

  #isShown(view: BadgeView | null): boolean {
    if (view === null) return false;
    return textOf(this.#shown()) === textOf(view);
  }
}

/** The same for two that show the same, whatever the order in which their filters were chosen. */
function textOf({ look, columns, filter, sort }: ShownBadges): string {
  const { search, status, earnType, owner, tag, withProblems } = filter;
  const sets = [status, earnType, owner, tag].map((chosen) => [...chosen].toSorted());
  const drawn = look === 'table' ? columns : [];
  return JSON.stringify([look, drawn, search.trim(), sets, withProblems, sort.by, sort.descending]);
}
