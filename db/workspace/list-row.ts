import type { Database, Statement } from 'better-sqlite3';
import type { OwnerType } from '../../shared/domain/badge';
import type { Instant } from '../../shared/domain/instant';
import { DEFAULT_SETTINGS } from '../../shared/domain/settings';
import { inspectDraft, type DraftInspection } from './inspect-draft';
import { folded, outlineOf, type Outline } from './outline';
import { ownerBits } from './stored-owners';

interface CurrentState {
  body: string;
  migration: number;
  startSetOn: Instant;
  name: string;
}

/**
 * Keeps the columns that the list shows and filters by in step with what a draft says now. Called inside the
 * transaction of every change, so that the list is never behind the drafts.
 */
export class ListRows {
  readonly #current: Statement<[number], CurrentState>;
  readonly #claimedBy: Statement<[number], OwnerType>;
  readonly #update: Statement<[Record<string, unknown>]>;
  readonly #removeTags: Statement<[number]>;
  readonly #addTag: Statement<[number, string, string]>;
  readonly #namesakes: Statement<[string], number>;
  readonly #markNamesakes: Statement<[{ name: string; shared: number }]>;

  constructor(connection: Database) {
    this.#current = connection.prepare(
      `SELECT body, migration, start_set_on AS startSetOn, name
         FROM badges JOIN revisions ON badge_key = key AND revisions.revision = badges.revision WHERE key = ?`,
    );
    this.#claimedBy = connection
      .prepare<[number], OwnerType>('SELECT owner_type FROM claims WHERE badge_key = ? AND is_active')
      .pluck();
    this.#update = connection.prepare(
      `UPDATE badges SET name = :name, sort_name = :sortName, search_text = :searchText, description = :description, earn_type = :earnType,
              start_on = :startOn, expires_on = :expiresOn, active = :active, owners = :owners, tags = :tags, active_claims = :activeClaims,
              problems = :problems, problems_past_allowed = :problemsPastAllowed
        WHERE key = :key`,
    );
    this.#removeTags = connection.prepare('DELETE FROM badge_tags WHERE badge_key = ?');
    this.#addTag = connection.prepare('INSERT INTO badge_tags (badge_key, tag, name) VALUES (?, ?, ?)');
    this.#namesakes = connection
      .prepare<[string], number>(
        'SELECT count(*) FROM (SELECT 1 FROM badges WHERE name = ? AND deleted_on IS NULL LIMIT 2)',
      )
      .pluck();
    this.#markNamesakes = connection.prepare(
      'UPDATE badges SET name_shared = :shared WHERE name = :name AND deleted_on IS NULL AND name_shared <> :shared',
    );
  }

  /** Rewrites the list columns of one draft from its current revision and its claims. */
  refresh(key: number, id: string): void {
    const current = this.#current.get(key);
    if (!current) throw new Error(`Draft ${id} has no current revision.`);
    const claimedBy = this.#claimedBy.all(key);
    const outline = outlineOf(current.body);
    this.#update.run({
      key,
      ...columnsOf(outline, id),
      activeClaims: claimedBy.length,
      ...countProblems(current, claimedBy),
    });
    this.#removeTags.run(key);
    for (const { tag, name } of outline.tags) this.#addTag.run(key, tag, name);
    if (current.name !== outline.name) this.refreshNamesakes(current.name);
    this.refreshNamesakes(outline.name);
  }

  /** Marks all drafts of this name as sharing it, or the only one as not sharing it (725). */
  refreshNamesakes(name: string): void {
    if (name.trim() === '') return;
    this.#markNamesakes.run({ name, shared: (this.#namesakes.get(name) ?? 0) > 1 ? 1 : 0 });
  }

  /** A deleted draft leaves the tag counts; {@link refresh} brings it back into them. */
  removeTags(key: number): void {
    this.#removeTags.run(key);
  }
}

function columnsOf(outline: Outline, id: string): Record<string, unknown> {
  const tags = outline.tags.map(({ tag }) => tag);
  return {
    name: outline.name,
    sortName: folded(outline.name),
    searchText: folded([outline.name, outline.excerpt ?? '', outline.description ?? '', ...tags, id].join('\n')),
    description: outline.description,
    earnType: outline.earnType,
    startOn: outline.startOn,
    expiresOn: outline.expiresOn,
    active: outline.active ? 1 : 0,
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
    migration: current.migration === 1,
    startSetOn: current.startSetOn,
    claimedBy,
  };
  const judge = (allowPastStart: boolean): DraftInspection =>
    inspectDraft(draft, { zone: DEFAULT_SETTINGS.zone, allowPastStart }, () => false);
  const { issues } = judge(false);
  const startsInPast = issues.some(({ code }) => code === 722);
  return { problems: issues.length, problemsPastAllowed: startsInPast ? judge(true).issues.length : issues.length };
}
