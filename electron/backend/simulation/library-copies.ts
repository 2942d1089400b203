import type { Draft, DraftStore } from '../../../db/workspace/drafts';
import { isObject, type JsonObject } from '../../../shared/domain/body-reader';
import type { BadgeDefinition } from '../../../shared/domain/badge';
import { readJson, writeJson } from '../../../shared/domain/json';
import { readBadge } from '../../../shared/domain/read-badge';
import { fieldMessage, MEANING_FIELDS, meaningOf, type MeaningField } from '../../../shared/gateway/meaning';
import { Failure } from '../../../shared/ipc/errors';
import type {
  CopyDifference,
  LibraryCopy,
  libraryCopiesMethods,
  UpdateRefusal,
} from '../../../shared/ipc/library-copies-contract';
import type { HandlersOf } from '../../../shared/ipc/serve';
import { inEnglish } from '../../../shared/words/english';
import { message } from '../../../shared/words/message';
import { badgeBody, withFieldsOf } from '../badges/badge-body';
import { valueInWords } from '../badges/value-words';
import { bodyOf, type SimulationContext } from './simulations';

/** What live orgs would refuse of a badge's draft, were its body another one. */
export type UpdateRefusals = (
  badgeId: string,
  body: string,
) => readonly (UpdateRefusal & { field: MeaningField | null })[];

/** A badge entry of a scenario, as far as it is needed here. */
interface CopiedEntry {
  badge: JsonObject;
  library: { badge: string; revision: number } | null;
}

function entryOf(value: unknown): CopiedEntry | null {
  if (!isObject(value) || !isObject(value['badge'])) return null;
  const { badge, library } = value;
  const isLinked = isObject(library) && typeof library['badge'] === 'string' && typeof library['revision'] === 'number';
  return {
    badge,
    library: isLinked ? { badge: library['badge'] as string, revision: library['revision'] as number } : null,
  };
}

function entriesOf(body: unknown): unknown[] {
  return isObject(body) && Array.isArray(body['badges']) ? (body['badges'] as unknown[]) : [];
}

/** The draft that a badge of a scenario is a copy of; undefined where none is known. */
function copiedFrom(drafts: Pick<DraftStore, 'find' | 'named'>, { badge, library }: CopiedEntry): Draft | undefined {
  const linked = library === null ? undefined : drafts.find(library.badge);
  if (linked !== undefined) return linked;
  const { name } = badge;
  return typeof name === 'string' && name !== '' ? drafts.named(name) : undefined;
}

/** The drafts that badges of a scenario are copies of, by the key of the badge. */
export function copiedDrafts(drafts: Pick<DraftStore, 'find' | 'named'>, body: unknown): ReadonlyMap<string, Draft> {
  return new Map(
    entriesOf(body).flatMap((value) => {
      const entry = entryOf(value);
      const draft = entry === null ? undefined : copiedFrom(drafts, entry);
      const key = isObject(value) ? value['key'] : undefined;
      return draft === undefined || typeof key !== 'string' ? [] : [[key, draft] as const];
    }),
  );
}

/** A badge of the library as a body; null where its text is no object. */
function readDraft(draft: Draft): JsonObject | null {
  const reading = readJson(draft.body);
  return reading.ok && isObject(reading.value) ? reading.value : null;
}

/** A library's draft beside the copy in a scenario. */
interface Pair {
  draft: Draft;
  library: JsonObject;
  here: BadgeDefinition;
  differing: readonly { field: MeaningField; library: string; here: string }[];
  /** The draft's body with everything from the scenario in which they differ. */
  merged: string;
}

function pairOf(draft: Draft, copy: JsonObject): Pair | null {
  const library = readDraft(draft);
  const there = library === null ? null : readBadge(library).definition;
  const here = readBadge(copy).definition;
  if (library === null || there === null || here === null) return null;
  const [before, after] = [meaningOf(there), meaningOf(here)];
  const differing = MEANING_FIELDS.filter((field) => before[field] !== after[field]).map((field) => ({
    field,
    library: before[field],
    here: after[field],
  }));
  const fields = differing.map(({ field }) => field);
  return { draft, library, here, differing, merged: writeJson(withFieldsOf(library, badgeBody(here), fields), 2) };
}

/** Handlers of what a scenario's badges have to do with those of the library. */
export function libraryCopiesHandlers(
  { workspace, settings, now }: Pick<SimulationContext, 'workspace' | 'settings' | 'now'>,
  refusalsOf: UpdateRefusals,
): HandlersOf<typeof libraryCopiesMethods> {
  const { drafts } = workspace;

  function differencesOf({ draft, differing, merged }: Pair): CopyDifference[] {
    if (differing.length === 0) return [];
    const { zone } = settings();
    const refusals = refusalsOf(draft.id, merged);
    return differing.map(({ field, library, here }) => ({
      field,
      label: fieldMessage(field),
      library: valueInWords(field, library, zone),
      here: valueInWords(field, here, zone),
      refusals: refusals
        .filter((refusal) => refusal.field === field)
        .map(({ org, code, message: said, advice }) => ({ org, code, message: said, advice })),
    }));
  }

  function copyOf(value: unknown): LibraryCopy | null {
    const entry = entryOf(value);
    const draft = entry === null ? undefined : copiedFrom(drafts, entry);
    if (entry === null || draft === undefined) return null;
    const pair = pairOf(draft, entry.badge);
    const linked = entry.library?.badge === draft.id;
    return {
      id: draft.id,
      name: workspace.list.line(draft.key, now())?.name ?? '',
      revision: draft.revision,
      linked,
      moved: linked && entry.library?.revision !== draft.revision,
      differences: pair === null ? null : differencesOf(pair),
    };
  }

  return {
    'simulation.libraryCopies': (asked) => ({ copies: entriesOf(bodyOf(asked)).map(copyOf) }),

    'simulation.useInBadge': ({ scenario, badge, id, baseRevision }) => {
      const body = bodyOf(scenario);
      const entry = entryOf(entriesOf(body)[badge]);
      if (entry === null) throw new Failure('not-found', message('scenarios.noSuchBadge'));
      return workspace.transaction(() => {
        const draft = drafts.get(id);
        const pair = pairOf(draft, entry.badge);
        if (pair === null) throw new Failure('conflict', message('copies.unreadable'));
        const differences = differencesOf(pair);
        const taken = differences.filter(({ refusals }) => refusals.length === 0);
        const name = typeof body['name'] === 'string' ? body['name'] : '';
        const saved = drafts.save(id, baseRevision, {
          body:
            taken.length === 0
              ? draft.body
              : writeJson(
                  withFieldsOf(
                    pair.library,
                    badgeBody(pair.here),
                    taken.map(({ field }) => field),
                  ),
                  2,
                ),
          migration: draft.migration,
          label: inEnglish(message('badges.labelFromScenario', { scenario: name })).slice(0, 200),
          now: now(),
        });
        return {
          name: workspace.list.line(saved.key, now())?.name ?? '',
          revision: saved.revision,
          taken: taken.map(({ label }) => label),
          left: differences
            .filter(({ refusals }) => refusals.length > 0)
            .map(({ label, refusals }) => ({ label, refusals })),
          problems: drafts.inspect(saved).issues.length,
        };
      });
    },
  };
}
