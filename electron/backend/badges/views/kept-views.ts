import { z } from 'zod';
import type { DraftList } from '../../../../db/workspace/draft-list';
import type { SettingsStore } from '../../../../db/workspace/settings';
import { BADGE_OWNERS, type BadgeOwner } from '../../../../shared/domain/badge';
import type { Instant } from '../../../../shared/domain/instant';
import { badgeFilter, badgeSort } from '../../../../shared/ipc/badges-contract';
import { Failure } from '../../../../shared/ipc/errors';
import {
  BADGE_COLUMNS,
  BADGE_LOOKS,
  FIRST_COLUMNS,
  MOST_VIEWS,
  type BadgeView,
  type ShownAs,
  type ShownBadges,
} from '../../../../shared/ipc/views-contract';
import { message } from '../../../../shared/words/message';

/** A list of which what this version does not know is passed over. */
const someOf = <T extends z.ZodType>(one: T): z.ZodType<z.output<T>[]> =>
  z.array(z.unknown()).transform((all) => all.flatMap((each) => one.safeParse(each).data ?? [])) as never;

const keptLook = {
  look: z.enum(BADGE_LOOKS).catch('list'),
  columns: someOf(z.enum(BADGE_COLUMNS)).catch([...FIRST_COLUMNS]),
};

/** A view as it is kept. What another version wrote differently is left out of it rather than losing the view. */
const keptView = z.object({
  name: z.string().min(1),
  filter: z
    .object({
      search: badgeFilter.shape.search.catch(''),
      status: someOf(badgeFilter.shape.status.unwrap().element).catch([]),
      earnType: someOf(badgeFilter.shape.earnType.unwrap().element).catch([]),
      owner: someOf(z.string()).catch([]),
      tag: someOf(z.string()).catch([]),
      withProblems: badgeFilter.shape.withProblems.catch(false),
    })
    .catch({ search: '', status: [], earnType: [], owner: [], tag: [], withProblems: false }),
  sort: badgeSort.catch({ by: 'changedOn', descending: true }),
  ...keptLook,
});
type KeptView = z.output<typeof keptView>;

const isOwner = (owner: string): owner is BadgeOwner => (BADGE_OWNERS as readonly string[]).includes(owner);

/** Views of the badge list, kept among the settings of the workspace. */
export class KeptViews {
  readonly #settings: Pick<SettingsStore, 'kept' | 'keep'>;
  readonly #list: Pick<DraftList, 'facets' | 'unusedTags'>;

  constructor(settings: Pick<SettingsStore, 'kept' | 'keep'>, list: Pick<DraftList, 'facets' | 'unusedTags'>) {
    this.#settings = settings;
    this.#list = list;
  }

  /** All of them, with what they ask for and no badge has. */
  list(now: Instant): BadgeView[] {
    const kept = this.#kept();
    const unused = new Set(this.#list.unusedTags([...new Set(kept.flatMap(({ filter }) => filter.tag))]));
    const owners = kept.some(({ filter }) => filter.owner.length > 0) ? this.#list.facets(EVERYTHING, now).owner : {};
    return kept.map(({ filter, ...view }) => ({
      ...view,
      filter: { ...filter, owner: filter.owner.filter(isOwner) },
      missing: {
        tags: filter.tag.filter((tag) => unused.has(tag)),
        owners: filter.owner.filter((owner) => (owners[owner] ?? 0) === 0),
      },
    }));
  }

  /** @throws Failure `conflict` where the name is taken and is not to be replaced, `invalid-input` where there are too many */
  keep(name: string, shown: ShownBadges, how: { replace: boolean; place?: number | undefined }): void {
    const kept = this.#kept();
    const view: KeptView = { name, ...shown };
    const old = kept.findIndex((other) => other.name === name);
    if (old >= 0 && !how.replace) throw taken(name);
    if (old >= 0) this.#write(kept.with(old, view));
    else if (kept.length >= MOST_VIEWS)
      throw new Failure('invalid-input', message('views.tooMany', { most: MOST_VIEWS }));
    else this.#write(kept.toSpliced(how.place ?? kept.length, 0, view));
  }

  /** @throws Failure `conflict` where the new name is taken, `not-found` */
  rename(from: string, to: string): void {
    const kept = this.#kept();
    const place = kept.findIndex(({ name }) => name === from);
    const view = kept[place];
    if (view === undefined) throw new Failure('not-found', message('views.gone', { view: from }));
    if (from !== to && kept.some(({ name }) => name === to)) throw taken(to);
    this.#write(kept.with(place, { ...view, name: to }));
  }

  remove(name: string): void {
    this.#write(this.#kept().filter((view) => view.name !== name));
  }

  /** How the list was shown last; as a list where nobody chose. */
  shownAs(): ShownAs {
    return z.object(keptLook).parse(this.#settings.kept('badgeLook') ?? {});
  }

  showAs(shown: ShownAs): void {
    this.#settings.keep('badgeLook', shown);
  }

  #kept(): KeptView[] {
    const kept = z.array(z.unknown()).safeParse(this.#settings.kept('badgeViews'));
    return (kept.data ?? []).flatMap((one) => keptView.safeParse(one).data ?? []);
  }

  #write(views: readonly KeptView[]): void {
    this.#settings.keep('badgeViews', views);
  }
}

const EVERYTHING = badgeFilter.parse({});

const taken = (view: string): Failure => new Failure('conflict', message('views.taken', { view }));
