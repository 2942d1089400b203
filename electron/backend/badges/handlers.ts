import { KEPT_AFTER_DELETION } from '../../../db/workspace/draft-removal';
import { groupNameTaken, keptGroups, moveGroup, nameGroup } from '../../../db/workspace/kept-groups';
import { emptyBadgeBody } from '../../../shared/domain/templates';
import { programmeLanes } from '../../../shared/domain/programme';
import { badgeFilter } from '../../../shared/ipc/badges-contract';
import type { Handlers } from '../../../shared/ipc/contract';
import { Failure } from '../../../shared/ipc/errors';
import { readBadgeFile } from './badge-files';
import { claim, unclaim } from './claims';
import type { BadgeSteps } from './steps';
import { BadgeViews } from './detail';
import { keepTrigger, keptTrigger } from './kept-trigger';
import { BADGE_TEMPLATES } from '../../../shared/domain/templates';
import { freshBadgeId } from './ids';
import { copyName, freeName, renamed } from './names';
import { refuseDeletion } from './removal';
import type { BackendContext, OrgView } from '../context';
import { inTurns } from '../process/in-turns';
import { addSamples } from './samples/add-samples';
import { inEnglish } from '../../../shared/words/english';
import { LANGUAGES, message } from '../../../shared/words/message';
import { speakerOf } from '../../../shared/words/spoken';

/** Badges handled before other calls have their turn; about 100 ms. */
const PORTION = 250;
/** More than any workspace holds. */
const MOST_DELETED = 10_000_000;

const nameTaken = (name: string): Failure =>
  new Failure('invalid-input', message('programme.nameTaken', { name: name.trim() }));

