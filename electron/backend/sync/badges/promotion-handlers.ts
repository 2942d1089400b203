import type { StoredConnection } from '../../../../db/workspace/connections';
import { keepPromotion, keptPromotion } from '../../../../db/workspace/kept-promotion';
import { fromMeaningText } from '../../../../shared/gateway/meaning-text';
import {
  byReference,
  firstDouble,
  isReferenceId,
  referenceKey,
  referencesOf,
  referringParts,
  Translation,
  type Partner,
  type Reference,
} from '../../../../shared/gateway/references';
import { Failure } from '../../../../shared/ipc/errors';
import type {
  KnownReference,
  PartnerView,
  promotionMethods,
  PromotionView,
} from '../../../../shared/ipc/promotion-contract';
import { message } from '../../../../shared/words/message';
import { rawLinesOf } from './lines';
import { noteHome } from './origins';
import type { SyncContext, SyncHandlers } from '../context';
import { referenceMessage } from '../../../../shared/gateway/reference-words';
import { Routes } from './promotion-routes';
import { noteStrays } from './promotion-strays';

/** Names told of each id. */
const MOST_NAMES = 3;

/** Handlers of promoting badges from one org to another. They send nothing. */
export function promotionHandlers(context: SyncContext): Pick<SyncHandlers, keyof typeof promotionMethods> {
  const { workspace } = context;
  const { connections, settings } = workspace;

  return {
    'sync.promotion': ({ connectionId, from }) => promotionView(context, connections.get(connectionId), from),

    'sync.keepPartners': ({ connectionId, from, partners, chooses }) => {
      const org = connections.get(connectionId);
      const home = connections.get(from);
      if (org.key === home.key) throw new Failure('invalid-input', message('promote.sameOrg', { org: org.name }));
      workspace.transaction(() => {
        const isBack = new Routes(workspace, false).leads(org, home);
        const [source, target] = isBack ? [org, home] : [home, org];
        const kept = keptPromotion(settings, target.key);
        const said = partners.flatMap(({ kind, owner, here, there }): (Partner | Reference)[] => {
          const [mine, theirs] = [here.trim(), there?.trim() ?? null];
          for (const id of [mine, theirs])
            if (id !== null && !isReferenceId(kind, id))
              throw new Failure(
                'invalid-input',
                message('promote.noId', { what: referenceMessage({ kind, owner, id }) }),
              );
          if (theirs === null) return [{ kind, owner, id: mine }];
          return [
            isBack ? { kind, owner, source: theirs, target: mine } : { kind, owner, source: mine, target: theirs },
          ];
        });
        const side = isBack ? 'target' : 'source';
        const changed = new Set(said.map((each) => referenceKey('id' in each ? each : { ...each, id: each[side] })));
        const before = kept.tables[String(source.key)] ?? [];
        const table = [
          ...before.filter((partner) => !changed.has(referenceKey({ ...partner, id: partner[side] }))),
          ...said.filter((each): each is Partner => !('id' in each)),
        ];
        refuseDoubles(table, source, target);
        keepPromotion(settings, target.key, {
          ...kept,
          from:
            !isBack && (chooses === 'always' || (chooses === 'first' && kept.from === null)) ? source.key : kept.from,
          tables: { ...kept.tables, [String(source.key)]: table },
        });
      });
      return promotionView(context, org, from);
    },

    'sync.setHome': ({ badgeIds, home: key }) => {
      const home = connections.get(key);
      const keys = badgeIds.map((badgeId) => workspace.drafts.get(badgeId).key);
      workspace.transaction(() => {
        for (const badgeKey of keys) noteHome(workspace, badgeKey, home.key);
      });
      return null;
    },

    'sync.stopPromoting': ({ connectionId, from }) => {
      const org = connections.get(connectionId);
      const home = connections.find(from);
      workspace.transaction(() => {
        // Between a test org and production the way stays, and every id is asked for again.
        const isGone = home && !(home.kind === 'test' && org.kind === 'production');
        if (isGone) noteStrays(context, home, [org]);
        const kept = keptPromotion(settings, org.key);
        const { [String(from)]: _, ...rest } = kept.tables;
        keepPromotion(settings, org.key, { ...kept, tables: rest, from: kept.from === from ? null : kept.from });
      });
      return promotionView(context, org, null);
    },
  };
}

