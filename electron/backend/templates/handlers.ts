import { isObject } from '../../../shared/domain/body-reader';
import { readJson, writeJson } from '../../../shared/domain/json';
import { bodyOfTemplate } from '../../../shared/domain/own-template';
import { Failure } from '../../../shared/ipc/errors';
import type { HandlersOf } from '../../../shared/ipc/serve';
import type { templatesMethods } from '../../../shared/ipc/templates-contract';
import { message } from '../../../shared/words/message';
import { keptArt, toKept } from '../art/kept-art';
import { freshBadgeId } from '../badges/ids';
import { keepTrigger, keptTrigger } from '../badges/kept-trigger';
import { freeName } from '../badges/names';
import type { BackendContext } from '../context';
import { OwnTemplateStore } from './own-templates';
import type { TemplateContent } from './template-file';

/** Handlers of `ownTemplates.*`: templates that a person makes of badges. */
export function templatesHandlers(
  context: BackendContext,
  /** The orgs whose ids a draft may carry, and what notes that another one carries those of such. */
  homes: {
    of(badgeKey: number): TemplateContent['idsOf'];
    note(badgeId: string, idsOf: TemplateContent['idsOf']): void;
  },
): HandlersOf<typeof templatesMethods> {
  const { workspace, drafts, now } = context;
  const store = new OwnTemplateStore(workspace.settings);
  return {
    'ownTemplates.list': () => store.list(),
    'ownTemplates.keep': async ({ badge, name, replace }) => {
      const draft = drafts.get(badge);
      const reading = readJson(draft.body);
      if (!reading.ok || !isObject(reading.value))
        throw new Failure('invalid-input', message('templates.draftUnreadable'));
      const art = draft.art === null ? null : (keptArt(workspace, draft.art) ?? null);
      const trigger = keptTrigger(workspace.settings, badge);
      await store.keep({ name, body: reading.value, art, idsOf: homes.of(draft.key), trigger }, replace);
      return store.list();
    },
    'ownTemplates.remove': ({ id }) => {
      store.remove(id);
      return store.list();
    },
    'ownTemplates.use': async ({ id, label }) => {
      const { name, body, art, idsOf, trigger } = await store.get(id);
      const kept = art === null ? null : toKept(art);
      if (kept !== null) workspace.arts.keep(kept);
      const at = now();
      const text = writeJson(
        bodyOfTemplate(body, {
          name: freeName(name, (one) => drafts.nameTaken(one)),
          ...{ now: at, zone: context.settings().zone },
        }),
        2,
      );
      const state = { body: text, migration: false, label, now: at, art: kept?.digest ?? null };
      return workspace.transaction(() => {
        const { id: made } = drafts.create(freshBadgeId(context, at), state);
        homes.note(made, idsOf);
        keepTrigger(workspace.settings, made, trigger);
        return { id: made };
      });
    },
  };
}