/** Handlers of `badges.*`. */
export function badgeHandlers(
  context: BackendContext,
  org: OrgView,
  steps: Pick<BadgeSteps, 'changeGroups'>,
  /** Drafts were made of others, by their keys; called within the transaction that makes them. */
  noteCopies: (copies: readonly { from: number; to: number }[]) => void,
): Pick<Handlers, Extract<keyof Handlers, `badges.${string}`>> {
  const { workspace, now } = context;
  const { drafts, history, list, removal } = workspace;
  const views = new BadgeViews(context, org);
  const taken = (name: string): boolean => drafts.nameTaken(name);
  const lanesOfAll = () => programmeLanes(list.programme(badgeFilter.parse({}), now()), keptGroups(workspace.settings));

  return {
    'badges.list': ({ filter, sort, offset, limit, withFacts }) => {
      const { total, lines } = list.page(filter, sort, offset, limit, now());
      const rows = views.summaries(lines);
      return { total, offset, rows: withFacts ? rows.map((row) => views.withFacts(row)) : rows };
    },
    'badges.facets': ({ filter }) => list.facets(filter, now()),
    'badges.ids': ({ filter, sort }) => ({ ids: list.ids(filter, sort, now()) }),
    'badges.programme': ({ filter }) => ({
      groups: keptGroups(workspace.settings),
      entries: list.programme(filter, now()),
    }),
    'badges.groups': () => ({
      groups: lanesOfAll().flatMap(({ group, entries }) => (group ? [{ ...group, badges: entries.length }] : [])),
    }),
    'badges.nameGroup': ({ id, name }) => {
      if (groupNameTaken(workspace.settings, name, id)) throw nameTaken(name);
      steps.changeGroups(() => nameGroup(workspace.settings, id, name));
      return null;
    },
    'badges.createGroup': ({ name, id }) => {
      if (name.trim() === '') throw new Failure('invalid-input', message('programme.nameMissing'));
      if (groupNameTaken(workspace.settings, name, null)) throw nameTaken(name);
      const wanted = id.trim() === '' ? freshBadgeId(context, now()) : id.trim();
      if (keptGroups(workspace.settings).some((group) => group.id === wanted))
        throw new Failure('invalid-input', message('programme.idTaken', { id: wanted }));
      steps.changeGroups(() => nameGroup(workspace.settings, wanted, name));
      return { id: wanted, name: name.trim() };
    },
    'badges.moveGroup': (move) => {
      const order = lanesOfAll().flatMap(({ group }) => (group === null ? [] : [group.id]));
      steps.changeGroups(() => moveGroup(workspace.settings, order, move));
      return null;
    },
    'badges.get': ({ id }) => views.detail(drafts.get(id)),
    'badges.create': async ({ body, migration, label, template, language }) => {
      const { say } = await speakerOf(language);
      const at = now();
      const text = body ?? JSON.stringify(emptyBadgeBody(freeName(say('samples.newBadge'), taken)), null, 2);
      const trigger = BADGE_TEMPLATES.find(({ id }) => id === template)?.trigger ?? null;
      return workspace.transaction(() => {
        const made = drafts.create(freshBadgeId(context, at), { body: text, migration, label, now: at });
        keepTrigger(workspace.settings, made.id, trigger);
        return views.detail(made);
      });
    },
    'badges.readFile': ({ token }) => ({ text: readBadgeFile(context.files, token) }),
    'badges.save': ({ id, baseRevision, art, ...state }) => {
      if (typeof art === 'string' && workspace.arts.find(art) === undefined)
        throw new Failure('not-found', message('art.gone'));
      return views.detail(
        drafts.save(id, baseRevision, { ...state, ...(art === undefined ? {} : { art }), now: now() }),
      );
    },
    'badges.undo': ({ id }) => views.detail(history.undo(id, now())),
    'badges.redo': ({ id }) => views.detail(history.redo(id, now())),
    'badges.revisions': ({ id }) => {
      const draft = drafts.get(id);
      return { revisions: history.list(draft).map((line) => ({ ...line, current: line.revision === draft.revision })) };
    },
    'badges.restore': ({ id, revision }) => views.detail(history.restore(id, revision, now())),
    'badges.duplicate': async ({ ids, language }) => {
      const speaker = await speakerOf(language);
      const everybody = await Promise.all(LANGUAGES.map(speakerOf));
      const copy = (id: string): { id: string; from: number; to: number }[] => {
        const draft = drafts.find(id);
        const line = draft && list.line(draft.key, now());
        if (!draft || !line) return [];
        const at = now();
        const body = renamed(draft.body, copyName(line.name, speaker, everybody, taken));
        const label = inEnglish(
          line.name === '' ? message('badges.labelCopied') : message('badges.labelCopiedFrom', { name: line.name }),
        );
        const { migration, art } = draft;
        const made = drafts.create(freshBadgeId(context, at), { body, migration, art, label, now: at });
        keepTrigger(workspace.settings, made.id, keptTrigger(workspace.settings, id));
        return [{ id: made.id, from: draft.key, to: made.key }];
      };
      const created = await inTurns(ids, PORTION, (some) =>
        workspace.transaction(() => {
          const copies = some.flatMap(copy);
          noteCopies(copies);
          return copies.map((each) => each.id);
        }),
      );
      return { created };
    },
    'badges.delete': async ({ ids, backup }) => {
      await context.beforeDeletion(ids.length, backup);
      const outcomes = await inTurns(ids, PORTION, (some) => {
        const outcome = refuseDeletion(removal.candidates(some), org);
        removal.delete(outcome.deletable, now());
        return [outcome];
      });
      return {
        deleted: outcomes.flatMap(({ deletable }) => deletable),
        refused: outcomes.flatMap(({ refused }) => refused),
      };
    },
    'badges.undelete': async ({ ids }) => ({ restored: await inTurns(ids, PORTION, (some) => removal.undelete(some)) }),
    'badges.trash': ({ offset, limit }) => {
      const { total, rows } = removal.deleted(offset, limit);
      return { total, rows: rows.map((row) => ({ ...row, goneOn: row.deletedOn + KEPT_AFTER_DELETION })) };
    },
    'badges.forget': async ({ ids }) => {
      const chosen = ids ?? removal.deleted(0, MOST_DELETED).rows.map(({ id }) => id);
      await context.beforeDeletion(chosen.length);
      const counts = await inTurns(chosen, PORTION, (some) => [removal.forget(some)]);
      return { forgotten: counts.reduce((sum, count) => sum + count, 0) };
    },
    'badges.nameTaken': ({ name, exceptId }) => ({ taken: drafts.nameTaken(name, exceptId) }),
    'badges.claim': ({ id, ownerType, referenceId }) => {
      const { draft, already } = claim(workspace, id, { ownerType, referenceId }, now());
      return { detail: views.detail(draft), already };
    },
    'badges.unclaim': ({ id, ownerType, referenceId }) =>
      views.detail(unclaim(workspace, id, { ownerType, referenceId }, now())),
    'badges.addSamples': ({ language }) => addSamples(context, language),
  };
}
