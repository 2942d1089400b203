import type { Database } from 'better-sqlite3';
import { and, eq, isNull, ne } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { OwnerType } from '../../shared/domain/badge';
import type { Instant } from '../../shared/domain/instant';
import { DEFAULT_SETTINGS } from '../../shared/domain/settings';
import { given, givenColumns } from '../given';
import { lazily } from '../lazily';
import { inspectDraft, type DraftInspection } from './inspect-draft';
import { folded, outlineOf, type Outline } from './outline';
import { badges, badgeTags, claims, revisions } from './schema';
import { ownerBits } from './stored-owners';

interface CurrentState {
  body: string;
  art: string | null;
  migration: boolean;
  startSetOn: Instant;
  name: string;
}

/** The list's columns that a draft's text decides. */
const OF_OUTLINE = [
  'name',
  'sortName',
  'searchText',
  'description',
  'earnType',
  'startOn',
  'expiresOn',
  'active',
  'owners',
  'tags',
] as const;

function prepareQueries(connection: Database) {
  const database = drizzle(connection);
  const ofKey = eq(badges.key, given(badges.key, 'key'));
  const ofName = and(eq(badges.name, given(badges.name, 'name')), isNull(badges.deletedOn));
  return lazily({
    current: () =>
      database
        .select({
          body: revisions.body,
          migration: revisions.migration,
          startSetOn: revisions.startSetOn,
          name: badges.name,
          art: revisions.art,
        })
        .from(badges)
        .innerJoin(revisions, and(eq(revisions.badgeKey, badges.key), eq(revisions.revision, badges.revision)))
        .where(ofKey)
        .prepare(),
    claimedBy: () =>
      database
        .select({ ownerType: claims.ownerType })
        .from(claims)
        .where(and(eq(claims.badgeKey, given(claims.badgeKey, 'key')), eq(claims.isActive, true)))
        .prepare(),
    update: () =>
      database
        .update(badges)
        .set(givenColumns(badges, ...OF_OUTLINE, 'activeClaims', 'problems', 'problemsPastAllowed', 'art'))
        .where(ofKey)
        .prepare(),
    removeTags: () =>
      database
        .delete(badgeTags)
        .where(eq(badgeTags.badgeKey, given(badgeTags.badgeKey, 'key')))
        .prepare(),
    addTag: () =>
      database
        .insert(badgeTags)
        .values(givenColumns(badgeTags, 'badgeKey', 'tag', 'name'))
        .prepare(),
    // Two are enough to know that there are several.
    namesakes: () => database.select({ key: badges.key }).from(badges).where(ofName).limit(2).prepare(),
    markNamesakes: () =>
      database
        .update(badges)
        .set(givenColumns(badges, 'nameShared'))
        .where(and(ofName, ne(badges.nameShared, given(badges.nameShared, 'nameShared'))))
        .prepare(),
  });
}

/**
 * Keeps the columns that the list shows and filters by in step with what a draft says now. Called inside the
 * transaction of every change, so that the list is never behind the drafts.
 */
export class ListRows {
  readonly #queries: ReturnType<typeof prepareQueries>;

  constructor(connection: Database) {
    this.#queries = prepareQueries(connection);
  }

  /** Rewrites the list columns of one draft from its current revision and its claims. */
  refresh(key: number, id: string): void {
    const current = this.#queries.current.get({ key });
    if (!current) throw new Error(`Draft ${id} has no current revision.`);
    const claimedBy = this.#queries.claimedBy.all({ key }).map(({ ownerType }) => ownerType as OwnerType);
    const outline = outlineOf(current.body);
    this.#queries.update.run({
      key,
      ...columnsOf(outline, id),
      activeClaims: claimedBy.length,
      art: current.art,
      ...countProblems(current, claimedBy),
    });
    this.removeTags(key);
    for (const { tag, name } of outline.tags) this.#queries.addTag.run({ badgeKey: key, tag, name });
    if (current.name !== outline.name) this.refreshNamesakes(current.name);
    this.refreshNamesakes(outline.name);
  }

  /** Marks all drafts of this name as sharing it, or the only one as not sharing it (725). */
  refreshNamesakes(name: string): void {
    if (name.trim() === '') return;
    this.#queries.markNamesakes.run({ name, nameShared: this.#queries.namesakes.all({ name }).length > 1 });
  }

  /** A deleted draft leaves the tag counts; {@link refresh} brings it back into them. */
  removeTags(key: number): void {
    this.#queries.removeTags.run({ key });
  }
}

function columnsOf(outline: Outline, id: string): Pick<typeof badges.$inferInsert, (typeof OF_OUTLINE)[number]> {
  const tags = outline.tags.map(({ tag }) => tag);
  return {
    name: outline.name,
    sortName: folded(outline.name),
    searchText: folded([outline.name, outline.excerpt ?? '', outline.description ?? '', ...tags, id].join('\n')),
    description: outline.description,
    earnType: outline.earnType,
    startOn: outline.startOn,
    expiresOn: outline.expiresOn,
    active: outline.active,
    owners: ownerBits(outline.owners),
    tags: JSON.stringify(tags),
  };
}

function countProblems(
  current: CurrentState,
  claimedBy: readonly OwnerType[],
): { problems: number; problemsPastAllowed: number } {
  const draft = {
    body: current.body,
    migration: current.migration,
    startSetOn: current.startSetOn,
    claimedBy,
  };
  const judge = (allowPastStart: boolean): DraftInspection =>
    inspectDraft(draft, { zone: DEFAULT_SETTINGS.zone, allowPastStart }, () => false);
  const { issues } = judge(false);
  const startsInPast = issues.some(({ code }) => code === 722);
  return { problems: issues.length, problemsPastAllowed: startsInPast ? judge(true).issues.length : issues.length };
}