/** @throws Failure `invalid-input` */
function refuseDoubles(table: readonly Partner[], source: StoredConnection, target: StoredConnection): void {
  const double = firstDouble(table);
  if (double === null) return;
  const { partner, side } = double;
  const what = referenceMessage({ ...partner, id: partner[side] });
  const { name: org } = side === 'target' ? target : source;
  throw new Failure('invalid-input', message('promote.twice', { what, org }));
}

/** Names by id, each once, the first few of each. */
class Found {
  readonly #found = new Map<string, { reference: Reference; names: string[]; count: number }>();

  note(references: readonly Reference[], name: string): void {
    for (const reference of references) {
      const key = referenceKey(reference);
      const entry = this.#found.get(key) ?? { reference, names: [], count: 0 };
      if (entry.names.length < MOST_NAMES) entry.names.push(name);
      entry.count += 1;
      this.#found.set(key, entry);
    }
  }

  get all(): { reference: Reference; names: string[]; count: number }[] {
    return [...this.#found.values()];
  }
}

function promotionView(context: SyncContext, org: StoredConnection, wanted: number | null): PromotionView {
  const { workspace } = context;
  const routes = new Routes(workspace, true);
  // An org that takes its badges from this one gives it none.
  const others = workspace.connections.list().filter((other) => other.key !== org.key && !routes.leads(org, other));
  const used = others.filter((other) => routes.leads(other, org));
  const { from: chosen, tables } = keptPromotion(workspace.settings, org.key);
  const from =
    others.find(({ key }) => key === wanted) ??
    others.find(({ key }) => key === chosen) ??
    used[0] ??
    others.find(({ kind }) => kind !== 'practice') ??
    others[0] ??
    null;
  const sources = others.map((other) => ({
    id: other.key,
    name: other.name,
    isUsed: used.includes(other),
    isApart: routes.areApart(other, org),
    isSaid: other.key === chosen || Object.hasOwn(tables, String(other.key)),
    isChosen: other.key === chosen,
  }));
  const table = from === null ? [] : (tables[String(from.key)] ?? []);
  const translation = new Translation(table, 'there');
  const here = new Found();
  let badges = 0;
  for (const { badgeKey, badgeId, draftMeaning, name } of rawLinesOf(context, org)) {
    if (from === null || badgeKey === null || badgeId === null || draftMeaning === null) continue;
    if (!routes.comesFrom(badgeKey, from, org)) continue;
    badges += 1;
    const { claims } = workspace.drafts.get(badgeId);
    here.note(referencesOf(referringParts(fromMeaningText(draftMeaning)), claims), name);
  }
  const there = new Found();
  for (const { meaning, claims, name } of workspace.snapshots.all(org.key))
    if (meaning !== null) there.note(referencesOf(referringParts(fromMeaningText(meaning)), claims), name);
  const named = here.all.map(({ reference, names, count }): PartnerView => ({
    ...{ ...reference, partner: translation.of(reference), badges: names, count },
  }));
  const keys = new Set(named.map(referenceKey));
  const left = table
    .map(({ kind, owner, source, target }): PartnerView => ({
      ...{ kind, owner, id: source, partner: target, badges: [], count: 0 },
    }))
    .filter((each) => !keys.has(referenceKey(each)));
  return {
    sources,
    ...{ from: from?.key ?? null, badges },
    references: [...named.toSorted(byReference), ...left.toSorted(byReference)],
    known: there.all
      .map(({ reference, names }): KnownReference => ({ ...reference, badges: names }))
      .toSorted(byReference),
  };
}
